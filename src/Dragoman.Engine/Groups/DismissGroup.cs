using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Ends a group: nobody is in it any more, its id stays taken, and who was in it keeps what he could read.</summary>
public sealed class DismissGroup(GroupDesk desk, GroupScribe scribe, TimeProvider clock)
{
    /// <param name="isQuiet">The members are not told.</param>
    /// <returns>The ended group; or GroupNotFound, GroupDismissed, NotGroupOwner.</returns>
    public async ValueTask<Result<Roster>> RunAsync(Caller caller, GroupId groupId, bool isQuiet, CancellationToken ct)
    {
        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (!caller.IsAdministrator && roster.Group.Owner != caller.User) return Condition.NotGroupOwner;

        UserId[] members = [.. roster.Members.Select(m => m.User)];
        var ended = roster.Group with { State = GroupState.Dismissed };
        var after = new Roster(ended, [], roster.Version + 1);
        var notice = isQuiet ? null : new GroupDismissed
        {
            At = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Group = new(ended, roster.Count, after.Version),
            Operator = await scribe.PersonAsync(caller.App, caller.User, roster.Find(caller.User), ct),
        };
        return await desk.CommitAsync(
            caller,
            after,
            [new PutGroup(caller.App, ended, after.Version), new RemoveMembers(caller.App, groupId, members, after.Version)],
            caller.User,
            notice,
            touched: members,
            alsoTell: members);
    }
}
