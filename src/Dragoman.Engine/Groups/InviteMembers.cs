using System.Text;
using Dragoman.Engine.Hooks;

namespace Dragoman.Engine.Groups;

/// <param name="AwaitsApproval">Nobody is in yet: a manager has to agree.</param>
/// <param name="AwaitsConsent">Nobody is in yet: each of them has to agree himself.</param>
/// <param name="Items">What became of each.</param>
public sealed record Invited(Roster Roster, bool AwaitsApproval, bool AwaitsConsent, IReadOnlyList<ItemOutcome> Items);

/// <summary>Brings people into a group, or asks its managers or themselves to agree, as the group wants it.</summary>
public sealed class InviteMembers(
    GroupDesk desk, Admission admission, Applications applications, Newcomers newcomers, HookDesk hooks, EngineLimits limits, TimeProvider clock)
{
    /// <param name="reason">The inviter's words.</param>
    /// <returns>
    /// What became of it; or GroupTextTooLong, GroupNotFound, GroupDismissed, GroupDisabled, GroupTypeUnsupported, NotGroupMember
    /// (the caller), InvitationsClosed, NotGroupManager, GroupTypeForbids, AccountNotFound (an invitee), AlreadyGroupMember,
    /// BannedFromGroup, GroupFull, UserGroupLimitReached.
    /// </returns>
    public async ValueTask<Result<Invited>> RunAsync(
        Caller caller, GroupId groupId, IReadOnlyList<UserId> invitees, string reason, NoticeReach reach, CancellationToken ct, BatchMode mode = BatchMode.AllOrNone)
    {
        if (Encoding.UTF8.GetByteCount(reason) > limits.MaxGroupTextBytes) return Condition.GroupTextTooLong;

        if (hooks.Asks<InvitingMembers>(caller.App))
        {
            var proposal = new InvitingMembers(caller, groupId, invitees, reason);
            if (await hooks.AskAsync(proposal, ct) is { } unwanted) return unwanted;
            invitees = proposal.Invitees;
        }

        var asked = await AskAboutThemAsync(caller, groupId, invitees, ct);
        if (!asked.TryGet(out var cards, out var unwelcome)) return unwelcome;

        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindUnderstoodAsync(caller, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (WhyNot(caller, roster) is { } forbidden) return forbidden;
        var sorted = await admission.SortAsync(caller, roster, invitees, mode, ct);
        if (!sorted.TryGet(out var items, out var impossible)) return impossible;

        UserId[] welcome = [.. items.Where(item => item.IsDone).Select(item => item.Subject)];
        var invited = new Invited(roster, NeedsApproval(caller, roster), NeedsConsent(caller, roster), items);
        if (welcome.Length == 0) return invited with { AwaitsApproval = false, AwaitsConsent = false }; // the app's server struck everybody out

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (invited.AwaitsApproval || invited.AwaitsConsent)
        {
            var filed = FiledBy(caller, groupId, welcome, reason, invited.AwaitsApproval ? ApplicationKind.InvitedByMember : ApplicationKind.InviteeAsked, now);
            var unwritten = invited.AwaitsApproval
                ? await applications.FileAsync(caller, roster, filed, ct)
                : await applications.OfferAsync(caller, roster, filed, ct);
            return unwritten is null ? invited : unwritten;
        }

        Member[] members = [.. welcome.Select(user => cards.Dress(new Member
        {
            User = user,
            Role = GroupRole.Member,
            JoinedAt = now,
            Source = JoinSource.Invitation,
            Inviter = caller.User.Value,
            Operator = caller.User.Value,
        }))];
        var step = await admission.EnterInvitedAsync(roster, members, inviter: caller.User, handler: caller.User, reason, reach, ct);
        var written = await desk.CommitAsync(caller, cards.Open(step));
        return written.TryGet(out var after, out var failure) ? invited with { Roster = after } : failure;
    }

    internal static GroupApplication[] FiledBy(
        Caller caller, GroupId group, IEnumerable<UserId> invitees, string reason, ApplicationKind kind, long now) =>
    [
        .. invitees.Select(user => new GroupApplication
        {
            Group = group,
            Applicant = user,
            Kind = kind,
            Inviter = caller.User.Value,
            Message = reason,
            Source = JoinSource.Invitation,
            RequestedAt = now,
        }),
    ];

    /// <summary>Only who would come in at once: of the others the app's server hears when they are accepted.</summary>
    private async ValueTask<Result<MemberCards>> AskAboutThemAsync(
        Caller caller, GroupId groupId, IReadOnlyList<UserId> invitees, CancellationToken ct)
    {
        if (!newcomers.AreAsked(caller.App)) return MemberCards.Plain;
        var found = await desk.FindAsync(caller.App, groupId, ct);
        return found.TryGet(out var roster, out _) && !NeedsApproval(caller, roster) && !NeedsConsent(caller, roster)
            ? await newcomers.AskAsync(caller, roster.Group, invitees, ct)
            : MemberCards.Plain;
    }

    private static Refusal? WhyNot(Caller caller, Roster roster)
    {
        if (GroupRights.WhyNot(caller, roster, GroupAction.Invite) is { } refusal) return refusal;
        if (caller.IsAdministrator) return null;
        return roster.Group.Invite switch
        {
            InviteRule.Closed => new(Condition.InvitationsClosed),
            InviteRule.ManagersOnly when roster.RoleOf(caller.User) < GroupRole.Manager => new(Condition.NotGroupManager, caller.User.Value),
            _ => null,
        };
    }

    private static bool NeedsApproval(Caller caller, Roster roster) =>
        !caller.IsAdministrator && roster.Group.Invite == InviteRule.ApprovalForMembers && roster.RoleOf(caller.User) < GroupRole.Manager;

    private static bool NeedsConsent(Caller caller, Roster roster) => !caller.IsAdministrator && roster.Group.InviteeConsents;
}
