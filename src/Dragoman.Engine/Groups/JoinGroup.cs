using Dragoman.Engine.Accounts;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Somebody walks into a group that is open to everybody.</summary>
public sealed class JoinGroup(GroupDesk desk, AccountDirectory accounts, GroupScribe scribe, EngineLimits limits, TimeProvider clock)
{
    /// <returns>
    /// The group after it; or NotPermitted, AccountNotFound, GroupNotFound, GroupDismissed, AlreadyGroupMember,
    /// JoinNeedsApproval, GroupFull.
    /// </returns>
    public async ValueTask<Result<Roster>> RunAsync(Caller caller, UserId user, GroupId groupId, JoinSource source, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;
        if (await accounts.FindAsync(caller.App, user, ct) is null) return new Refusal(Condition.AccountNotFound, user.Value);

        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (roster.Find(user) is not null) return new Refusal(Condition.AlreadyGroupMember, user.Value);
        if (roster.Group.Join != JoinMode.Open) return Condition.JoinNeedsApproval;
        if (roster.Count + 1 > limits.MaxGroupMembers) return Condition.GroupFull;

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var newcomer = new Member
        {
            User = user,
            Role = GroupRole.Member,
            JoinedAt = now,
            Source = source,
            Operator = caller.User.Value,
        };
        var after = roster.With([newcomer]);
        var notice = new MemberEntered
        {
            At = now,
            Group = new(roster.Group, after.Count, after.Version),
            Operator = await scribe.PersonAsync(caller.App, user, newcomer, ct),
        };
        return await desk.CommitAsync(caller, after, [new PutMembers(caller.App, groupId, [newcomer], after.Version)], user, notice, [user]);
    }
}
