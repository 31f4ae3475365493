using Dragoman.Engine.Groups;

namespace Dragoman.Engine.Ports;

public interface IGroupStore
{
    /// <summary>The group and all its members; null when it never existed.</summary>
    ValueTask<Roster?> FindRosterAsync(AppId app, GroupId group, CancellationToken ct);

    /// <param name="from">Unix milliseconds, inclusive.</param>
    /// <param name="to">Unix milliseconds, exclusive.</param>
    ValueTask<CountByDay> CountCreatedAsync(AppId app, long from, long to, CancellationToken ct);

    /// <summary>The groups of which the user is a member now.</summary>
    ValueTask<IReadOnlyList<GroupId>> ListOfAsync(AppId app, UserId user, CancellationToken ct);
}
