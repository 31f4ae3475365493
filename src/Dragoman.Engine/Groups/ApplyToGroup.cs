using System.Text;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Words;

namespace Dragoman.Engine.Groups;

/// <summary>Somebody wants to be a member: he is let in where the group is open, and waits for an answer where it is not.</summary>
public sealed class ApplyToGroup(
    GroupDesk desk, Admission admission, Applications applications, Newcomers newcomers, HookDesk hooks, WordDesk words, EngineLimits limits, TimeProvider clock)
{
    /// <param name="message">The applicant's words.</param>
    /// <returns>
    /// The group, of which he is a member or not yet; or NotPermitted, GroupTextTooLong, WordRejected, GroupNotFound, GroupDismissed, GroupDisabled,
    /// GroupTypeUnsupported, AccountNotFound, AlreadyGroupMember, BannedFromGroup, GroupFull, UserGroupLimitReached, ApplicationsClosed.
    /// </returns>
    public async ValueTask<Result<Roster>> RunAsync(
        Caller caller, UserId user, GroupId groupId, string message, JoinSource source, string extra, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;
        if (Encoding.UTF8.GetByteCount(message) > limits.MaxGroupTextBytes || Encoding.UTF8.GetByteCount(extra) > limits.MaxGroupTextBytes)
            return Condition.GroupTextTooLong;
        if (words.Screen(caller.App, WordPlaces.Groups, ref message) is { } rejected) return rejected;

        var asked = await AskAsync(caller, user, groupId, message, extra, ct);
        if (!asked.TryGet(out var cards, out var unwanted)) return unwanted;

        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindUnderstoodAsync(caller, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (await admission.WhyNotAsync(caller, roster, [user], ct) is { } reason) return reason;
        if (roster.Group.Apply == ApplyRule.Closed) return Condition.ApplicationsClosed;

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (roster.Group.Apply == ApplyRule.Open)
        {
            var newcomer = new Member { User = user, Role = GroupRole.Member, JoinedAt = now, Source = source, Operator = caller.User.Value };
            return await desk.CommitAsync(caller, cards.Open(await admission.EnterByHimselfAsync(roster, cards.Dress(newcomer), message, ct)));
        }

        var application = new GroupApplication
        {
            Group = groupId,
            Applicant = user,
            Message = message,
            Extra = extra,
            Source = source,
            RequestedAt = now,
        };
        return await applications.FileAsync(caller, roster, [application], ct) is { } unwritten ? unwritten : roster;
    }

    private async ValueTask<Result<MemberCards>> AskAsync(
        Caller caller, UserId user, GroupId groupId, string message, string extra, CancellationToken ct)
    {
        if (!hooks.Asks<ApplyingToGroup>(caller.App) && !newcomers.AreAsked(caller.App)) return MemberCards.Plain;
        if (await newcomers.PeekAsync(caller.App, groupId, ct) is not { } group) return MemberCards.Plain;

        if (await hooks.AskAsync(new ApplyingToGroup(caller, group, user, message, extra), ct) is { } forbidden) return forbidden;
        return group.Apply == ApplyRule.Open ? await newcomers.AskAsync(caller, group, [user], ct) : MemberCards.Plain;
    }
}
