using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Frames;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Contents;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Google.Protobuf;

namespace Dragoman.Dialects.Agora.Messages;

/// <summary>Shows entries as the vendor's metas (section 9).</summary>
internal sealed class MetaRenderer(AgoraApps apps, BodyReaders readers, AgoraBodyWriter writer)
{
    /// <returns>Null for what this dialect's clients are not told.</returns>
    public Meta? Render(Entry entry)
    {
        if (apps.Find(entry.Conversation.App) is not { } app || (entry.Flags & EntryFlags.Erased) != 0) return null;
        if (entry.Notice is null) return entry.IsRecalled ? null : MetaOf(app, entry, entry.Sender, PayloadOf(entry));

        return entry.Notice switch
        {
            MessageRecalled recalled => MetaOf(app, entry, new(recalled.Mark.By), BodyOf(entry, MessageBody.Types.Type.Recall, new(recalled.Mark.By), recalled.MessageId)),
            MessagesRead read when entry.Conversation.Kind == ConversationKind.Direct => MetaOf(app, entry, read.Reader, ReadOf(entry, read)),
            _ => null,
        };
    }

    private ByteString PayloadOf(Entry entry) => entry.Origin == AgoraId.Dialect
        ? UnsafeByteOperations.UnsafeWrap(entry.Body)
        : writer.Write(entry.Conversation, entry.Sender, readers.Read(entry)).ToByteString();

    private static ByteString ReadOf(Entry entry, MessagesRead read) => read.MessageId > 0
        ? BodyOf(entry, MessageBody.Types.Type.ReadAck, read.Reader, read.MessageId)
        : BodyOf(entry, MessageBody.Types.Type.ChannelAck, read.Reader, about: 0);

    private static ByteString BodyOf(Entry entry, MessageBody.Types.Type type, UserId from, long about)
    {
        var body = new MessageBody { Type = type, From = new JID { Name = from.Value }, To = new JID { Name = ReceiverOf(entry.Conversation, from) } };
        if (about > 0) body.AckMessageId = (ulong)about;
        return body.ToByteString();
    }

    private static Meta MetaOf(AgoraApp app, Entry entry, UserId from, ByteString payload) => new()
    {
        Id = (ulong)entry.Id.Value,
        From = Jids.User(app.Key, from.Value),
        To = entry.Conversation.Kind == ConversationKind.Group
            ? Jids.Group(app.Key, entry.Conversation.A)
            : Jids.User(app.Key, ReceiverOf(entry.Conversation, from)),
        Timestamp = (ulong)entry.SentAt,
        Ns = Meta.Types.NameSpace.Chat,
        Payload = payload,
    };

    private static string ReceiverOf(ConversationKey conversation, UserId from) =>
        conversation.Kind == ConversationKind.Group ? conversation.A : conversation.PeerOf(from).Value;
}
