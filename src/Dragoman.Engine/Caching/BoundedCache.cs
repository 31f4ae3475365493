using System.Collections.Concurrent;

namespace Dragoman.Engine.Caching;

/// <summary>A bounded map of what the store holds, filled on a miss and changed by whoever changes the store.</summary>
/// <remarks>
/// Two generations: when the young one is full it becomes the old one and the old one is dropped; a hit in the old one
/// moves the value up. A load that overlaps a change of the same key is used once and not kept, so that an old row
/// never overwrites a newer one.
/// </remarks>
/// <param name="mayKeep">Which loaded values are kept; null is all, "there is none" included.</param>
public sealed class BoundedCache<TKey, TValue>(int capacity, Func<TValue, bool>? mayKeep = null)
    where TKey : notnull
{
    private const int StripeCount = 256;
    private readonly int[] _changes = new int[StripeCount];
    private readonly Lock _turn = new();
    private volatile ConcurrentDictionary<TKey, TValue> _young = new();
    private volatile ConcurrentDictionary<TKey, TValue> _old = new();
    private int _youngCount;

    public bool TryGet(TKey key, out TValue value)
    {
        if (_young.TryGetValue(key, out value!)) return true;

        var seen = Volatile.Read(ref StripeOf(key));
        if (!_old.TryRemove(key, out value!)) return false;

        KeepUnlessChanged(key, value, seen);
        return true;
    }

    /// <summary>What the cache holds, or what <paramref name="load"/> brings.</summary>
    public ValueTask<TValue> GetAsync<TState>(
        TKey key, TState state, Func<TState, TKey, CancellationToken, ValueTask<TValue>> load, CancellationToken ct) =>
        TryGet(key, out var value) ? new(value) : LoadAsync(key, state, load, ct);

    /// <summary>Replaces a value after the store has been changed.</summary>
    public void Put(TKey key, TValue value)
    {
        Interlocked.Increment(ref StripeOf(key));
        Keep(key, value);
    }

    public void Remove(TKey key)
    {
        Interlocked.Increment(ref StripeOf(key));
        _young.TryRemove(key, out _);
        _old.TryRemove(key, out _);
    }

    private async ValueTask<TValue> LoadAsync<TState>(
        TKey key, TState state, Func<TState, TKey, CancellationToken, ValueTask<TValue>> load, CancellationToken ct)
    {
        var seen = Volatile.Read(ref StripeOf(key));
        var value = await load(state, key, ct);
        if (mayKeep?.Invoke(value) == false) return value;
        KeepUnlessChanged(key, value, seen);
        return value;
    }

    /// <summary>Keeps a value that was read a moment ago, unless somebody has changed the key since.</summary>
    private void KeepUnlessChanged(TKey key, TValue value, int seen)
    {
        if (Volatile.Read(ref StripeOf(key)) != seen || !_young.TryAdd(key, value)) return;

        CountOne();
        if (Volatile.Read(ref StripeOf(key)) != seen) Remove(key);
    }

    private void Keep(TKey key, TValue value)
    {
        _young[key] = value;
        CountOne();
    }

    private void CountOne()
    {
        if (Interlocked.Increment(ref _youngCount) < capacity) return;

        lock (_turn)
        {
            if (_youngCount < capacity) return;
            _old = _young;
            _young = new();
            _youngCount = 0;
        }
    }

    private ref int StripeOf(TKey key) => ref _changes[(uint)key.GetHashCode() % StripeCount];
}
