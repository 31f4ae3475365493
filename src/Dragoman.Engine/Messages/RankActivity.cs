using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Messages;

/// <summary>Who said most, and where most was said.</summary>
public sealed class RankActivity(IEntrySearchStore store)
{
    /// <summary>Periods are cut to this length, so that a question cannot read years.</summary>
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(366);

    /// <param name="from">Unix milliseconds, inclusive.</param>
    /// <param name="to">Unix milliseconds, exclusive.</param>
    /// <param name="withGroups">Counts what was said in groups, too.</param>
    /// <returns>Senders by how much they said; or NotPermitted.</returns>
    public async ValueTask<Result<ActivityRanking>> OfUsersAsync(
        Caller caller, long from, long to, bool withGroups, bool ascending, long skip, int take, CancellationToken ct) =>
        caller.IsAdministrator
            ? await store.RankSendersAsync(caller.App, from, Cut(from, to), withGroups, ascending, skip, take, ct)
            : Condition.NotPermitted;

    /// <returns>Groups by how much was said in them; or NotPermitted.</returns>
    public async ValueTask<Result<ActivityRanking>> OfGroupsAsync(
        Caller caller, long from, long to, bool ascending, long skip, int take, CancellationToken ct) =>
        caller.IsAdministrator
            ? await store.RankGroupsAsync(caller.App, from, Cut(from, to), ascending, skip, take, ct)
            : Condition.NotPermitted;

    private static long Cut(long from, long to) => Math.Min(to, from + (long)LongestPeriod.TotalMilliseconds);
}
