using System.Text;
using Dragoman.Engine;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>Section 10.1, steps 1 and 3: what a message must hold, and what its type decides.</summary>
internal static class MessageRules
{
    public const int MaxClientMsgId = 64;

    private const MsgOptions TypingOff = MsgOptions.History | MsgOptions.Persistent | MsgOptions.SenderSync | MsgOptions.ConversationUpdate
        | MsgOptions.SenderConversationUpdate | MsgOptions.UnreadCount | MsgOptions.OfflinePush;

    private const MsgOptions ReceiptOff = MsgOptions.ConversationUpdate | MsgOptions.SenderConversationUpdate | MsgOptions.UnreadCount | MsgOptions.OfflinePush;

    /// <returns>Null when the message may be sent; else the vendor's 1001.</returns>
    public static OpenImError? Check(in MsgDataView message)
    {
        if (message.SendId.IsEmpty) return OpenImErrors.Args.With("sendID is empty");
        if (!message.HasContent) return OpenImErrors.Args.With("content is empty");
        if ((message.SessionType == Conversations.SystemChat) != (message.ContentType == ContentTypes.OaNotification))
            return OpenImErrors.Args.With("notification msg must have correct session type and content type");
        if (message.ClientMsgId.Length > MaxClientMsgId) return OpenImErrors.Args.With("clientMsgID is too long");
        return message.SessionType switch
        {
            Conversations.SingleChat or Conversations.SystemChat when message.RecvId.IsEmpty => OpenImErrors.Args.With("recvID is empty"),
            Conversations.GroupChat when message.GroupId.IsEmpty => OpenImErrors.Args.With("groupID is empty"),
            Conversations.SingleChat or Conversations.GroupChat or Conversations.SystemChat => null,
            _ => OpenImErrors.Args.With("unknown sessionType"),
        };
    }

    /// <param name="clientMsgId">The message's own, copied.</param>
    /// <param name="isAdminSender">The sender is one of the app's administrators.</param>
    /// <param name="friends">Who has to be whose friend in this app.</param>
    public static MessageDraft DraftOf(
        in MsgDataView message,
        byte[] clientMsgId,
        SessionId origin,
        SendReceipt? receipt,
        bool isAdminSender = false,
        FriendCheck friends = FriendCheck.Off)
    {
        var forcedOff = message.ContentType switch
        {
            ContentTypes.Typing => TypingOff,
            ContentTypes.OldRevoke => MsgOptions.UnreadCount | MsgOptions.OfflinePush,
            ContentTypes.HasReadReceipt => ReceiptOff,
            _ => MsgOptions.None,
        };
        var body = new byte[MsgDataWriter.MeasureBody(message, forcedOff)];
        MsgDataWriter.WriteBody(message, body, forcedOff);
        return new()
        {
            Origin = OpenImId.Dialect,
            Content = ContentTypes.KindOf(message.ContentType),
            Type = message.ContentType,
            Body = body,
            Flags = FlagsOf(message, forcedOff),
            ClientKey = clientMsgId,
            OriginSession = origin,
            Receipt = receipt,
            Rights = RightsOf(message, isAdminSender),
            Friends = friends,
            Mentions = message.ContentType == ContentTypes.AtText && message.AtUserCount > 0 ? MentionsOf(message) : null,
        };
    }

    /// <summary>
    /// Section 10.1, steps 4 and 5: whose words pass which rules. Of a single chat's receiver only notifications pass over the
    /// settings; in a group the app's server is asked about administrators' words, too.
    /// </summary>
    private static SendRights RightsOf(in MsgDataView message, bool isAdminSender)
    {
        if (ContentTypes.IsNotification(message.ContentType)) return SendRights.All;
        if (!isAdminSender) return SendRights.None;
        return message.SessionType == Conversations.GroupChat
            ? SendRights.SkipMembership | SendRights.SkipMutes
            : SendRights.SkipContacts | SendRights.SkipAsking;
    }

    private static EntryFlags FlagsOf(in MsgDataView message, MsgOptions forcedOff)
    {
        var flags = EntryFlags.None;
        if (IsOff(message, MsgOptions.History, forcedOff)) flags |= EntryFlags.OnlineOnly;
        if (IsOff(message, MsgOptions.UnreadCount, forcedOff)) flags |= EntryFlags.NoUnread;
        if (IsOff(message, MsgOptions.OfflinePush, forcedOff)) flags |= EntryFlags.NoPush;
        if (IsOff(message, MsgOptions.SenderSync, forcedOff)) flags |= EntryFlags.NoSenderCopy;
        return flags;
    }

    private static bool IsOff(in MsgDataView message, MsgOptions option, MsgOptions forcedOff) =>
        (forcedOff & option) != 0 || !message.IsOn(option);

    private static Mentions MentionsOf(in MsgDataView message)
    {
        var users = new List<UserId>(message.AtUserCount);
        var isEverybody = false;
        foreach (var utf8 in message.AtUserIds)
        {
            var id = Encoding.UTF8.GetString(utf8);
            if (string.Equals(id, ContentTypes.AtEverybody, StringComparison.Ordinal)) isEverybody = true;
            else users.Add(new UserId(id));
        }

        return new(users, isEverybody);
    }
}
