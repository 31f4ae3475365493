using System.Collections.Concurrent;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Journal;

/// <summary>
/// Values that only move forward, and so often that each move is not worth a write: kept in memory, written a few times a second. After a
/// crash an older value must do no harm.
/// </summary>
/// <remarks>Who moves one key again and again keeps its <see cref="Move(TKey,TValue,ref Slot?)">slot</see>: then the key is looked up once between two writes.</remarks>
/// <param name="later">Joins two moves of one key.</param>
/// <param name="change">What a move is in the store.</param>
internal sealed class Coalesced<TKey, TValue>(
    LogWriter journal, Func<TValue, TValue, TValue> later, Func<TKey, TValue, StoreChange> change, TimeSpan interval, TimeProvider clock) : IAsyncDisposable
    where TKey : notnull
{
    private const int MaxPerUnit = 2_000;

    private readonly CancellationTokenSource _stop = new();
    private ConcurrentDictionary<TKey, Slot> _moved = new();
    private ConcurrentDictionary<TKey, Slot> _beingWritten = new();
    private int _isDisposed;
    private Task _loop = Task.CompletedTask;

    public void Start() => _loop = Task.Run(LoopAsync);

    public void Move(TKey key, TValue value)
    {
        Slot? slot = null;
        Move(key, value, ref slot);
    }

    /// <param name="slot">Where the last move of this key was put, if anybody remembers; then where this one was.</param>
    public void Move(TKey key, TValue value, ref Slot? slot)
    {
        // A flush may take the map at any moment: what it has taken moves no more.
        while (slot?.TryMove(value, later) != true) slot = Volatile.Read(ref _moved).GetOrAdd(key, static _ => new());
    }

    /// <summary>The value that the store will have soon.</summary>
    /// <param name="stored">What it has by now.</param>
    public TValue Apply(TKey key, TValue stored)
    {
        // In this order: what a flush takes is in the other map before it leaves this one.
        if (Volatile.Read(ref _moved).TryGetValue(key, out var moved)) stored = moved.Apply(stored, later);
        if (Volatile.Read(ref _beingWritten).TryGetValue(key, out var writing)) stored = writing.Apply(stored, later);
        return stored;
    }

    /// <summary>Writes what moved since the last time.</summary>
    public async Task FlushAsync()
    {
        if (_moved.IsEmpty) return;

        Volatile.Write(ref _beingWritten, _moved);
        Volatile.Write(ref _moved, new());
        await Task.WhenAll(Taken().Chunk(MaxPerUnit).Select(CommitAsync));
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        await _stop.CancelAsync();
        await _loop;
        await FlushAsync();
        _stop.Dispose();
    }

    private IEnumerable<(TKey Key, TValue Value)> Taken()
    {
        foreach (var (key, slot) in _beingWritten)
        {
            if (slot.TryTake(out var value)) yield return (key, value);
        }
    }

    /// <summary>What cannot be written now is written with what moves next.</summary>
    private async Task CommitAsync((TKey Key, TValue Value)[] moves)
    {
        if (await journal.CommitAsync(new WriteUnit([.. moves.Select(move => change(move.Key, move.Value))])) is null) return;
        foreach (var (key, value) in moves) Move(key, value);
    }

    private async Task LoopAsync()
    {
        using var timer = new PeriodicTimer(interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token)) await FlushAsync();
        }
        catch (OperationCanceledException)
        {
            // Stopping: the last flush is the disposer's.
        }
    }

    /// <summary>Where a key has moved to since the last write.</summary>
    internal sealed class Slot
    {
        private readonly Lock _turn = new();
        private TValue _value = default!;
        private bool _hasValue;
        private bool _isTaken;

        /// <returns>False when it is being written already.</returns>
        public bool TryMove(TValue value, Func<TValue, TValue, TValue> later)
        {
            lock (_turn)
            {
                if (_isTaken) return false;
                _value = _hasValue ? later(_value, value) : value;
                _hasValue = true;
                return true;
            }
        }

        /// <returns>False when nobody has moved it: it was made this moment, and will not be moved.</returns>
        public bool TryTake(out TValue value)
        {
            lock (_turn)
            {
                _isTaken = true;
                value = _value;
                return _hasValue;
            }
        }

        public TValue Apply(TValue stored, Func<TValue, TValue, TValue> later)
        {
            lock (_turn) return _hasValue ? later(stored, _value) : stored;
        }
    }
}
