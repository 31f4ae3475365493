using Dragoman.Engine.Accounts;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Lets people into groups: what joining, inviting and accepting have in common.</summary>
public sealed class Admission(AccountDirectory accounts, IGroupStore groups, GroupScribe scribe, EngineLimits limits)
{
    /// <summary>Whether all of them may become members.</summary>
    /// <remarks>Two groups that somebody enters in the same moment may take him one past the limit of his groups.</remarks>
    /// <returns>Null; or AccountNotFound, AlreadyGroupMember, GroupFull, UserGroupLimitReached, with the user that it is about.</returns>
    internal async ValueTask<Refusal?> WhyNotAsync(Roster roster, IReadOnlyList<UserId> newcomers, CancellationToken ct)
    {
        var app = roster.Group.App;
        foreach (var user in newcomers)
        {
            if (await accounts.FindAsync(app, user, ct) is null) return new(Condition.AccountNotFound, user.Value);
            if (roster.Find(user) is not null) return new(Condition.AlreadyGroupMember, user.Value);
        }

        if (roster.Count + newcomers.Count > limits.MaxGroupMembers) return new(Condition.GroupFull);
        return await WhoIsCrowdedAsync(app, newcomers, ct);
    }

    internal async ValueTask<Refusal?> WhoIsCrowdedAsync(AppId app, IReadOnlyList<UserId> users, CancellationToken ct) =>
        await groups.FindCrowdedAsync(app, users, limits.MaxGroupsPerUser, ct) is { } crowded ? new(Condition.UserGroupLimitReached, crowded.Value) : null;

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
