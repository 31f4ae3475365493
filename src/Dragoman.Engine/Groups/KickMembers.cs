using System.Text;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Removes members from a group; they hear of it and keep what they could read until then.</summary>
public sealed class KickMembers(GroupDesk desk, GroupScribe scribe, EngineLimits limits, TimeProvider clock)
{
    /// <param name="reason">The caller's words.</param>
    /// <returns>
    /// The group after it; or GroupTextTooLong, GroupNotFound, GroupDismissed, GroupDisabled, and for a user CannotKickSelf, CannotKickOwner,
    /// NotGroupMember (the caller), KickTargetNotMember, NotGroupManager, TargetOutranks.
    /// </returns>
    public async ValueTask<Result<Batch<Roster>>> RunAsync(
        Caller caller, GroupId groupId, IReadOnlyList<UserId> users, string reason, NoticeReach reach, CancellationToken ct, BatchMode mode = BatchMode.AllOrNone)
    {
        if (Encoding.UTF8.GetByteCount(reason) > limits.MaxGroupTextBytes) return Condition.GroupTextTooLong;

        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (mode == BatchMode.AllOrNone && WhyNot(caller, roster, users) is { } forbidden) return forbidden;
        if (!Batch.Sort(users, mode, user => WhyNot(caller, roster, [user])).TryGet(out var items, out var impossible)) return impossible;

        UserId[] removed = [.. items.Where(item => item.IsDone).Select(item => item.Subject)];
        Member[] gone = [.. removed.Select(user => roster.Find(user)!)];
        var after = roster.Without(removed);
        var notice = new MembersRemoved(await scribe.PeopleAsync(caller.App, gone, ct))
        {
            At = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Group = after.Facts,
            Operator = await scribe.PersonAsync(roster, caller.User, ct),
            Reason = reason,
        };
        var step = new GroupStep(after, new RemoveMembers(caller.App, groupId, removed, after.Version)) { Touched = removed, AlsoTell = removed };
        var written = await desk.CommitAsync(caller, step.Telling(notice, reach));
        return written.TryGet(out _, out var failure) ? new Batch<Roster>(after, items) : failure;
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
