using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Frames;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Google.Protobuf;
using Type = Dragoman.Dialects.Agora.Protos.MessageBody.Types.Type;

namespace Dragoman.Dialects.Agora.Messages;

/// <summary>Makes metas out of entries.</summary>
internal static class Metas
{
    /// <param name="from">Whom it comes from, as the client sees it.</param>
    public static Meta Of(AgoraApp app, Entry entry, UserId from, Meta.Types.NameSpace space, ByteString payload) => new()
    {
        Id = (ulong)entry.Id.Value,
        From = Jids.User(app.Key, from.Value),
        To = entry.Conversation.Kind switch
        {
            ConversationKind.Group or ConversationKind.Room or ConversationKind.Topic => Jids.Group(app.Key, Jids.ConferenceOf(entry.Conversation)!),
            ConversationKind.Inbox => Jids.User(app.Key, entry.Conversation.A),
            _ => Jids.User(app.Key, ReceiverOf(entry.Conversation, from)),
        },
        Timestamp = (ulong)entry.SentAt,
        Ns = space,
        Payload = payload,
    };

    /// <summary>What happened to a message, as a body of its own.</summary>
    /// <param name="about">The message; 0 for all of the conversation.</param>
    public static MessageBody About(Entry entry, Type type, UserId from, long about)
    {
        var body = new MessageBody { Type = type, From = new JID { Name = from.Value }, To = new JID { Name = ReceiverOf(entry.Conversation, from) } };
        if (about > 0) body.AckMessageId = (ulong)about;
        return body;
    }

    private static string ReceiverOf(ConversationKey conversation, UserId from) =>
        Jids.ConferenceOf(conversation) ?? conversation.PeerOf(from).Value;
}
