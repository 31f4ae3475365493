using System.Collections.Concurrent;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Conversations;

/// <summary>
/// Read positions that move by themselves: who speaks has read his own words. Kept in memory and written a few times a
/// second; after a crash an older position only makes some own messages count as unread.
/// </summary>
public sealed class ReadCursors(LogWriter journal, EngineLimits limits, TimeProvider clock) : IAsyncDisposable
{
    private const int MaxPerUnit = 2_000;
    private readonly CancellationTokenSource _stop = new();
    private ConcurrentDictionary<(UserId, ConversationKey), long> _moved = new();
    private ConcurrentDictionary<(UserId, ConversationKey), long> _beingWritten = new();
    private int _isDisposed;
    private Task _loop = Task.CompletedTask;

    public void Start() => _loop = Task.Run(LoopAsync);

    public void Advance(UserId user, ConversationKey conversation, long sequence)
    {
        var target = Volatile.Read(ref _moved);
        while (true)
        {
            target.AddOrUpdate((user, conversation), static (_, seq) => seq, static (_, old, seq) => Math.Max(old, seq), sequence);

            // A flush may have taken the map meanwhile and be past this key: then say it again to the new one.
            var current = Volatile.Read(ref _moved);
            if (ReferenceEquals(current, target)) return;
            target = current;
        }
    }

    /// <summary>The state with the position that it will have on disk soon.</summary>
    public UserConversation Apply(UserConversation state)
    {
        var read = Apply(state.User, state.Conversation, state.ReadSequence);
        return read == state.ReadSequence ? state : state with { ReadSequence = read };
    }

    /// <summary>The same for a position alone.</summary>
    public long Apply(UserId user, ConversationKey conversation, long read)
    {
        var key = (user, conversation);
        if (_beingWritten.TryGetValue(key, out var writing)) read = Math.Max(read, writing);
        if (_moved.TryGetValue(key, out var moved)) read = Math.Max(read, moved);
        return read;
    }

    /// <summary>Writes what moved since the last time.</summary>
    public async Task FlushAsync()
    {
        if (_moved.IsEmpty) return;

        _beingWritten = Interlocked.Exchange(ref _moved, new());
        var commits = _beingWritten
            .Select(move => new AdvanceRead(move.Key.Item2.App, move.Key.Item1, move.Key.Item2, move.Value))
            .Chunk(MaxPerUnit)
            .Select(CommitAsync);
        await Task.WhenAll(commits);
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
    private async Task CommitAsync(AdvanceRead[] changes)
    {
        if (await journal.CommitAsync(new WriteUnit(changes)) is null) return;
        foreach (var change in changes) Advance(change.User, change.Conversation, change.ReadSequence);
    }

    private async Task LoopAsync()
    {
        using var timer = new PeriodicTimer(limits.ReadFlushInterval, clock);
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
