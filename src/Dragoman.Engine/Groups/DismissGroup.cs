using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Ends a group: nobody is in it any more, its id stays taken, and who was in it keeps what he could read.</summary>
public sealed class DismissGroup(GroupDesk desk, GroupScribe scribe, TimeProvider clock)
{
    /// <returns>The ended group; or GroupNotFound, GroupDismissed, NotGroupMember, NotGroupOwner, GroupDisabled.</returns>
    public async ValueTask<Result<Roster>> RunAsync(Caller caller, GroupId groupId, NoticeReach reach, CancellationToken ct)
    {
        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindEvenDisabledAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (GroupRights.WhyNot(caller, roster, GroupAction.Dismiss) is { } forbidden) return forbidden;
        if (roster.Group.IsDisabled && !caller.IsAdministrator) return new Refusal(Condition.GroupDisabled, groupId.Value);

        UserId[] members = [.. roster.Members.Select(m => m.User)];
        var ended = roster.Group with { State = GroupState.Dismissed };
        var after = new Roster(ended, [], roster.Version + 1);
        var notice = new GroupDismissed
        {
            At = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Group = new(ended, roster.Count, after.Version),
            Operator = await scribe.PersonAsync(roster, caller.User, ct),
            Members = members,
        };
        var step = new GroupStep(
            after, new PutGroup(caller.App, ended, after.Version), new EndTopicsOf(caller.App, groupId), new RemoveMembers(caller.App, groupId, members, after.Version))
        {
            Touched = members,
            AlsoTell = members,
        };
        return await desk.CommitAsync(caller, step.Telling(notice, reach));
    }
}
