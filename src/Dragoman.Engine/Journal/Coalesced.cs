using System.Collections.Concurrent;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Journal;

/// <summary>
/// Values that only move forward, and so often that each move is not worth a write: kept in memory, written a few times a second. After a
/// crash an older value must do no harm.
/// </summary>
/// <param name="later">Joins two moves of one key.</param>
/// <param name="change">What a move is in the store.</param>
internal sealed class Coalesced<TKey, TValue>(
    LogWriter journal, Func<TValue, TValue, TValue> later, Func<TKey, TValue, StoreChange> change, TimeSpan interval, TimeProvider clock) : IAsyncDisposable
    where TKey : notnull
{
    private const int MaxPerUnit = 2_000;

    private readonly CancellationTokenSource _stop = new();
    private ConcurrentDictionary<TKey, TValue> _moved = new();
    private ConcurrentDictionary<TKey, TValue> _beingWritten = new();
    private int _isDisposed;
    private Task _loop = Task.CompletedTask;

    public void Start() => _loop = Task.Run(LoopAsync);

    public void Move(TKey key, TValue value)
    {
        var target = Volatile.Read(ref _moved);
        while (true)
        {
            target.AddOrUpdate(key, static (_, move) => move.value, static (_, old, move) => move.later(old, move.value), (value, later));

            // A flush may have taken the map meanwhile and be past this key: then say it again to the new one.
            var current = Volatile.Read(ref _moved);
            if (ReferenceEquals(current, target)) return;
            target = current;
        }
    }

    /// <summary>The value that the store will have soon.</summary>
    /// <param name="stored">What it has by now.</param>
    public TValue Apply(TKey key, TValue stored)
    {
        if (_beingWritten.TryGetValue(key, out var writing)) stored = later(stored, writing);
        if (_moved.TryGetValue(key, out var moved)) stored = later(stored, moved);
        return stored;
    }

    /// <summary>Writes what moved since the last time.</summary>
    public async Task FlushAsync()
    {
        if (_moved.IsEmpty) return;

        _beingWritten = Interlocked.Exchange(ref _moved, new());
        await Task.WhenAll(_beingWritten.ToArray().Chunk(MaxPerUnit).Select(CommitAsync));
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        await _stop.CancelAsync();
        await _loop;
        await FlushAsync();
        _stop.Dispose();
    }

    /// <summary>What cannot be written now is written with what moves next.</summary>
    private async Task CommitAsync(KeyValuePair<TKey, TValue>[] moves)
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
}
