using System.Globalization;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>Groups and members in the vendor's words.</summary>
internal static class GroupInfos
{
    /// <summary>The only type that can be created: a working group.</summary>
    public const int WorkingGroup = 2;

    public const string LookMemberInfoTrait = "openim.lookMemberInfo";
    public const string ApplyMemberFriendTrait = "openim.applyMemberFriend";

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
        Status = StatusOf(group.State),
        CreatorUserID = group.Creator.Value,
        GroupType = WorkingGroup,
        NeedVerification = (int)group.Join,
        LookMemberInfo = TraitOf(group, LookMemberInfoTrait),
        ApplyMemberFriend = TraitOf(group, ApplyMemberFriendTrait),
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

    private static int StatusOf(GroupState state) => state switch
    {
        GroupState.Dismissed => 2,
        GroupState.Muted => 3,
        _ => 0,
    };

    private static int TraitOf(Group group, string trait) =>
        group.Traits.TryGetValue(trait, out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
