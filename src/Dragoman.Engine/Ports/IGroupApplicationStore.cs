using Dragoman.Engine.Groups;

namespace Dragoman.Engine.Ports;

/// <param name="States">Empty is all.</param>
public readonly record struct ApplicationFilter(IReadOnlyCollection<ApplicationState> States, long Skip, int Take);

/// <param name="Total">Of all pages.</param>
public sealed record ApplicationPage(int Total, IReadOnlyList<GroupApplication> Items);

/// <summary>Reads of applications; lists are newest first, and without those that the invitees themselves have to answer.</summary>
public interface IGroupApplicationStore
{
    ValueTask<GroupApplication?> FindAsync(AppId app, GroupId group, UserId applicant, CancellationToken ct);

    /// <param name="groups">At most <see cref="EngineLimits.MaxBatch"/>.</param>
    ValueTask<ApplicationPage> ListOfGroupsAsync(AppId app, IReadOnlyCollection<GroupId> groups, ApplicationFilter filter, CancellationToken ct);

    /// <param name="groups">Empty is all; at most <see cref="EngineLimits.MaxBatch"/>.</param>
    ValueTask<ApplicationPage> ListOfApplicantAsync(
        AppId app, UserId applicant, IReadOnlyCollection<GroupId> groups, ApplicationFilter filter, CancellationToken ct);

    /// <summary>Applications that wait in the groups where the user is a manager or the owner.</summary>
    /// <param name="since">Unix milliseconds; older ones are not counted.</param>
    ValueTask<int> CountPendingAsync(AppId app, UserId manager, long since, CancellationToken ct);
}
