using System.Collections.Concurrent;

namespace Dragoman.Engine.Rates;

/// <summary>Counts what happens against its rate: a token bucket per key, kept as the one moment when it will be full again.</summary>
/// <remarks>The "generic cell rate algorithm": no timer, no lock, one number a key. On each node by itself.</remarks>
public sealed class RateDesk(TimeProvider clock)
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<RateKey, long> _fullAt = new();
    private long _nextSweep;

    /// <summary>Keys that are not full at the moment, and some that have become so since the last sweep.</summary>
    public int Count => _fullAt.Count;

    /// <returns>Null when it may happen now, which is counted; else the rate's condition, and when it may.</returns>
    public Refusal? Take(in RateKey key, Rate rate)
    {
        if (rate.IsUnlimited) return null;

        var now = clock.GetUtcNow().UtcTicks;
        Sweep(now);
        var (cost, depth) = (rate.Cost, rate.Cost * rate.Burst);
        while (true)
        {
            var isKnown = _fullAt.TryGetValue(key, out var fullAt);
            var after = Math.Max(fullAt, now) + cost;
            if (after - now > depth) return new(ConditionOf(key.Name), key.Subject, new DateTimeOffset(after - depth, TimeSpan.Zero));
            if (isKnown ? _fullAt.TryUpdate(key, after, fullAt) : _fullAt.TryAdd(key, after)) return null;
        }
    }

    /// <summary>Undoes a <see cref="Take"/>: what was counted turned out not to be what the rate is about.</summary>
    public void GiveBack(in RateKey key, Rate rate)
    {
        if (rate.IsUnlimited) return;
        while (_fullAt.TryGetValue(key, out var fullAt) && !_fullAt.TryUpdate(key, fullAt - rate.Cost, fullAt))
        {
            // Somebody counted meanwhile.
        }
    }

    /// <summary>A full bucket is as good as none.</summary>
    private void Sweep(long now)
    {
        var due = Volatile.Read(ref _nextSweep);
        if (now < due || Interlocked.CompareExchange(ref _nextSweep, now + SweepEvery.Ticks, due) != due) return;

        foreach (var bucket in _fullAt)
        {
            if (bucket.Value <= now) _fullAt.TryRemove(bucket); // only with this value: one that was used meanwhile stays
        }
    }

    private static Condition ConditionOf(RateName name) => name switch
    {
        RateName.App => Condition.AppRateExceeded,
        RateName.Send => Condition.SendRateExceeded,
        RateName.Conversation => Condition.ConversationRateExceeded,
        RateName.Operation => Condition.OperationRateExceeded,
        RateName.Session => Condition.SessionRateExceeded,
        RateName.Registration => Condition.RegistrationRateExceeded,
        RateName.Login => Condition.LoginRateExceeded,
        RateName.FailedLogin => Condition.TooManyFailures,
        _ => Condition.CallerRateExceeded,
    };
}
