using System.Text;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Removes members from a group; they hear of it and keep what they could read until then.</summary>
public sealed class KickMembers(GroupDesk desk, GroupScribe scribe, EngineLimits limits, TimeProvider clock)
{
    /// <param name="reason">The caller's words.</param>
    /// <returns>
    /// The group after it; or GroupTextTooLong, GroupNotFound, GroupDismissed, CannotKickSelf, CannotKickOwner, NotGroupMember
    /// (the caller), KickTargetNotMember (with the user), NotGroupManager, TargetOutranks (with the user).
    /// </returns>
    public async ValueTask<Result<Roster>> RunAsync(
        Caller caller, GroupId groupId, IReadOnlyList<UserId> users, string reason, NoticeReach reach, CancellationToken ct)
    {
        if (Encoding.UTF8.GetByteCount(reason) > limits.MaxGroupTextBytes) return Condition.GroupTextTooLong;

        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (WhyNot(caller, roster, users) is { } forbidden) return forbidden;

        Member[] gone = [.. users.Select(user => roster.Find(user)!)];
        var after = roster.Without([.. users]);
        var notice = new MembersRemoved(await scribe.PeopleAsync(caller.App, gone, ct))
        {
            At = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Group = after.Facts,
            Operator = await scribe.PersonAsync(roster, caller.User, ct),
            Reason = reason,
        };
        var step = new GroupStep(after, new RemoveMembers(caller.App, groupId, users, after.Version)) { Touched = users, AlsoTell = users };
        return await desk.CommitAsync(caller, step.Telling(notice, reach));
    }

    private static Refusal? WhyNot(Caller caller, Roster roster, IReadOnlyList<UserId> users)
    {
        if (users.Contains(caller.User)) return new(Condition.CannotKickSelf);
        if (users.Contains(roster.Group.Owner)) return new(Condition.CannotKickOwner);
        if (!caller.IsAdministrator && roster.RoleOf(caller.User) == GroupRole.None) return new(Condition.NotGroupMember, caller.User.Value);
        foreach (var user in users)
        {
            if (roster.RoleOf(user) == GroupRole.None) return new(Condition.KickTargetNotMember, user.Value);
            if (GroupRights.WhyNot(caller, roster, GroupAction.RemoveMembers, user) is { } refusal) return refusal;
        }

        return null;
    }
}
