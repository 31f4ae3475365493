using System.Text;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>A manager accepts or refuses somebody who wants to be a member, or whom a member wants in.</summary>
public sealed class AnswerApplication(
    GroupDesk desk,
    Admission admission,
    Applications applications,
    Newcomers newcomers,
    IGroupApplicationStore store,
    EngineLimits limits,
    TimeProvider clock)
{
    /// <param name="answer">The manager's words.</param>
    /// <returns>
    /// The application as it is now; or GroupTextTooLong, GroupNotFound, GroupDismissed, NotGroupMember, NotGroupManager,
    /// GroupTypeForbids, ApplicationNotFound, ApplicationHandled and, when it is accepted, AccountNotFound, BannedFromGroup, GroupFull,
    /// UserGroupLimitReached. Who has become a member meanwhile is accepted without anything happening.
    /// </returns>
    public async ValueTask<Result<GroupApplication>> RunAsync(
        Caller caller, GroupId groupId, UserId applicant, bool isAccepted, string answer, CancellationToken ct)
    {
        if (Encoding.UTF8.GetByteCount(answer) > limits.MaxGroupTextBytes) return Condition.GroupTextTooLong;

        var asked = isAccepted && newcomers.AreAsked(caller.App)
            ? await newcomers.AskAsync(caller, await newcomers.PeekAsync(caller.App, groupId, ct), [applicant], ct)
            : MemberCards.Plain;
        if (!asked.TryGet(out var cards, out var unwanted)) return unwanted;

        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (GroupRights.WhyNot(caller, roster, GroupAction.AnswerApplications) is { } forbidden) return forbidden;

        var application = await store.FindAsync(caller.App, groupId, applicant, ct);
        if (application is null or { Kind: ApplicationKind.InviteeAsked }) return new Refusal(Condition.ApplicationNotFound, applicant.Value);
        if (application.State != ApplicationState.Pending) return new Refusal(Condition.ApplicationHandled, applicant.Value);

        var answered = application with
        {
            State = isAccepted ? ApplicationState.Accepted : ApplicationState.Refused,
            Handler = caller.User.Value,
            Answer = answer,
            HandledAt = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        var failure = isAccepted && roster.Find(applicant) is null
            ? await AdmitAsync(caller, roster, answered, cards, ct)
            : await CloseAsync(caller, roster, answered, ct);
        return failure is null ? answered : failure;
    }

    private async ValueTask<Refusal?> CloseAsync(Caller caller, Roster roster, GroupApplication answered, CancellationToken ct)
    {
        var notes = await applications.AnswerAsync(caller, roster, answered, ct);
        var refusal = await applications.CloseAsync(caller, answered, notes);
        if (refusal is null) applications.TellLive(caller, notes);
        return refusal;
    }

    private async ValueTask<Refusal?> AdmitAsync(
        Caller caller, Roster roster, GroupApplication answered, MemberCards cards, CancellationToken ct)
    {
        if (await admission.WhyNotAsync(caller, roster, [answered.Applicant], ct) is { } impossible) return impossible;

        var newcomer = cards.Dress(new Member
        {
            User = answered.Applicant,
            Role = GroupRole.Member,
            JoinedAt = answered.HandledAt,
            Source = answered.Source,
            Inviter = answered.Inviter,
            Operator = caller.User.Value,
        });
        var step = answered.Inviter.Length == 0
            ? await admission.EnterByHimselfAsync(roster, newcomer, answered.Message, ct)
            : await admission.EnterInvitedAsync(
                roster, [newcomer], new(answered.Inviter), handler: caller.User, answered.Message, NoticeReach.Timeline, ct);
        var entry = cards.Open(step);
        var notes = await applications.AnswerAsync(caller, entry.After, answered, ct);
        var written = await desk.CommitAsync(caller, entry with
        {
            Changes = [new PutApplication(caller.App, answered), .. entry.Changes],
            Inbox = notes,
        });
        if (!written.TryGet(out _, out var refusal)) return refusal;
        applications.TellLive(caller, notes);
        return null;
    }
}
