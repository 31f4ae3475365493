using Google.Protobuf;

namespace Dragoman.Dialects.OpenIm.Messages.Notifications;

/// <summary>A notice in the vendor's words, before it is wrapped in a message.</summary>
/// <param name="Tips">The payload; its JSON becomes the message's <c>detail</c>.</param>
/// <param name="IsAlsoMessage">The vendor shows it in the chat too, as an ordinary message (<c>isSendMsg</c>).</param>
/// <param name="IsForOthers">The device that caused it is not told: it acts on the answer to its call.</param>
internal readonly record struct Notification(int ContentType, IMessage Tips, bool IsAlsoMessage, bool IsForOthers = false);
