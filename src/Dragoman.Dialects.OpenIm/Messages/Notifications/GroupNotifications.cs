using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Messages.Notifications;

/// <summary>What happens in groups: content types 1501 to 1520.</summary>
internal sealed class GroupNotifications(VersionStreams streams)
{
    public Notification? Of(GroupNotice notice)
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

    private static ulong Version(GroupNotice notice) => VersionStreams.VersionOf(notice.Group.Version);

    private string VersionId(GroupNotice notice) =>
        streams.IdOf(new StreamKey(notice.Group.Group.App, StreamKind.GroupMembers, notice.Group.Group.Id.Value));
}
