using System.Text;
using Dragoman.Engine.Hooks;

namespace Dragoman.Engine.Groups;

/// <param name="AwaitsApproval">Nobody is in yet: a manager has to agree.</param>
public sealed record Invited(Roster Roster, bool AwaitsApproval);

/// <summary>Brings people into a group, or asks its managers to, where members may not.</summary>
public sealed class InviteMembers(
    GroupDesk desk, Admission admission, Applications applications, Newcomers newcomers, HookDesk hooks, EngineLimits limits, TimeProvider clock)
{
    /// <param name="reason">The inviter's words.</param>
    /// <returns>
    /// What became of it; or GroupTextTooLong, GroupNotFound, GroupDismissed, GroupTypeUnsupported, NotGroupMember (the
    /// caller), InvitationsClosed, NotGroupManager, GroupTypeForbids, AccountNotFound (an invitee), AlreadyGroupMember,
    /// GroupFull, UserGroupLimitReached.
    /// </returns>
    public async ValueTask<Result<Invited>> RunAsync(
        Caller caller, GroupId groupId, IReadOnlyList<UserId> invitees, string reason, NoticeReach reach, CancellationToken ct)
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
        if (await admission.WhyNotAsync(roster, invitees, ct) is { } impossible) return impossible;
        if (invitees.Count == 0) return new Invited(roster, AwaitsApproval: false); // the app's server struck everybody out

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (NeedsApproval(caller, roster))
        {
            GroupApplication[] filed = [.. invitees.Select(user => new GroupApplication
            {
                Group = groupId,
                Applicant = user,
                Inviter = caller.User.Value,
                Message = reason,
                Source = JoinSource.Invitation,
                RequestedAt = now,
            })];
            return await applications.FileAsync(caller, roster, filed, ct) is { } unwritten ? unwritten : new Invited(roster, AwaitsApproval: true);
        }

        Member[] members = [.. invitees.Select(user => cards.Dress(new Member
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
        return written.TryGet(out var after, out var failure) ? new Invited(after, AwaitsApproval: false) : failure;
    }

    /// <summary>Only who would come in at once: of the others the app's server hears when they are accepted.</summary>
    private async ValueTask<Result<MemberCards>> AskAboutThemAsync(
        Caller caller, GroupId groupId, IReadOnlyList<UserId> invitees, CancellationToken ct)
    {
        if (!newcomers.AreAsked(caller.App)) return MemberCards.Plain;
        var found = await desk.FindAsync(caller.App, groupId, ct);
        return found.TryGet(out var roster, out _) && !NeedsApproval(caller, roster)
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
}
