using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.OpenIm.Messages.Notifications;

/// <summary>What happened to messages since they were sent: content types 2101, 2102 and 2200.</summary>
internal static class MessageNotifications
{
    /// <param name="conversation">Where the notice was written.</param>
    public static Notification? Of(Notice notice, ConversationKey conversation) => notice switch
    {
        MessageRecalled recalled => new(ContentTypes.Revoked, Recalled(recalled, conversation), IsAlsoMessage: false),
        MessagesRead read => new(ContentTypes.HasReadReceipt, Read(read, conversation), IsAlsoMessage: false),
        MessagesErased erased => new(ContentTypes.Deleted, Deleted(erased.Operator.Value, conversation, erased.Sequences), IsAlsoMessage: false),
        MessagesHidden hidden => new(ContentTypes.Deleted, Deleted(hidden.User.Value, hidden.Conversation, hidden.Sequences), IsAlsoMessage: false),
        _ => null,
    };

    private static RevokeMsgTips Recalled(MessageRecalled notice, ConversationKey conversation) => new()
    {
        RevokerUserID = notice.Mark.By,
        ClientMsgID = notice.ClientKey,
        RevokeTime = notice.Mark.At,
        SesstionType = Conversations.TypeOf(conversation),
        Seq = notice.Sequence,
        ConversationID = ConversationIds.Of(conversation),
        IsAdminRevoke = notice.Mark.ByAdministrator,
    };

    private static MarkAsReadTips Read(MessagesRead notice, ConversationKey conversation)
    {
        var tips = new MarkAsReadTips
        {
            MarkAsReadUserID = notice.Reader.Value,
            ConversationID = ConversationIds.Of(conversation),
            HasReadSeq = notice.UpTo,
        };
        tips.Seqs.Add(notice.Sequences);
        return tips;
    }

    private static DeleteMsgsTips Deleted(string userId, ConversationKey conversation, IReadOnlyList<long> sequences)
    {
        var tips = new DeleteMsgsTips { UserID = userId, ConversationID = ConversationIds.Of(conversation) };
        tips.Seqs.Add(sequences);
        return tips;
    }
}
