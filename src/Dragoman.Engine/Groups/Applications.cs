using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Keeps applications and tells of them: what applying, inviting and answering have in common.</summary>
public sealed class Applications(LogWriter journal, GroupScribe scribe, OnlineNews news)
{
    /// <summary>Stores them to wait for a manager's answer, and tells who may answer, the applicant and the caller.</summary>
    /// <returns>Null; or why they could not be stored.</returns>
    internal async ValueTask<Refusal?> FileAsync(Caller caller, Roster roster, IReadOnlyList<GroupApplication> filed, CancellationToken ct)
    {
        var person = await scribe.PersonAsync(roster, caller.User, ct);
        var notes = new List<InboxNote>();
        foreach (var application in filed)
        {
            var notice = new GroupApplied(application, await scribe.PersonAsync(roster, application.Applicant, ct))
            {
                At = application.RequestedAt,
                Group = roster.Facts,
                Operator = person,
            };
            notes.AddRange(GroupScribe.ForManagers(roster, [application.Applicant, caller.User], notice));
        }

        var refusal = await WriteAsync(caller, filed, notes);
        if (refusal is null) TellLive(caller, notes);
        return refusal;
    }

    /// <summary>Stores invitations to wait for the invitees' own answers, and tells each.</summary>
    /// <inheritdoc cref="FileAsync" path="/returns"/>
    internal async ValueTask<Refusal?> OfferAsync(Caller caller, Roster roster, IReadOnlyList<GroupApplication> offered, CancellationToken ct) =>
        await WriteAsync(caller, offered, await OffersAsync(caller, roster, offered, ct));

    internal async ValueTask<IReadOnlyList<InboxNote>> OffersAsync(
        Caller caller, Roster roster, IReadOnlyList<GroupApplication> offered, CancellationToken ct)
    {
        var person = await scribe.PersonAsync(roster, caller.User, ct);
        return
        [
            .. offered.Select(application => new InboxNote(
                application.Applicant, new InvitationOffered(application) { At = application.RequestedAt, Group = roster.Facts, Operator = person })),
        ];
    }

    /// <summary>For who may answer, and for the applicant: how an application ended.</summary>
    internal async ValueTask<IReadOnlyList<InboxNote>> AnswerAsync(Caller caller, Roster roster, GroupApplication answered, CancellationToken ct)
    {
        var notice = new ApplicationAnswered(answered, await scribe.PersonAsync(roster, answered.Applicant, ct))
        {
            At = answered.HandledAt,
            Group = roster.Facts,
            Operator = await scribe.PersonAsync(roster, caller.User, ct),
        };
        return GroupScribe.ForManagers(roster, [answered.Applicant], notice);
    }

    /// <summary>An answer that makes nobody a member.</summary>
    /// <returns>Null; or why it could not be stored.</returns>
    internal ValueTask<Refusal?> CloseAsync(Caller caller, GroupApplication answered, IReadOnlyList<InboxNote> notes) =>
        WriteAsync(caller, [answered], notes);

    /// <summary>The same for who has no inbox that is read: live, between the two whom it concerns.</summary>
    internal void TellLive(Caller caller, IReadOnlyList<InboxNote> notes)
    {
        foreach (var (receiver, notice) in notes)
            news.Tell(caller, ConversationKey.Direct(caller.App, caller.User, receiver), caller.User, new Audience.Users([receiver]), notice);
    }

    private async ValueTask<Refusal?> WriteAsync(Caller caller, IReadOnlyList<GroupApplication> applications, IReadOnlyList<InboxNote> notes) =>
        await journal.CommitAsync(new WriteUnit(
            [.. applications.Select(application => new PutApplication(caller.App, application))],
            [.. notes.Select(note => NoticeEntry.ForInbox(caller, note.Receiver, note.Notice))]));
}
