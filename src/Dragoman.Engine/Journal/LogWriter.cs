using Dragoman.Engine.Events;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Microsoft.Extensions.Logging;

namespace Dragoman.Engine.Journal;

/// <summary>
/// The single writer. Takes whatever waits, writes it in one transaction, then tells the world and the callers. While
/// one commit runs the next batch gathers, so there is neither a timer nor an artificial delay.
/// </summary>
/// <remarks>
/// Runs on a thread of its own: an embedded store blocks in its fsync, and that must not cost a thread of the pool that
/// serves connections.
/// </remarks>
public sealed partial class LogWriter : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly ICommitStore _store;
    private readonly IEventBus _bus;
    private readonly HookDesk _hooks;
    private readonly JournalOptions _options;
    private readonly ILogger<LogWriter> _logger;
    private readonly RecentSends _recent;
    private readonly Dictionary<DedupKey, WriteUnit> _inBatch = [];
    private readonly List<(WriteUnit Retry, WriteUnit First)> _retries = [];
    private readonly SemaphoreSlim _work = new(0, 1);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private List<WriteUnit> _waiting = [];
    private bool _isClosed;
    private bool _isStarted;

    public LogWriter(ICommitStore store, IEventBus bus, HookDesk hooks, JournalOptions options, ILogger<LogWriter> logger)
    {
        _store = store;
        _bus = bus;
        _hooks = hooks;
        _options = options;
        _logger = logger;
        _recent = new(options.RememberedSends);
    }

    /// <summary>Called when events have come into the outbox. Short, and must not throw.</summary>
    internal Action? HooksWritten { get; set; }

    /// <summary>Reads what must be remembered and starts to write.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        var memory = await _store.RecallAsync(_options.RememberedSends, ct);
        _recent.Expect(memory.Recent.Count);
        for (var i = memory.Recent.Count - 1; i >= 0; i--) _recent.Remember(memory.Recent[i].Key, memory.Recent[i].Sent);

        _isStarted = true;
        new Thread(Run) { Name = "log writer", IsBackground = true }.Start();
    }

    /// <summary>Queues a unit. Units are written in the order of these calls.</summary>
    /// <returns>
    /// Completes when the unit is on disk (null), or with why it is not: the store's conflict, Overloaded, Unavailable.
    /// </returns>
    public Task<Refusal?> CommitAsync(WriteUnit unit)
    {
        unit.MakeKey();
        unit.AddHooks(_hooks.Note(unit));
        bool wake;
        lock (_gate)
        {
            if (_isClosed) return Refused(Condition.Unavailable);
            if (_waiting.Count >= _options.QueueUnits || _bus.Backlog > _options.UndeliveredNews) return Refused(Condition.Overloaded);

            wake = _waiting.Count == 0;
            _waiting.Add(unit);
        }

        if (wake) Wake();
        return unit.Committed;
    }

    /// <summary>Takes no more units, writes those that wait, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isClosed) return;
            _isClosed = true;
        }

        Wake();
        if (_isStarted) await _stopped.Task;
        _work.Dispose();
    }

    private static Task<Refusal?> Refused(Condition condition) => Task.FromResult<Refusal?>(new(condition));

    private void Wake()
    {
        try
        {
            _work.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already awake: one permit is enough, the writer takes everything that waits.
        }
    }

    private void Run()
    {
        var taken = new List<WriteUnit>();
        var batch = new List<WriteUnit>();
        var next = 0;
        while (true)
        {
            if (next == taken.Count)
            {
                taken.Clear();
                next = 0;
                lock (_gate)
                {
                    (taken, _waiting) = (_waiting, taken);
                    if (taken.Count == 0 && _isClosed) break;
                }

                if (taken.Count == 0)
                {
                    _work.Wait();
                    continue;
                }
            }

            var last = Math.Min(taken.Count, next + _options.BatchUnits);
            for (; next < last; next++) Sort(taken[next], batch);
            Write(batch);
        }

        _stopped.SetResult();
    }

    /// <summary>Keeps retries of what is written, or about to be, out of the batch.</summary>
    private void Sort(WriteUnit unit, List<WriteUnit> batch)
    {
        var key = unit.Key;
        if (!key.IsNone)
        {
            if (_recent.TryFind(key, out var sent))
            {
                unit.RepeatOf = sent with { IsRepeat = true };
                unit.Complete(refusal: null);
                return;
            }

            if (!_inBatch.TryAdd(key, unit))
            {
                _retries.Add((unit, _inBatch[key]));
                return;
            }
        }

        batch.Add(unit);
    }

    private void Write(List<WriteUnit> batch)
    {
        try
        {
            if (batch.Count > 0) _store.CommitAsync(batch, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            foreach (var unit in batch) Announce(unit);
            foreach (var (retry, first) in _retries)
            {
                if (first.Conflict == Condition.None) retry.RepeatOf = SentOf(first.Entries[0]) with { IsRepeat = true };
                retry.Complete(first.Conflict == Condition.None ? null : new Refusal(first.Conflict));
            }
        }
        catch (Exception e)
        {
            Log.BatchFailed(_logger, e, batch.Count);
            foreach (var unit in batch) unit.Complete(new(Condition.Unavailable));
            foreach (var (retry, _) in _retries) retry.Complete(new(Condition.Unavailable));
        }
        finally
        {
            batch.Clear();
            _inBatch.Clear();
            _retries.Clear();
        }
    }

    private void Announce(WriteUnit unit)
    {
        if (unit.Conflict != Condition.None)
        {
            unit.Complete(new(unit.Conflict));
            return;
        }

        unit.WhenWritten?.Invoke();
        if (unit.HasHooks) HooksWritten?.Invoke();
        if (!unit.Key.IsNone) _recent.Remember(unit.Key, SentOf(unit.Entries[0]));
        unit.Complete(refusal: null);
        foreach (var entry in unit.Entries)
        {
            if (entry.Audience is not null) _bus.Publish(new EntryPublished(entry));
        }
    }

    private static SentMessage SentOf(Entry entry) => new(entry.Id, entry.Sequence, entry.SentAt, IsRepeat: false);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Could not write a batch of {Units} units; their callers are told")]
        public static partial void BatchFailed(ILogger logger, Exception e, int units);
    }
}
