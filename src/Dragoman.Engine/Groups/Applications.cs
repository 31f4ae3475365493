using Dragoman.Engine.Accounts;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Keeps applications and tells of them: what applying, inviting and answering have in common.</summary>
public sealed class Applications(LogWriter journal, GroupScribe scribe)
{
    /// <summary>Stores them to wait for an answer, and tells who may answer, the applicant and the caller.</summary>
    /// <returns>Null; or why they could not be stored.</returns>
    internal async ValueTask<Refusal?> FileAsync(Caller caller, Roster roster, IReadOnlyList<GroupApplication> filed, CancellationToken ct)
    {
        var refusal = await journal.CommitAsync(new WriteUnit([.. filed.Select(a => new PutApplication(caller.App, a))]));
        if (refusal is not null) return refusal;

        var person = await scribe.PersonAsync(roster, caller.User, ct);
        foreach (var application in filed)
        {
            var notice = new GroupApplied(application, await scribe.PersonAsync(roster, application.Applicant, ct))
            {
                At = application.RequestedAt,
                Group = roster.Facts,
                Operator = person,
            };
            scribe.TellManagers(caller, roster, [application.Applicant, caller.User], notice);
        }

        return null;
    }

    /// <summary>Tells who may answer, and the applicant, how an application ended.</summary>
    internal async ValueTask TellAnswerAsync(Caller caller, Roster roster, GroupApplication answered, CancellationToken ct)
    {
        var notice = new ApplicationAnswered(answered, await scribe.PersonAsync(roster, answered.Applicant, ct))
        {
            At = answered.HandledAt,
            Group = roster.Facts,
            Operator = await scribe.PersonAsync(roster, caller.User, ct),
        };
        scribe.TellManagers(caller, roster, [answered.Applicant], notice);
    }
}
