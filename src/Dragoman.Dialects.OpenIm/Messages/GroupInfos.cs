using System.Collections.Frozen;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>Groups and members in the vendor's words.</summary>
internal static class GroupInfos
{
    /// <summary>The only type that can be created: a working group.</summary>
    public const int WorkingGroup = 2;

    /// <summary>The types of groups that the vendor's working group can say; it has no other one.</summary>
    public static readonly FrozenSet<GroupTypeId> Types = FrozenSet.Create(GroupTypes.Team.Id, GroupTypes.Custom.Id);

    private const int OwnerLevel = 100;
    private const int AdminLevel = 60;
    private const int MemberLevel = 20;

    public static GroupInfo Of(Roster roster) => Of(roster.Group, roster.Count);

    public static GroupInfo Of(GroupFacts facts) => Of(facts.Group, facts.MemberCount);

    public static GroupInfo Of(Group group, int memberCount) => new()
    {
        GroupID = group.Id.Value,
        GroupName = group.Name,
        Notification = group.Announcement,
        Introduction = group.Introduction,
        FaceURL = group.Avatar,
        OwnerUserID = group.Owner.Value,
        CreateTime = group.CreatedAt,
        MemberCount = (uint)memberCount,
        Ex = group.Extra,
        Status = StatusOf(group),
        CreatorUserID = group.Creator.Value,
        GroupType = WorkingGroup,
        NeedVerification = VerificationOf(group.Apply, group.Invite),
        LookMemberInfo = group.MembersSeeMembers ? 0 : 1,
        ApplyMemberFriend = group.MembersMayBefriend ? 0 : 1,
        NotificationUpdateTime = group.AnnouncedAt,
        NotificationUserID = group.AnnouncedBy,
    };

    /// <summary>A member without a name or face of his own is shown with the account's.</summary>
    public static GroupMemberFullInfo Of(Group group, Member member, Account? account) => new()
    {
        GroupID = group.Id.Value,
        UserID = member.User.Value,
        RoleLevel = LevelOf(member.Role),
        JoinTime = member.JoinedAt,
        Nickname = member.Nickname.Length > 0 ? member.Nickname : account?.Nickname ?? "",
        FaceURL = member.Avatar.Length > 0 ? member.Avatar : account?.Avatar ?? "",
        AppMangerLevel = account is null ? 0 : UserInfos.LevelOf(account),
        JoinSource = (int)member.Source,
        OperatorUserID = member.Operator,
        Ex = member.Extra,
        MuteEndTime = member.MutedUntil,
        InviterUserID = member.Inviter,
    };

    /// <summary>A person of a notice; who was not a member has no role.</summary>
    public static GroupMemberFullInfo Of(Group group, PersonFacts person)
    {
        var member = person.Member ?? new Member { User = person.Id, Role = GroupRole.None };
        return new()
        {
            GroupID = group.Id.Value,
            UserID = person.Id.Value,
            RoleLevel = LevelOf(member.Role),
            JoinTime = member.JoinedAt,
            Nickname = member.Nickname.Length > 0 ? member.Nickname : person.Nickname,
            FaceURL = member.Avatar.Length > 0 ? member.Avatar : person.Avatar,
            AppMangerLevel = UserInfos.LevelOf(person.Role),
            JoinSource = (int)member.Source,
            OperatorUserID = member.Operator,
            Ex = member.Extra,
            MuteEndTime = member.MutedUntil,
            InviterUserID = member.Inviter,
        };
    }

    public static int LevelOf(GroupRole role) => role switch
    {
        GroupRole.Owner => OwnerLevel,
        GroupRole.Manager => AdminLevel,
        GroupRole.Member => MemberLevel,
        _ => 0,
    };

    /// <returns>None for a level that the vendor does not have.</returns>
    public static GroupRole RoleOf(int level) => level switch
    {
        OwnerLevel => GroupRole.Owner,
        AdminLevel => GroupRole.Manager,
        MemberLevel => GroupRole.Member,
        _ => GroupRole.None,
    };

    /// <summary>0 applications wait, 1 everybody waits, 2 everybody comes in.</summary>
    /// <param name="verification">0 to 2.</param>
    public static (ApplyRule Apply, InviteRule Invite) RulesOf(int verification) => verification switch
    {
        2 => (ApplyRule.Open, InviteRule.Anybody),
        1 => (ApplyRule.Approval, InviteRule.ApprovalForMembers),
        _ => (ApplyRule.Approval, InviteRule.Anybody),
    };

    public static int VerificationOf(ApplyRule apply, InviteRule invite) =>
        apply == ApplyRule.Open ? 2 : invite == InviteRule.Anybody ? 0 : 1;

    private static int StatusOf(Group group) => group.IsDismissed ? 2 : group.IsDisabled ? 1 : group.MutedUntil > 0 ? 3 : 0;
}
