using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Stops a group or lets it go on. While it is stopped nobody speaks in it, and nothing of it changes but that it ends.</summary>
public sealed class DisableGroup(GroupDesk desk, GroupScribe scribe, TimeProvider clock)
{
    /// <returns>The group after it, which may have been so before; or NotPermitted (no administrator), GroupNotFound, GroupDismissed.</returns>
    public async ValueTask<Result<Roster>> RunAsync(Caller caller, GroupId groupId, bool isDisabled, CancellationToken ct)
    {
        if (!caller.IsAdministrator) return Condition.NotPermitted;

        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindEvenDisabledAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (roster.Group.IsDisabled == isDisabled) return roster;

        var after = roster.With(roster.Group with { State = isDisabled ? GroupState.Disabled : GroupState.Normal });
        var (now, person) = (clock.GetUtcNow().ToUnixTimeMilliseconds(), await scribe.PersonAsync(roster, caller.User, ct));
        GroupNotice notice = isDisabled
            ? new GroupDisabled { At = now, Group = after.Facts, Operator = person }
            : new GroupEnabled { At = now, Group = after.Facts, Operator = person };
        var step = new GroupStep(after, new PutGroup(caller.App, after.Group, after.Version));
        return await desk.CommitAsync(caller, step.Telling(notice, NoticeReach.Changes));
    }
}
