using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.OpenIm.Messages.Notifications;

/// <summary>What happens to the members of groups: content types 1504, 1508 to 1510, 1512, 1513 and 1516 to 1518.</summary>
internal static class MemberNotifications
{
    public static Notification? Of(GroupNotice notice, in GroupTips tips) => notice switch
    {
        MemberLeft => new(ContentTypes.MemberQuit, Left(tips), IsAlsoMessage: true),
        MembersRemoved removed => new(ContentTypes.MemberKicked, Kicked(removed, tips), IsAlsoMessage: true),
        MembersInvited invited => new(ContentTypes.MemberInvited, Invited(invited, tips), IsAlsoMessage: true),
        MemberEntered => new(ContentTypes.MemberEnter, Entered(tips), IsAlsoMessage: true),
        MemberMuted muted => new(ContentTypes.GroupMemberMuted, Muted(muted, tips), IsAlsoMessage: true),
        MemberUnmuted unmuted => new(ContentTypes.GroupMemberCancelMuted, Unmuted(unmuted, tips), IsAlsoMessage: true),
        MemberRoleChanged { Member.Member.Role: GroupRole.Manager } changed =>
            new(ContentTypes.GroupMemberSetToAdmin, RoleChanged(changed, tips), IsAlsoMessage: false),
        MemberRoleChanged changed => new(ContentTypes.GroupMemberSetToOrdinary, RoleChanged(changed, tips), IsAlsoMessage: false),
        MemberCardChanged changed => new(ContentTypes.GroupMemberInfoSet, Changed(changed.Member, tips), IsAlsoMessage: false),
        _ => null,
    };

    private static MemberQuitTips Left(in GroupTips tips) => new()
    {
        Group = tips.Group,
        QuitUser = tips.OpUser,
        OperationTime = tips.At,
        GroupMemberVersion = tips.Version,
        GroupMemberVersionID = tips.VersionId,
    };

    private static MemberKickedTips Kicked(MembersRemoved notice, GroupTips tips)
    {
        var kicked = new MemberKickedTips
        {
            Group = tips.Group,
            OpUser = tips.OpUser,
            OperationTime = tips.At,
            GroupMemberVersion = tips.Version,
            GroupMemberVersionID = tips.VersionId,
        };
        kicked.KickedUserList.Add(notice.Members.Select(tips.Describe));
        return kicked;
    }

    private static MemberInvitedTips Invited(MembersInvited notice, GroupTips tips)
    {
        var invited = new MemberInvitedTips
        {
            Group = tips.Group,
            OpUser = tips.OpUser,
            OperationTime = tips.At,
            InviterUser = tips.Describe(notice.Inviter),
            GroupMemberVersion = tips.Version,
            GroupMemberVersionID = tips.VersionId,
        };
        invited.InvitedUserList.Add(notice.Members.Select(tips.Describe));
        return invited;
    }

    private static MemberEnterTips Entered(in GroupTips tips) => new()
    {
        Group = tips.Group,
        EntrantUser = tips.OpUser,
        OperationTime = tips.At,
        GroupMemberVersion = tips.Version,
        GroupMemberVersionID = tips.VersionId,
    };

    private static GroupMemberMutedTips Muted(MemberMuted notice, in GroupTips tips) => new()
    {
        Group = tips.Group,
        OpUser = tips.OpUser,
        OperationTime = tips.At,
        MutedUser = tips.Describe(notice.Member),
        MutedSeconds = SecondsOf(notice),
        GroupMemberVersion = tips.Version,
        GroupMemberVersionID = tips.VersionId,
    };

    /// <summary>Rounded up: the end was counted a moment before the mute was written.</summary>
    private static uint SecondsOf(MemberMuted notice) =>
        (uint)Math.Clamp(((notice.Until - notice.At) / 1000) + ((notice.Until - notice.At) % 1000 > 0 ? 1 : 0), 0, uint.MaxValue);

    private static GroupMemberCancelMutedTips Unmuted(MemberUnmuted notice, in GroupTips tips) => new()
    {
        Group = tips.Group,
        OpUser = tips.OpUser,
        OperationTime = tips.At,
        MutedUser = tips.Describe(notice.Member),
        GroupMemberVersion = tips.Version,
        GroupMemberVersionID = tips.VersionId,
    };

    private static GroupMemberInfoSetTips RoleChanged(MemberRoleChanged notice, in GroupTips tips)
    {
        var changed = Changed(notice.Member, tips);
        if (notice.Member.Member?.Role != notice.OldRole) changed.GroupSortVersion = tips.Version;
        return changed;
    }

    private static GroupMemberInfoSetTips Changed(PersonFacts member, in GroupTips tips) => new()
    {
        Group = tips.Group,
        OpUser = tips.OpUser,
        OperationTime = tips.At,
        ChangedUser = tips.Describe(member),
        GroupMemberVersion = tips.Version,
        GroupMemberVersionID = tips.VersionId,
    };
}
