using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Json;
using Dragoman.Dialects.OpenIm.Messages.Contents;
using Dragoman.Dialects.OpenIm.Messages.Notifications;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Contents;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Google.Protobuf;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>Makes the vendor's messages of entries, for history and for notices; live messages are copied, not rendered.</summary>
internal sealed class MessageRenderer(NotificationCatalog catalog, BodyReaders readers, OpenImBodyWriter writer)
{
    public const int StatusSent = 2;
    private const int StatusDeleted = 4;
    private const int FromUser = 100;
    private const int FromSystem = 200;

    private static readonly JsonWriterOptions TipsOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>What stands where a message used to be.</summary>
    public static MsgData Missing(long sequence) => new() { Seq = sequence, Status = StatusDeleted };

    /// <param name="isHidden">The reader took it out of his sight.</param>
    public MsgData Render(Entry entry, bool isHidden, bool isRead)
    {
        if ((entry.Flags & EntryFlags.Erased) != 0) return Missing(entry.Sequence);

        var message = entry.Notice is null ? RenderMessage(entry) : RenderNotice(entry, isChannelCopy: entry.Channel == LogChannel.Changes);
        message.IsRead = isRead;
        if (entry.IsRecalled) Recall(message, entry);
        if (isHidden)
        {
            message.Content = ByteString.Empty;
            message.Status = StatusDeleted;
        }

        return message;
    }

    /// <summary>A message that is not written yet.</summary>
    public MsgData Render(ConversationKey conversation, UserId sender, in MessageDraft draft)
    {
        var entry = new Entry { Conversation = conversation, Sender = sender, Origin = draft.Origin, Content = draft.Content, Body = draft.Body };
        return RenderMessage(entry);
    }

    /// <summary>Clients of this dialect know no edits: the message as a new one, at the place in time that it has.</summary>
    /// <param name="change">What says that it was edited.</param>
    public MsgData RenderEdited(Entry change, Entry message)
    {
        var copy = RenderMessage(message);
        copy.ClientMsgID = OpenImIds.ClientMsgIdOf(ConversationIds.Of(change.Conversation), change.Id, change.SentAt);
        copy.Seq = 0;
        copy.Options["unreadCount"] = copy.Options["offlinePush"] = false;
        return copy;
    }

    /// <summary>Takes back what clients have of a message that was edited; who reads it later finds the newest words and is not told.</summary>
    public MsgData RenderWithdrawn(Entry change, Entry message)
    {
        var mark = message.Edit!;
        var recall = new RecallMark(mark.By.Length > 0 ? mark.By : message.Sender.Value, ByName: "", default, mark.At, ByAdministrator: mark.By.Length == 0);
        var notice = new MessageRecalled(message.Sequence, message.Id.Value, RenderMessage(message).ClientMsgID, message.Origin, message.Sender, message.SentAt, recall) { At = mark.At };
        return RenderNotice(NoticeOf(change, notice), isChannelCopy: true);
    }

    /// <summary>The same entry with another notice, for whoever is connected alone.</summary>
    private static Entry NoticeOf(Entry change, Notice notice)
    {
        var entry = new Entry { Conversation = change.Conversation, Channel = change.Channel, Sender = change.Sender, Content = ContentKind.Notice, Flags = change.Flags, Body = default, Notice = notice };
        entry.Place(sequence: 0, change.Id, change.SentAt);
        return entry;
    }

    /// <param name="isChannelCopy">The copy for the notification channel; otherwise the one that is shown in the chat.</param>
    public MsgData RenderNotice(Entry entry, bool isChannelCopy)
    {
        if (catalog.Of(entry) is not { } notification) return Missing(entry.Sequence);

        var (receiver, group) = ReceiverOf(entry);
        var message = new MsgData
        {
            SendID = entry.Sender.Value,
            RecvID = receiver,
            GroupID = group,
            ClientMsgID = OpenImIds.ClientMsgIdOf(ConversationIds.Of(entry.Conversation), entry.Id, entry.SentAt),
            ServerMsgID = OpenImIds.ServerMsgId(entry.Id),
            SessionType = Conversations.TypeOf(entry.Conversation),
            MsgFrom = FromSystem,
            ContentType = notification.ContentType,
            Content = ByteString.CopyFromUtf8(DetailOf(notification.Tips)),
            Seq = entry.Sequence,
            SendTime = entry.SentAt,
            CreateTime = entry.SentAt,
            Status = StatusSent,
        };
        SetOptions(message, entry, notification, isChannelCopy);
        return message;
    }

