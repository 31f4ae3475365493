using System.Diagnostics.CodeAnalysis;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Frames;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;

namespace Dragoman.Dialects.Agora.Conversations;

/// <summary>How conversations are named over HTTP.</summary>
internal static class Channels
{
    /// <param name="type"><c>chat</c>, or <c>groupchat</c> in any spelling.</param>
    public static bool TryRead(AppId app, UserId user, string? type, string? to, [NotNullWhen(true)] out ConversationKey? conversation)
    {
        conversation = null;
        if (string.IsNullOrEmpty(to)) return false;
        if (string.Equals(type, "chat", StringComparison.OrdinalIgnoreCase)) conversation = ConversationKey.Direct(app, user, UserNames.Fold(to));
        else if (string.Equals(type, "groupchat", StringComparison.OrdinalIgnoreCase)) conversation = ConversationKey.Group(app, new(to));
        return conversation is not null;
    }

    /// <summary>A queue as history is asked for: <c>bob@easemob.com</c>, <c>g@conference.easemob.com</c>.</summary>
    public static bool TryReadQueue(AppId app, UserId user, string? queue, [NotNullWhen(true)] out ConversationKey? conversation)
    {
        conversation = null;
        var at = queue?.LastIndexOf('@') ?? -1;
        return at > 0 && TryRead(app, user, queue![(at + 1)..] == Jids.Conferences ? "groupchat" : "chat", queue[..at], out conversation);
    }

    public static bool IsShown(ConversationKey conversation) => conversation.Kind is ConversationKind.Direct or ConversationKind.Group or ConversationKind.Topic;

    public static string TypeOf(ConversationKey conversation) => Jids.ConferenceOf(conversation) is null ? "chat" : "groupchat";

    /// <summary>Whom or which group it is with.</summary>
    public static string NameOf(ConversationKey conversation, UserId user) =>
        Jids.ConferenceOf(conversation) ?? conversation.PeerOf(user).Value;

    /// <summary><c>org#app_bob@easemob.com</c>.</summary>
    public static string IdOf(AgoraApp app, ConversationKey conversation, UserId user) =>
        $"{app.Key}_{NameOf(conversation, user)}@{(Jids.ConferenceOf(conversation) is null ? Jids.People : Jids.Conferences)}";
}
