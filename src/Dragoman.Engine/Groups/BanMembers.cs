using System.Text;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Removes members and shuts them out: they do not come back before it ends.</summary>
public sealed class BanMembers(GroupDesk desk, GroupScribe scribe, EngineLimits limits, TimeProvider clock)
{
    /// <param name="until">Unix milliseconds; <see cref="long.MaxValue"/> is for ever.</param>
    /// <param name="reason">The caller's words.</param>
    /// <returns>
    /// The group after it; or GroupTextTooLong, GroupNotFound, GroupDismissed, GroupDisabled, NotGroupMember (the caller), and for a user
    /// TargetNotMember, TargetIsOwner, NotGroupManager, GroupTypeForbids, TargetOutranks.
    /// </returns>
    public async ValueTask<Result<Batch<Roster>>> RunAsync(
        Caller caller, GroupId groupId, IReadOnlyList<UserId> users, long until, string reason, BatchMode mode, CancellationToken ct)
    {
        if (Encoding.UTF8.GetByteCount(reason) > limits.MaxGroupTextBytes) return Condition.GroupTextTooLong;

        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (!caller.IsAdministrator && roster.Find(caller.User) is null) return new Refusal(Condition.NotGroupMember, caller.User.Value);
        if (!Batch.Sort(users, mode, user => WhyNot(caller, roster, user)).TryGet(out var items, out var forbidden)) return forbidden;

        UserId[] gone = [.. items.Where(item => item.IsDone).Select(item => item.Subject)];
        if (gone.Length == 0) return new Batch<Roster>(roster, items);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var after = roster.Without(gone);
        var people = await scribe.PeopleAsync(caller.App, gone.Select(user => roster.Find(user)!), ct);
        var person = await scribe.PersonAsync(roster, caller.User, ct);
        GroupBan[] bans = [.. gone.Select(user => new GroupBan
        {
            Group = groupId,
            User = user,
            Until = until,
            Reason = reason,
            Operator = caller.User.Value,
            BannedAt = now,
        })];
        var step = new GroupStep(after, new PutBans(caller.App, groupId, bans), new RemoveMembers(caller.App, groupId, gone, after.Version))
        {
            Touched = gone,
            AlsoTell = gone,
        };
        step = step
            .Telling(new MembersRemoved(people) { At = now, Group = after.Facts, Operator = person, Reason = reason })
            .Noting(new MembersBanned(people, until, reason) { At = now, Group = after.Facts, Operator = person });
        var written = await desk.CommitAsync(caller, step);
        return written.TryGet(out _, out var failure) ? new Batch<Roster>(after, items) : failure;
    }

    private static Refusal? WhyNot(Caller caller, Roster roster, UserId user) => roster.RoleOf(user) switch
    {
        GroupRole.None => new(Condition.TargetNotMember, user.Value),
        GroupRole.Owner => new(Condition.TargetIsOwner, user.Value),
        _ => GroupRights.WhyNot(caller, roster, GroupAction.Ban, user),
    };
}
