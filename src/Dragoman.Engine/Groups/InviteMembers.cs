using Dragoman.Engine.Accounts;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Brings people into a group.</summary>
public sealed class InviteMembers(GroupDesk desk, AccountDirectory accounts, GroupScribe scribe, EngineLimits limits, TimeProvider clock)
{
    /// <param name="visibleFrom">The first sequence that newcomers may read; null is everything.</param>
    /// <returns>
    /// The group after it; or GroupNotFound, GroupDismissed, NotGroupMember (the caller), AccountNotFound (an invitee),
    /// AlreadyGroupMember, JoinNeedsApproval, GroupFull.
    /// </returns>
    public async ValueTask<Result<Roster>> RunAsync(
        Caller caller, GroupId groupId, IReadOnlyList<UserId> invitees, CancellationToken ct)
    {
        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;

        var inviter = roster.Find(caller.User);
        if (inviter is null && !caller.IsAdministrator) return new Refusal(Condition.NotGroupMember, caller.User.Value);
        foreach (var user in invitees)
        {
            if (await accounts.FindAsync(caller.App, user, ct) is null) return new Refusal(Condition.AccountNotFound, user.Value);
            if (roster.Find(user) is not null) return new Refusal(Condition.AlreadyGroupMember, user.Value);
        }

        if (roster.Group.Join == JoinMode.ApprovalForAll && inviter?.Role == GroupRole.Member) return Condition.JoinNeedsApproval;
        if (roster.Count + invitees.Count > limits.MaxGroupMembers) return Condition.GroupFull;
        return await CommitAsync(caller, roster, invitees, ct);
    }

    private async ValueTask<Result<Roster>> CommitAsync(
        Caller caller, Roster roster, IReadOnlyList<UserId> invitees, CancellationToken ct)
    {
        var (app, now) = (caller.App, clock.GetUtcNow().ToUnixTimeMilliseconds());
        Member[] newcomers = [.. invitees.Select(user => new Member
        {
            User = user,
            Role = GroupRole.Member,
            JoinedAt = now,
            Source = JoinSource.Invitation,
            Inviter = caller.User.Value,
            Operator = caller.User.Value,
        })];
        var after = roster.With(newcomers);
        var inviter = await scribe.PersonAsync(app, caller.User, roster.Find(caller.User), ct);
        var notice = new MembersInvited(await scribe.PeopleAsync(app, newcomers, ct), inviter)
        {
            At = now,
            Group = new(roster.Group, after.Count, after.Version),
            Operator = inviter,
        };
        return await desk.CommitAsync(caller, after, [new PutMembers(app, roster.Group.Id, newcomers, after.Version)], caller.User, notice, invitees);
    }
}
