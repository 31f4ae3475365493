using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Reads applications, for who may answer them and for who made them.</summary>
public sealed class ListApplications(IGroupStore groups, IGroupApplicationStore store, RosterDirectory rosters)
{
    /// <summary>Those of groups that the user manages.</summary>
    /// <param name="named">Only of these groups; empty is all that he manages.</param>
    /// <returns>The page; or NotPermitted, NotGroupManager (a named group that he does not manage).</returns>
    public async ValueTask<Result<ApplicationPage>> OfManagerAsync(
        Caller caller, UserId manager, IReadOnlyCollection<GroupId> named, ApplicationFilter filter, CancellationToken ct)
    {
        if (!caller.MayActFor(manager)) return Condition.NotPermitted;
        if (named.Count == 0) named = [.. await groups.ListOfAsync(caller.App, manager, GroupRole.Manager, ct)];
        else if (await WhyNotAsync(caller, named, ct) is { } refusal) return refusal;

        return named.Count == 0 ? new ApplicationPage(0, []) : await store.ListOfGroupsAsync(caller.App, named, filter, ct);
    }

    /// <summary>Those that somebody made, or that were made for him.</summary>
    /// <returns>The page; or NotPermitted.</returns>
    public async ValueTask<Result<ApplicationPage>> OfApplicantAsync(
        Caller caller, UserId applicant, IReadOnlyCollection<GroupId> named, ApplicationFilter filter, CancellationToken ct) =>
        caller.MayActFor(applicant) ? await store.ListOfApplicantAsync(caller.App, applicant, named, filter, ct) : Condition.NotPermitted;

    /// <summary>Those of named people for one group: for its managers, and for somebody who asks for his own alone.</summary>
    /// <returns>The applications that there are; or GroupNotFound, NotGroupMember, NotGroupManager.</returns>
    public async ValueTask<Result<GroupApplication[]>> OfUsersAsync(
        Caller caller, GroupId group, IReadOnlyCollection<UserId> applicants, CancellationToken ct)
    {
        var isOwn = applicants.All(user => user == caller.User);
        if (!isOwn && await WhyNotAsync(caller, [group], ct) is { } refusal) return refusal;

        var found = new List<GroupApplication>();
        foreach (var applicant in applicants)
        {
            if (await store.FindAsync(caller.App, group, applicant, ct) is { Kind: not ApplicationKind.InviteeAsked } application) found.Add(application);
        }

        return found.ToArray();
    }

    /// <summary>How many wait in the groups that the user manages.</summary>
    /// <param name="since">Unix milliseconds; older ones are not counted.</param>
    /// <returns>The number; or NotPermitted.</returns>
    public async ValueTask<Result<int>> CountAsync(Caller caller, UserId manager, long since, CancellationToken ct) =>
        caller.MayActFor(manager) ? await store.CountPendingAsync(caller.App, manager, since, ct) : Condition.NotPermitted;

    private async ValueTask<Refusal?> WhyNotAsync(Caller caller, IReadOnlyCollection<GroupId> named, CancellationToken ct)
    {
        if (caller.IsAdministrator) return null;
        foreach (var group in named)
        {
            var roster = await rosters.FindAsync(caller.App, group, ct);
            if (roster is null) return new(Condition.GroupNotFound, group.Value);
            if (GroupRights.WhyNot(caller, roster, GroupAction.AnswerApplications) is { } refusal) return refusal;
        }

        return null;
    }
}
