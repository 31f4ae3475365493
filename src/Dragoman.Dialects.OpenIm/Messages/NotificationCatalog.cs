using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>Which notice is which of the vendor's notifications, with its payload (sections 6.2 and 12).</summary>
internal sealed class NotificationCatalog(VersionStreams streams)
{
    /// <returns>Null for a notice that this vendor has no words for.</returns>
    public Notification? Of(Entry entry) => entry.Notice switch
    {
        GroupNotice notice => OfGroup(notice),
        MessageRecalled notice => new(ContentTypes.Revoked, Recalled(notice, entry.Conversation), IsAlsoMessage: false),
        MessagesRead notice => new(ContentTypes.HasReadReceipt, Read(notice, entry.Conversation), IsAlsoMessage: false),
        MessagesErased notice => new(ContentTypes.Deleted, Deleted(notice.Operator.Value, entry.Conversation, notice.Sequences), false),
        MessagesHidden notice => new(ContentTypes.Deleted, Deleted(notice.User.Value, notice.Conversation, notice.Sequences), false),
        ConversationsCleared notice => new(ContentTypes.Cleared, Cleared(notice), IsAlsoMessage: false),
        UserConversationsChanged notice => new(ContentTypes.ConversationChanged, Changed(notice), IsAlsoMessage: false),
        ProfileChanged notice => new(ContentTypes.UserInfoUpdated, new UserInfoUpdatedTips { UserID = notice.User.Value }, false),
        _ => null,
    };

    private Notification? OfGroup(GroupNotice notice)
    {
        var group = GroupInfos.Of(notice.Group);
        var opUser = GroupInfos.Of(notice.Group.Group, notice.Operator);
        return notice switch
        {
            GroupCreated created => new(ContentTypes.GroupCreated, Created(created, group, opUser), IsAlsoMessage: true),
            GroupDismissed => new(
                ContentTypes.GroupDismissed,
                new GroupDismissedTips { Group = group, OpUser = opUser, OperationTime = notice.At },
                IsAlsoMessage: true),
            MembersInvited invited => new(ContentTypes.MemberInvited, Invited(invited, group, opUser), IsAlsoMessage: true),
            MemberEntered => new(ContentTypes.MemberEnter, Entered(notice, group, opUser), IsAlsoMessage: true),
            MemberLeft => new(ContentTypes.MemberQuit, Left(notice, group, opUser), IsAlsoMessage: true),
            MembersRemoved removed => new(ContentTypes.MemberKicked, Kicked(removed, group, opUser), IsAlsoMessage: true),
            _ => null,
        };
    }

    private GroupCreatedTips Created(GroupCreated notice, GroupInfo group, GroupMemberFullInfo opUser)
    {
        var tips = new GroupCreatedTips
        {
            Group = group,
            OpUser = opUser,
            OperationTime = notice.At,
            GroupOwnerUser = GroupInfos.Of(notice.Group.Group, notice.Owner),
            GroupMemberVersion = Version(notice),
            GroupMemberVersionID = VersionId(notice),
        };
        tips.MemberList.Add(notice.Members.Select(m => GroupInfos.Of(notice.Group.Group, m)));
        return tips;
    }

    private MemberInvitedTips Invited(MembersInvited notice, GroupInfo group, GroupMemberFullInfo opUser)
    {
        var tips = new MemberInvitedTips
        {
            Group = group,
            OpUser = opUser,
            OperationTime = notice.At,
            InviterUser = GroupInfos.Of(notice.Group.Group, notice.Inviter),
            GroupMemberVersion = Version(notice),
            GroupMemberVersionID = VersionId(notice),
        };
        tips.InvitedUserList.Add(notice.Members.Select(m => GroupInfos.Of(notice.Group.Group, m)));
        return tips;
    }

    private MemberKickedTips Kicked(MembersRemoved notice, GroupInfo group, GroupMemberFullInfo opUser)
    {
        var tips = new MemberKickedTips
        {
            Group = group,
            OpUser = opUser,
            OperationTime = notice.At,
            GroupMemberVersion = Version(notice),
            GroupMemberVersionID = VersionId(notice),
        };
        tips.KickedUserList.Add(notice.Members.Select(m => GroupInfos.Of(notice.Group.Group, m)));
        return tips;
    }

    private MemberEnterTips Entered(GroupNotice notice, GroupInfo group, GroupMemberFullInfo entrant) => new()
    {
        Group = group,
        EntrantUser = entrant,
        OperationTime = notice.At,
        GroupMemberVersion = Version(notice),
        GroupMemberVersionID = VersionId(notice),
    };

    private MemberQuitTips Left(GroupNotice notice, GroupInfo group, GroupMemberFullInfo quitter) => new()
    {
        Group = group,
        QuitUser = quitter,
        OperationTime = notice.At,
        GroupMemberVersion = Version(notice),
        GroupMemberVersionID = VersionId(notice),
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

    private static ClearConversationTips Cleared(ConversationsCleared notice)
    {
        var tips = new ClearConversationTips { UserID = notice.User.Value };
        tips.ConversationIDs.Add(notice.Conversations.Select(ConversationIds.Of));
        return tips;
    }

    private static ConversationUpdateTips Changed(UserConversationsChanged notice)
    {
        var tips = new ConversationUpdateTips { UserID = notice.User.Value };
        tips.ConversationIDList.Add(notice.Conversations.Select(ConversationIds.Of));
        return tips;
    }

    private static ulong Version(GroupNotice notice) => VersionStreams.VersionOf(notice.Group.Version);

    private string VersionId(GroupNotice notice) =>
        streams.IdOf(new StreamKey(notice.Group.Group.App, StreamKind.GroupMembers, notice.Group.Group.Id.Value));
}
