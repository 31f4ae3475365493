using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Lets people come back who were shut out; they are told, and come by themselves.</summary>
public sealed class UnbanMembers(GroupDesk desk, GroupScribe scribe, IGroupBanStore store, TimeProvider clock)
{
    /// <returns>
    /// The group; or GroupNotFound, GroupDismissed, GroupDisabled, NotGroupMember, NotGroupManager, GroupTypeForbids, and for a user
    /// NotBannedFromGroup.
    /// </returns>
    public async ValueTask<Result<Batch<Roster>>> RunAsync(
        Caller caller, GroupId groupId, IReadOnlyList<UserId> users, BatchMode mode, CancellationToken ct)
    {
        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (GroupRights.WhyNot(caller, roster, GroupAction.Ban) is { } forbidden) return forbidden;

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var banned = (await store.ListAsync(caller.App, groupId, now, ct)).Select(ban => ban.User).ToHashSet();
        var sorted = Batch.Sort(users, mode, user => banned.Contains(user) ? null : new(Condition.NotBannedFromGroup, user.Value));
        if (!sorted.TryGet(out var items, out var none)) return none;

        var person = await scribe.PersonAsync(roster, caller.User, ct);
        var notes = new List<InboxNote>();
        foreach (var item in items.Where(item => item.IsDone))
        {
            var notice = new MemberUnbanned(await scribe.PersonAsync(roster, item.Subject, ct)) { At = now, Group = roster.Facts, Operator = person };
            notes.Add(new(item.Subject, notice));
        }

        UserId[] free = [.. notes.Select(note => note.Receiver)];
        if (free.Length == 0) return new Batch<Roster>(roster, items);
        var written = await desk.CommitAsync(caller, new GroupStep(roster, new RemoveBans(caller.App, groupId, free)) { Inbox = notes });
        return written.TryGet(out _, out var failure) ? new Batch<Roster>(roster, items) : failure;
    }
}
