using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Chooses who speaks while the group is muted, whatever his rank.</summary>
public sealed class EditAllowList(GroupDesk desk, GroupScribe scribe, TimeProvider clock)
{
    /// <param name="isAllowed">False takes them off the list.</param>
    /// <returns>
    /// The group after it; or GroupNotFound, GroupDismissed, GroupDisabled, NotGroupMember (the caller), NotGroupManager, GroupTypeForbids,
    /// and for a user TargetNotMember.
    /// </returns>
    public async ValueTask<Result<Batch<Roster>>> RunAsync(
        Caller caller, GroupId groupId, IReadOnlyList<UserId> users, bool isAllowed, BatchMode mode, CancellationToken ct)
    {
        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (GroupRights.WhyNot(caller, roster, GroupAction.EditAllowList) is { } forbidden) return forbidden;
        var sorted = Batch.Sort(users, mode, user => roster.Find(user) is null ? new(Condition.TargetNotMember, user.Value) : null);
        if (!sorted.TryGet(out var items, out var stranger)) return stranger;

        Member[] changed =
        [
            .. items.Where(item => item.IsDone).Select(item => roster.Find(item.Subject)!)
                .Where(member => member.IsAllowListed != isAllowed)
                .Select(member => member with { IsAllowListed = isAllowed }),
        ];
        if (changed.Length == 0) return new Batch<Roster>(roster, items);

        var after = roster.With(changed);
        var notice = new AllowListChanged(await scribe.PeopleAsync(caller.App, changed, ct), isAllowed)
        {
            At = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Group = after.Facts,
            Operator = await scribe.PersonAsync(after, caller.User, ct),
        };
        var step = new GroupStep(after, new ChangeMembers(caller.App, groupId, changed, after.Version, ChangesOrder: false));
        var written = await desk.CommitAsync(caller, step.Telling(notice, NoticeReach.Changes));
        return written.TryGet(out _, out var failure) ? new Batch<Roster>(after, items) : failure;
    }
}
