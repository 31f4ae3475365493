namespace Dragoman.Engine.Groups;

/// <summary>Somebody walks into a group that is open to everybody.</summary>
public sealed class JoinGroup(GroupDesk desk, Admission admission, Newcomers newcomers, TimeProvider clock)
{
    /// <returns>
    /// The group after it; or NotPermitted, GroupNotFound, GroupDismissed, GroupDisabled, GroupTypeUnsupported, AccountNotFound,
    /// AlreadyGroupMember, BannedFromGroup, GroupFull, UserGroupLimitReached, JoinNeedsApproval, ApplicationsClosed.
    /// </returns>
    public async ValueTask<Result<Roster>> RunAsync(Caller caller, UserId user, GroupId groupId, JoinSource source, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;

        var asked = newcomers.AreAsked(caller.App)
            ? await newcomers.AskAsync(caller, await newcomers.PeekAsync(caller.App, groupId, ct), [user], ct)
            : MemberCards.Plain;
        if (!asked.TryGet(out var cards, out var unwanted)) return unwanted;

        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindUnderstoodAsync(caller, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (await admission.WhyNotAsync(caller, roster, [user], ct) is { } reason) return reason;
        if (roster.Group.Apply == ApplyRule.Closed) return Condition.ApplicationsClosed;
        if (roster.Group.Apply != ApplyRule.Open) return Condition.JoinNeedsApproval;

        var newcomer = new Member
        {
            User = user,
            Role = GroupRole.Member,
            JoinedAt = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Source = source,
            Operator = caller.User.Value,
        };
        return await desk.CommitAsync(caller, cards.Open(await admission.EnterByHimselfAsync(roster, cards.Dress(newcomer), message: "", ct)));
    }
}
