using System.Text;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Messages.Notifications;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Gateway.Connections;
using Google.Protobuf;

namespace Dragoman.Dialects.OpenIm.Gateway;

/// <summary>Pushes entries to this dialect's connections (request 2001): encoded once for each format, shared by all.</summary>
internal sealed class OpenImDelivery(MessageRenderer renderer, NotificationCatalog catalog) : IDialectDelivery
{
    private const int MaxOperationId = 256;

    public DialectId Dialect => OpenImId.Dialect;

    public void Deliver(EntryPublished news, ReadOnlySpan<Session> sessions)
    {
        var entry = news.Entry;
        if (entry.Conversation.Kind is ConversationKind.Room or ConversationKind.Topic) return; // this vendor has neither

        // What waits in an inbox these clients are told live, where it belongs, and read later from their lists.
        if (entry is { Notice: not null, Conversation.Kind: ConversationKind.Inbox, Sequence: > 0 }) return;
        if (entry.Notice is null && entry.Origin == OpenImId.Dialect)
        {
            Span<byte> serverMsgId = stackalloc byte[OpenImIds.ServerMsgIdLength];
            OpenImIds.WriteServerMsgId(entry.Id, serverMsgId);
            var message = new StoredMessage
            {
                Body = entry.Body.Span,
                ServerMsgId = serverMsgId,
                Seq = entry.Sequence,
                SendTime = entry.SentAt,
                Status = MessageRenderer.StatusSent,
            };
            Push(entry, ConversationIds.Of(entry.Conversation, entry.Channel), message, sessions);
        }
        else if (entry.Notice is null)
        {
            PushRendered(entry, ConversationIds.Of(entry.Conversation), renderer.Render(entry, isHidden: false, isRead: false), sessions);
        }
        else
        {
            PushNotice(news, sessions);
        }
    }

    /// <summary>The notification itself, for the client's listeners; and, of what people read in the chat, the visible copy.</summary>
    private void PushNotice(EntryPublished news, ReadOnlySpan<Session> sessions)
    {
        var entry = news.Entry;
        if (entry is { Notice: MessageEdited, About: { } message })
        {
            PushRendered(entry, ConversationIds.NotificationOf(entry.Conversation), renderer.RenderWithdrawn(entry, message), sessions);
            PushRendered(entry, ConversationIds.Of(entry.Conversation), renderer.RenderEdited(entry, message), sessions);
            return;
        }

        if (catalog.Of(entry) is not { } notification) return;

        var channelCopy = renderer.RenderNotice(entry, isChannelCopy: true);
        var isStoredInChannel = entry.Channel == LogChannel.Changes && entry.Conversation.A != entry.Conversation.B;
        if (!isStoredInChannel) channelCopy.Seq = 0;
        var channel = ConversationIds.NotificationOf(entry.Conversation);
        if (entry is { Notice: MessagesRead, Channel: LogChannel.Changes, Sequence: 0 })
        {
            // A position that only the reader's devices hear of is news from himself to himself (section 10.5).
            channel = ConversationIds.Of(ConversationKey.Inbox(news.App, entry.Sender));
            (channelCopy.RecvID, channelCopy.GroupID, channelCopy.SessionType) = (entry.Sender.Value, "", Conversations.SingleChat);
        }

        PushRendered(entry, channel, channelCopy, sessions, notification.IsForOthers ? entry.OriginSession : default);
        if (entry.Channel == LogChannel.Timeline && notification.IsAlsoMessage)
            PushRendered(entry, ConversationIds.Of(entry.Conversation), renderer.RenderNotice(entry, isChannelCopy: false), sessions);
    }

    private static void PushRendered(
        Entry entry, string conversationId, Protos.MsgData message, ReadOnlySpan<Session> sessions, SessionId except = default) =>
        Push(entry, conversationId, new StoredMessage { Body = message.ToByteArray() }, sessions, except);

    /// <param name="except">The one connection that is not told; the default is none.</param>
    private static void Push(
        Entry entry, string conversationId, in StoredMessage message, ReadOnlySpan<Session> sessions, SessionId except = default)
    {
        Span<byte> idBuffer = stackalloc byte[1024];
        var id = Encoding.UTF8.TryGetBytes(conversationId, idBuffer, out var length)
            ? idBuffer[..length]
            : Encoding.UTF8.GetBytes(conversationId);

        // Clients name the calls that a push causes by it, and refuse to make them without one.
        Span<byte> operation = stackalloc byte[MaxOperationId];
        var operationLength = WriteOperation(entry, operation);
        FourFrames frames = default;
        foreach (var session in sessions)
        {
            var client = (OpenImSession)session;
            if (client.IsAsleep || client.Id == except) continue;
            if ((entry.Flags & EntryFlags.NoSenderCopy) != 0 && client.User == entry.Sender) continue;

            ref var frame = ref frames[client.Format.Index];
            frame ??= Encode(client.Format, operation[..operationLength], id, message);
            client.Connection.TrySend(frame);
        }
    }

    private static int WriteOperation(Entry entry, Span<byte> output)
    {
        if (entry.Operation.Length > 0 && Encoding.UTF8.TryGetBytes(entry.Operation, output, out var length)) return length;
        OpenImIds.WriteServerMsgId(entry.Id, output);
        return OpenImIds.ServerMsgIdLength;
    }

    private static byte[] Encode(WireFormat format, ReadOnlySpan<byte> operationId, ReadOnlySpan<byte> conversationId, in StoredMessage message)
    {
        var length = PushFrames.Measure(conversationId, message);
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(length);
        try
        {
            PushFrames.Write(conversationId, message, buffer);
            return OutboundFrames.Make(format, Requests.PushMsg, default, operationId, 0, default, buffer.AsSpan(0, length));
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    [System.Runtime.CompilerServices.InlineArray(WireFormat.Count)]
    private struct FourFrames
    {
        private byte[]? _first;
    }
}
