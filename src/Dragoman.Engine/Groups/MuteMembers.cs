using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Takes the word from members until a time, or gives it back.</summary>
public sealed class MuteMembers(GroupDesk desk, GroupScribe scribe, TimeProvider clock)
{
    /// <param name="until">Unix milliseconds; <see cref="long.MaxValue"/> is for ever, 0 ends the mute.</param>
    /// <returns>
    /// The group after it; or GroupNotFound, GroupDismissed, GroupDisabled, NotGroupMember (the caller), and for a user TargetNotMember,
    /// TargetIsOwner, NotGroupManager, GroupTypeForbids, TargetOutranks.
    /// </returns>
    public async ValueTask<Result<Batch<Roster>>> RunAsync(
        Caller caller, GroupId groupId, IReadOnlyList<UserId> users, long until, CancellationToken ct, BatchMode mode = BatchMode.AllOrNone)
    {
        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (!caller.IsAdministrator && roster.Find(caller.User) is null) return new Refusal(Condition.NotGroupMember, caller.User.Value);
        if (!Batch.Sort(users, mode, user => WhyNot(caller, roster, user)).TryGet(out var items, out var forbidden)) return forbidden;

        Member[] changed = [.. items.Where(item => item.IsDone).Select(item => roster.Find(item.Subject)! with { MutedUntil = until })];
        if (changed.Length == 0) return new Batch<Roster>(roster, items);
        var step = await StepAsync(caller, roster, changed, until, ct);
        var written = await desk.CommitAsync(caller, step);
        return written.TryGet(out var after, out var failure) ? new Batch<Roster>(after, items) : failure;
    }

    private static Refusal? WhyNot(Caller caller, Roster roster, UserId user) => roster.RoleOf(user) switch
    {
        GroupRole.None => new(Condition.TargetNotMember, user.Value),
        GroupRole.Owner => new(Condition.TargetIsOwner, user.Value),
        _ => GroupRights.WhyNot(caller, roster, GroupAction.MuteMembers, user),
    };

    /// <summary>One version for each member: who follows the notices takes them in one by one.</summary>
    private async ValueTask<GroupStep> StepAsync(Caller caller, Roster roster, Member[] changed, long until, CancellationToken ct)
    {
        var (app, group, now) = (caller.App, roster.Group, clock.GetUtcNow().ToUnixTimeMilliseconds());
        var after = roster.With(changed, steps: changed.Length);
        var person = await scribe.PersonAsync(after, caller.User, ct);
        var (writes, notices) = (new List<StoreChange>(), new List<Notice>());
        foreach (var member in changed)
        {
            var version = roster.Version + writes.Count + 1;
            writes.Add(new ChangeMembers(app, group.Id, [member], version, ChangesOrder: false));

            var (facts, target) = (new GroupFacts(group, after.Count, version), await scribe.PersonAsync(app, member.User, member, ct));
            notices.Add(until > 0
                ? new MemberMuted(target, until) { At = now, Group = facts, Operator = person }
                : new MemberUnmuted(target) { At = now, Group = facts, Operator = person });
        }

        return new(after, [.. writes]) { Timeline = notices };
    }
}
