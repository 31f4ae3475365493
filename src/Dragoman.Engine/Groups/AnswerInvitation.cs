using System.Text;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Who was invited and asked says yes or no; who invited him is told.</summary>
public sealed class AnswerInvitation(
    GroupDesk desk,
    Admission admission,
    Applications applications,
    Newcomers newcomers,
    GroupScribe scribe,
    IGroupApplicationStore store,
    EngineLimits limits,
    TimeProvider clock)
{
    /// <param name="answer">The invitee's words.</param>
    /// <returns>
    /// The invitation as it is now; or NotPermitted, GroupTextTooLong, GroupNotFound, GroupDismissed, GroupDisabled, GroupTypeUnsupported,
    /// ApplicationNotFound, ApplicationHandled and, when it is accepted, AccountNotFound, BannedFromGroup, GroupFull, UserGroupLimitReached.
    /// Who has become a member meanwhile accepts without anything happening.
    /// </returns>
    public async ValueTask<Result<GroupApplication>> RunAsync(
        Caller caller, GroupId groupId, UserId invitee, bool isAccepted, string answer, CancellationToken ct)
    {
        if (!caller.MayActFor(invitee)) return new Refusal(Condition.NotPermitted, invitee.Value);
        if (Encoding.UTF8.GetByteCount(answer) > limits.MaxGroupTextBytes) return Condition.GroupTextTooLong;

        var asked = isAccepted && newcomers.AreAsked(caller.App)
            ? await newcomers.AskAsync(caller, await newcomers.PeekAsync(caller.App, groupId, ct), [invitee], ct)
            : MemberCards.Plain;
        if (!asked.TryGet(out var cards, out var unwanted)) return unwanted;

        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindUnderstoodAsync(caller, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;

        var invitation = await store.FindAsync(caller.App, groupId, invitee, ct);
        if (invitation is not { Kind: ApplicationKind.InviteeAsked }) return new Refusal(Condition.ApplicationNotFound, invitee.Value);
        if (invitation.State != ApplicationState.Pending) return new Refusal(Condition.ApplicationHandled, invitee.Value);

        var answered = invitation with
        {
            State = isAccepted ? ApplicationState.Accepted : ApplicationState.Refused,
            Handler = caller.User.Value,
            Answer = answer,
            HandledAt = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        var failure = isAccepted && roster.Find(invitee) is null
            ? await AdmitAsync(caller, roster, answered, cards, ct)
            : await applications.CloseAsync(caller, answered, [await NoteAsync(roster, answered, ct)]);
        return failure is null ? answered : failure;
    }

    private async ValueTask<Refusal?> AdmitAsync(Caller caller, Roster roster, GroupApplication answered, MemberCards cards, CancellationToken ct)
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
        var entry = cards.Open(await admission.EnterByHimselfAsync(roster, newcomer, message: "", ct));
        var written = await desk.CommitAsync(caller, entry with
        {
            Changes = [new PutApplication(caller.App, answered), .. entry.Changes],
            Inbox = [await NoteAsync(entry.After, answered, ct)],
        });
        return written.TryGet(out _, out var refusal) ? null : refusal;
    }

    private async ValueTask<InboxNote> NoteAsync(Roster roster, GroupApplication answered, CancellationToken ct) => new(
        new UserId(answered.Inviter),
        new InvitationAnswered(answered)
        {
            At = answered.HandledAt,
            Group = roster.Facts,
            Operator = await scribe.PersonAsync(roster, answered.Applicant, ct),
        });
}