    /// <summary>A message as it was sent, whatever became of it since.</summary>
    public MsgData RenderMessage(Entry entry)
    {
        var message = entry.Origin == OpenImId.Dialect ? MsgData.Parser.ParseFrom(entry.Body.Span) : Foreign(entry);
        message.ServerMsgID = OpenImIds.ServerMsgId(entry.Id);
        message.Seq = entry.Sequence;
        message.SendTime = entry.SentAt;
        message.Status = StatusSent;
        return message;
    }

    /// <summary>A message that another dialect wrote, said in this one's words.</summary>
    private MsgData Foreign(Entry entry)
    {
        var (receiver, group) = ReceiverOf(entry);
        var content = readers.Read(entry);
        var (type, json) = writer.Write(entry.Conversation.App, content);
        var message = new MsgData
        {
            SendID = entry.Sender.Value,
            RecvID = receiver,
            GroupID = group,
            // What was sent in this dialect and edited in another keeps its name.
            ClientMsgID = entry.Edit?.SentIn == OpenImId.Dialect
                ? Encoding.UTF8.GetString(entry.ClientKey.Span)
                : OpenImIds.ClientMsgIdOf(ConversationIds.Of(entry.Conversation), entry.Id, entry.SentAt),
            SessionType = Conversations.TypeOf(entry.Conversation),
            MsgFrom = FromUser,
            ContentType = type,
            Content = json,
            CreateTime = entry.SentAt,
            Ex = content.Extras,
        };
        SetOptions(message, entry.Flags);
        if (type == ContentTypes.AtText) message.AtUserIDList.Add(OpenImBodyWriter.NamesOf(content.Mentions!));
        return message;
    }

    /// <summary>What the flags say in this dialect's options, of which one that is not there is true.</summary>
    private static void SetOptions(MsgData message, EntryFlags flags)
    {
        if ((flags & EntryFlags.NoUnread) != 0) message.Options["unreadCount"] = false;
        if ((flags & EntryFlags.NoPush) != 0) message.Options["offlinePush"] = false;
        if ((flags & EntryFlags.NoSenderCopy) != 0) message.Options["senderSync"] = false;
        if ((flags & EntryFlags.OnlineOnly) != 0) (message.Options["history"], message.Options["persistent"]) = (false, false);
    }

    private static void Recall(MsgData message, Entry entry)
    {
        var mark = entry.Recall;
        var content = new MessageRevokedContent
        {
            RevokerID = mark?.By ?? "",
            RevokerRole = GroupInfos.LevelOf(mark?.Role ?? default),
            ClientMsgID = message.ClientMsgID,
            RevokerNickname = mark?.ByName ?? "",
            RevokeTime = mark?.At ?? 0,
            SourceMessageSendTime = entry.SentAt,
            SourceMessageSendID = entry.Sender.Value,
            SourceMessageSenderNickname = message.SenderNickname,
            SessionType = message.SessionType,
            Seq = entry.Sequence,
            Ex = message.Ex,
        };
        message.ContentType = ContentTypes.Revoked;
        message.Content = ByteString.CopyFromUtf8(DetailOf(content));
    }

    private static (string Receiver, string Group) ReceiverOf(Entry entry) => entry.Conversation.Kind switch
    {
        ConversationKind.Group => (entry.Conversation.A, entry.Conversation.A),
        ConversationKind.Inbox => (entry.Conversation.A, ""),
        _ => (entry.Conversation.PeerOf(entry.Sender).Value, ""),
    };

    /// <summary><c>{"detail":"tips as JSON text"}</c></summary>
    private static string DetailOf(IMessage tips)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(output, TipsOptions)) ProtoJson.Write(tips, json);
        var detail = Encoding.UTF8.GetString(output.WrittenSpan);

        output.Clear();
        using (var json = new Utf8JsonWriter(output, TipsOptions))
        {
            json.WriteStartObject();
            json.WriteString("detail"u8, detail);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>Section 12: the channel copy has everything off but the sender's own devices; the visible copy only speaks of unread.</summary>
    private static void SetOptions(MsgData message, Entry entry, Notification notification, bool isChannelCopy)
    {
        var mayPush = (entry.Flags & EntryFlags.NoPush) == 0;
        if (!isChannelCopy)
        {
            message.Options["offlinePush"] = mayPush;
            message.Options["unreadCount"] = true;
            return;
        }

        var isStored = entry.Channel == LogChannel.Changes && entry.Sequence > 0;
        foreach (var key in (ReadOnlySpan<string>)["unreadCount", "conversationUpdate", "senderConversationUpdate", "isNotNotification"])
            message.Options[key] = false;
        message.Options["offlinePush"] = mayPush && !notification.IsAlsoMessage;
        message.Options["history"] = isStored;
        message.Options["persistent"] = isStored;
        message.Options["senderSync"] = true;
        message.Options["isSendMsg"] = notification.IsAlsoMessage && entry.Channel == LogChannel.Timeline;
    }
}
