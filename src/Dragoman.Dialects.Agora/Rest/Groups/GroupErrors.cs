using Dragoman.Engine;

namespace Dragoman.Dialects.Agora.Rest.Groups;

/// <summary>Refusals whose words name the group.</summary>
internal static class GroupErrors
{
    private const int MaxId = 128;

    /// <summary>Whether there can be such a group at all; others are not looked for.</summary>
    public static bool IsPossible(GroupId group) => group.Value.Length is > 0 and <= MaxId && !group.Value.Any(char.IsControl);

    public static AgoraError Of(Refusal refusal, GroupId group) => refusal.Condition switch
    {
        Condition.GroupNotFound or Condition.GroupDismissed => AgoraErrors.Of(refusal with { Subject = group.Value }),
        Condition.AlreadyGroupMember => AgoraErrors.Forbidden.With($"can not join this group, reason:user: {refusal.Subject} already in group: {group}\n"),
        Condition.NewOwnerNotMember => AgoraErrors.Forbidden.With($"user: {refusal.Subject} doesn't exist in group: {group}"),
        Condition.TargetNotManager => AgoraErrors.Forbidden.With($"user:{refusal.Subject} is not admin of group:{group}"),

        // Whom a body or a path names; the words for the caller's own account are others.
        Condition.AccountNotFound => AgoraErrors.UnknownUser(refusal.Subject ?? ""),
        _ => refusal,
    };

    /// <summary>Where groups are read the vendor says it otherwise.</summary>
    public static AgoraError Missing(GroupId group) => AgoraErrors.RouteNotFound.With($"do not find this group:{group}");
}
