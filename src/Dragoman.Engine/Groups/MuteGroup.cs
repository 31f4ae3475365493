using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Takes the word from all ordinary members of a group until a time, or gives it back.</summary>
public sealed class MuteGroup(GroupDesk desk, GroupScribe scribe, TimeProvider clock)
{
    /// <param name="until">Unix milliseconds; <see cref="long.MaxValue"/> is for ever, 0 ends the mute.</param>
    /// <returns>The group after it; or GroupNotFound, GroupDismissed, NotGroupMember, NotGroupManager, GroupTypeForbids.</returns>
    public async ValueTask<Result<Roster>> RunAsync(Caller caller, GroupId groupId, long until, CancellationToken ct)
    {
        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (GroupRights.WhyNot(caller, roster, GroupAction.MuteGroup) is { } forbidden) return forbidden;

        var after = roster.With(roster.Group with { MutedUntil = until });
        var (now, person) = (clock.GetUtcNow().ToUnixTimeMilliseconds(), await scribe.PersonAsync(roster, caller.User, ct));
        GroupNotice notice = until > 0
            ? new GroupMuted(until) { At = now, Group = after.Facts, Operator = person }
            : new GroupUnmuted { At = now, Group = after.Facts, Operator = person };
        return await desk.CommitAsync(caller, new GroupStep(after, new PutGroup(caller.App, after.Group, after.Version)).Telling(notice));
    }
}
