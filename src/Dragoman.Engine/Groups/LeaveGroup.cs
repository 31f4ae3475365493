using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>A member walks out.</summary>
public sealed class LeaveGroup(GroupDesk desk, GroupScribe scribe, TimeProvider clock)
{
    /// <returns>The group after it; or NotPermitted, GroupNotFound, GroupDismissed, NotGroupMember, OwnerCannotLeave.</returns>
    public async ValueTask<Result<Roster>> RunAsync(Caller caller, UserId user, GroupId groupId, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;

        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;

        var member = roster.Find(user);
        if (member is null) return new Refusal(Condition.NotGroupMember, user.Value);
        // What counts is who leaves, not who says so: an administrator does not take an owner out either.
        if (roster.Group.Rights[GroupAction.Leave].Of(member.Role) != GroupRight.May) return Condition.OwnerCannotLeave;

        var after = roster.Without([user]);
        var notice = new MemberLeft
        {
            At = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Group = after.Facts,
            Operator = await scribe.PersonAsync(roster, user, ct),
        };
        var step = new GroupStep(after, new RemoveMembers(caller.App, groupId, [user], after.Version)) { Actor = user, Touched = [user], AlsoTell = [user] };
        return await desk.CommitAsync(caller, step.Telling(notice));
    }
}
