using Dragoman.Engine.Hooks;

namespace Dragoman.Engine.Ports;

/// <param name="Tries">How often it was told in vain.</param>
/// <param name="CreatedAt">Unix milliseconds.</param>
public sealed record OutboxItem(long Id, AppId App, DialectId Sink, HookEvent Event, int Tries, long CreatedAt);

/// <summary>Reads of the outbox.</summary>
public interface IOutboxStore
{
    /// <summary>Events that are due, oldest first.</summary>
    /// <param name="after">Only events with a larger id.</param>
    ValueTask<IReadOnlyList<OutboxItem>> DueAsync(long now, long after, int limit, CancellationToken ct);

    /// <summary>When the next event is due of those that are not due yet, Unix milliseconds; null when there is none.</summary>
    ValueTask<long?> NextDueAsync(long now, CancellationToken ct);
}
