using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Dragoman.Engine.Caching;

/// <summary>
/// A bounded table of objects that change in place. Whoever puts an object in before he reads the store for it misses no
/// change that somebody makes to what the table holds.
/// </summary>
/// <remarks>
/// Two generations: when the young one weighs enough it becomes the old one and the old one is dropped, whatever was used
/// lately. An object never moves, so that nobody who looks for it can pass it on its way; what is used for long is read
/// again from time to time.
/// </remarks>
/// <param name="capacity">The weight of both generations together.</param>
internal sealed class TurningTable<TKey, TValue>(long capacity)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _turn = new();
    private volatile Generation _young = new(Older: null);
    private long _weight;

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        while (true)
        {
            var young = _young;
            if (young.Objects.TryGetValue(key, out value)) return true;
            if (young.Older is { } old && old.TryGetValue(key, out value)) return true;
            if (ReferenceEquals(young, _young)) return false;
        }
    }

    /// <summary>The object that the table holds, or a new one, which it holds from now on and which weighs 1.</summary>
    public TValue GetOrAdd(TKey key, Func<TValue> make)
    {
        if (TryGet(key, out var value)) return value;

        var fresh = make();
        value = _young.Objects.GetOrAdd(key, fresh);
        if (ReferenceEquals(value, fresh)) Weigh(1);
        return value;
    }

    /// <summary>Adds to the weight of what the table holds.</summary>
    public void Weigh(int weight)
    {
        if (Interlocked.Add(ref _weight, weight) < capacity / 2) return;

        lock (_turn)
        {
            if (Volatile.Read(ref _weight) < capacity / 2) return;
            _young = new(_young.Objects);
            Volatile.Write(ref _weight, 0);
        }
    }

    public void Remove(TKey key)
    {
        while (true)
        {
            var young = _young;
            young.Objects.TryRemove(key, out _);
            young.Older?.TryRemove(key, out _);
            if (ReferenceEquals(young, _young)) return;
        }
    }

    private sealed record Generation(ConcurrentDictionary<TKey, TValue>? Older)
    {
        public ConcurrentDictionary<TKey, TValue> Objects { get; } = new();
    }
}
