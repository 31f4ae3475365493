using Dragoman.Engine.Accounts;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Lets people into groups: what joining, inviting and accepting have in common.</summary>
public sealed class Admission(
    AccountDirectory accounts, IGroupStore groups, IGroupBanStore bans, GroupScribe scribe, EngineLimits limits, TimeProvider clock)
{
    /// <summary>Whether all of them may become members.</summary>
    /// <remarks>Two groups that somebody enters in the same moment may take him one past the limit of his groups.</remarks>
    /// <param name="coming">How many others come in with them.</param>
    /// <returns>
    /// Null; or AccountNotFound, AlreadyGroupMember, BannedFromGroup, GroupFull, UserGroupLimitReached, with the user that it is about.
    /// </returns>
    internal async ValueTask<Refusal?> WhyNotAsync(
        Caller caller, Roster roster, IReadOnlyList<UserId> newcomers, CancellationToken ct, int coming = 0)
    {
        var app = roster.Group.App;
        foreach (var user in newcomers)
        {
            if (await accounts.FindAsync(app, user, ct) is null) return new(Condition.AccountNotFound, user.Value);
            if (roster.Find(user) is not null) return new(Condition.AlreadyGroupMember, user.Value);
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (await bans.FindBannedAsync(app, roster.Group.Id, newcomers, now, ct) is { } banned) return new(Condition.BannedFromGroup, banned.Value);
        if (roster.Count + coming + newcomers.Count > roster.Capacity(limits.MaxGroupMembers)) return new(Condition.GroupFull, newcomers[0].Value);
        return await WhoIsCrowdedAsync(caller, newcomers, ct);
    }

    /// <summary>Asks about each of them apart.</summary>
    /// <returns>The outcomes; or the refusal of the call.</returns>
    internal async ValueTask<Result<ItemOutcome[]>> SortAsync(
        Caller caller, Roster roster, IReadOnlyList<UserId> newcomers, BatchMode mode, CancellationToken ct)
    {
        if (mode == BatchMode.AllOrNone)
        {
            return newcomers.Count > 0 && await WhyNotAsync(caller, roster, newcomers, ct) is { } refusal
                ? refusal
                : newcomers.Select(user => new ItemOutcome(user)).ToArray();
        }

        var (items, coming) = (new List<ItemOutcome>(), 0);
        foreach (var user in newcomers.Distinct())
        {
            var item = new ItemOutcome(user, await WhyNotAsync(caller, roster, [user], ct, coming));
            if (item.IsDone) coming++;
            items.Add(item);
        }

        return Batch.WhyNot(items, mode) is { } first ? first : items.ToArray();
    }

    internal async ValueTask<Refusal?> WhoIsCrowdedAsync(Caller caller, IReadOnlyList<UserId> users, CancellationToken ct)
    {
        var most = GroupQuota.Bound(caller.GroupQuota?.PerUser ?? 0, limits.MaxGroupsPerUser);
        return await groups.FindCrowdedAsync(caller.App, users, most, ct) is { } crowded ? new(Condition.UserGroupLimitReached, crowded.Value) : null;
    }

    /// <summary>Brings people in, without a word yet.</summary>
    internal static GroupStep Enter(Roster roster, params Member[] newcomers)
    {
        var (group, after) = (roster.Group, roster.With(newcomers));
        return new(after, new AddMembers(group.App, group.Id, newcomers, after.Version, HidesHistory: !group.NewcomersSeeHistory))
        {
            Touched = [.. newcomers.Select(m => m.User)],
        };
    }

    /// <summary>Somebody comes in by himself, or because his application was accepted.</summary>
    /// <param name="message">His words.</param>
    internal async ValueTask<GroupStep> EnterByHimselfAsync(Roster roster, Member newcomer, string message, CancellationToken ct)
    {
        var step = Enter(roster, newcomer) with { Actor = newcomer.User };
        return step.Telling(new MemberEntered
        {
            At = newcomer.JoinedAt,
            Group = step.After.Facts,
            Operator = await scribe.PersonAsync(step.After, newcomer.User, ct),
            Message = message,
        });
    }

    /// <summary>Somebody brings people in.</summary>
    /// <param name="handler">Who decided it: the inviter, or who accepted.</param>
    internal async ValueTask<GroupStep> EnterInvitedAsync(
        Roster roster, Member[] newcomers, UserId inviter, UserId handler, string reason, NoticeReach reach, CancellationToken ct)
    {
        var step = Enter(roster, newcomers) with { Actor = handler };
        var notice = new MembersInvited(await scribe.PeopleAsync(roster.Group.App, newcomers, ct), await scribe.PersonAsync(roster, inviter, ct))
        {
            At = newcomers[0].JoinedAt,
            Group = step.After.Facts,
            Operator = await scribe.PersonAsync(roster, handler, ct),
            Reason = reason,
        };
        return step.Telling(notice, reach);
    }
}
