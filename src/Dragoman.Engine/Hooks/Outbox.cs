using System.Collections.Concurrent;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;
using Microsoft.Extensions.Logging;

namespace Dragoman.Engine.Hooks;

/// <summary>
/// Tells apps' own servers what happened: each line (<see cref="OutboxLine"/>) in its order, several lines at a time. What was
/// not heard is tried again, ever more seldom, and holds back its own line alone. An event leaves the outbox when it was
/// told, so that a crash tells it twice rather than not at all.
/// </summary>
public sealed partial class Outbox : IAsyncDisposable
{
    private const int PageSize = 256;

    /// <summary>How much is looked through for lines that are free before what is on its way has to end.</summary>
    private const int MaxPages = 64;

    private readonly IOutboxStore _store;
    private readonly IEntryStore _entries;
    private readonly LogWriter _journal;
    private readonly Dictionary<DialectId, IHookSink> _sinks;
    private readonly OutboxOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<Outbox> _logger;
    private readonly SemaphoreSlim _work = new(0, 1);
    private readonly CancellationTokenSource _stop = new();

    // The loop's own: nobody else reads or writes them.
    private readonly Dictionary<OutboxLine, Task> _runs = [];
    private readonly HeldLines _held = new();
    private readonly List<OutboxRun> _unsettled = [];
    private long _seen;

    private readonly ConcurrentQueue<OutboxRun> _ended = new();
    private Task _loop = Task.CompletedTask;
    private int _isDisposed;

    public Outbox(
        IOutboxStore store,
        IEntryStore entries,
        LogWriter journal,
        IEnumerable<IHookSink> sinks,
        OutboxOptions options,
        TimeProvider clock,
        ILogger<Outbox> logger)
    {
        _store = store;
        _entries = entries;
        _journal = journal;
        _sinks = sinks.ToDictionary(s => s.Dialect);
        _options = options;
        _clock = clock;
        _logger = logger;
        journal.HooksWritten = Wake;
    }

    public void Start() => _loop = Task.Run(LoopAsync);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
        _work.Dispose();
    }

    private void Wake()
    {
        try
        {
            _work.Release();
        }
        catch (SemaphoreFullException)
        {
            // Awake already.
        }
        catch (ObjectDisposedException)
        {
            // Stopping: the event is told after the next start.
        }
    }

    private async Task LoopAsync()
    {
        var isOrdered = false;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                // Which lines were held nobody knows after a start: everything is due again, so that each begins with its oldest.
                if (!isOrdered) await WriteAsync(new RecallHooks(Now()));
                isOrdered = true;
                await SettleAsync();
                await SleepAsync(await StartRunsAsync());
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (Exception e)
            {
                if (e is not StorageAwayException) Log.Failed(_logger, e);
                await Task.Delay(_options.FirstRetry, _clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await EndAsync();
    }

    /// <summary>Starts as many lines as there are workers.</summary>
    /// <returns>The time at which everything was looked at that was due then; null when there is more to do than hands.</returns>
    private async ValueTask<long?> StartRunsAsync()
    {
        var now = Now();
        if (_held.Release(now)) _seen = 0;
        for (var page = 0; page < MaxPages; page++)
        {
            if (_runs.Count >= _options.Workers) return null;

            var due = await _store.DueAsync(now, _seen, PageSize, _stop.Token);
            if (due.Count == 0) return now;

            await StartRunsAsync(due);
            _seen = due[^1].Id;
            if (due.Count < PageSize) return now;
        }

        return null;
    }

    private async ValueTask StartRunsAsync(IReadOnlyList<OutboxItem> due)
    {
        var runs = new Dictionary<OutboxLine, OutboxRun>();
        var putOff = new List<(AppId App, (long Id, long DueAt) Item)>();
        foreach (var item in due)
        {
            var line = OutboxLine.Of(item);
            if (_held.UntilOf(line) is { } until) putOff.Add((item.App, (item.Id, until)));
            else if (runs.TryGetValue(line, out var run)) run.Add(item);
            else if (!_runs.ContainsKey(line) && HasHandsFor(line.App, runs.Keys)) runs.Add(line, new(line, item, _clock));
        }

        foreach (var run in runs.Values) _runs.Add(run.Line, RunAsync(run));
        if (putOff.Count == 0) return;
        await WriteAsync([.. putOff.GroupBy(p => p.App).Select(app => new SettleHooks(app.Key, Done: [], Again: [], [.. app.Select(p => p.Item)]))]);
    }

    /// <summary>One app never keeps all workers busy: its server may be slow.</summary>
    private bool HasHandsFor(AppId app, IReadOnlyCollection<OutboxLine> starting)
    {
        if (_runs.Count + starting.Count >= _options.Workers) return false;
        var ofApp = 0;
        foreach (var line in _runs.Keys) ofApp += line.App == app ? 1 : 0;
        foreach (var line in starting) ofApp += line.App == app ? 1 : 0;
        return ofApp < _options.Workers - (_options.Workers / 4);
    }

    private async Task RunAsync(OutboxRun run)
    {
        await Task.Yield();
        try
        {
            await run.TellAsync(item => TellAsync(item, _stop.Token));
        }
        catch (OperationCanceledException)
        {
            // Stopping: what was heard until now is written down.
        }

        _ended.Enqueue(run);
        Wake();
    }

    /// <summary>Writes down what came of the runs that ended; until then their lines are not free.</summary>
    private async ValueTask SettleAsync()
    {
        while (_ended.TryDequeue(out var run)) _unsettled.Add(run);
        if (_unsettled.Count == 0) return;

        var now = Now();
        var settled = new List<SettleHooks>();
        var held = new List<(OutboxLine, long)>();
        foreach (var run in _unsettled)
        {
            var (done, again) = (new List<long>(run.Heard), new List<(long Id, long DueAt)>());
            if (run.Unheard is { } item && IsTooOld(item, now))
            {
                Log.GivenUp(_logger, item.Id, item.Tries);
                done.Add(item.Id);
            }
            else if (run.Unheard is { } unheard)
            {
                again.Add((unheard.Id, now + DelayAfter(unheard.Tries)));
                held.Add((run.Line, again[0].DueAt));
            }

            if (done.Count + again.Count > 0) settled.Add(new(run.Line.App, done, again, PutOff: []));
        }

        if (settled.Count > 0) await WriteAsync([.. settled]);
        foreach (var (line, until) in held) _held.Hold(line, until);
        foreach (var run in _unsettled) _runs.Remove(run.Line);
        _unsettled.Clear();
        _seen = 0;
    }

    private async ValueTask<bool> TellAsync(OutboxItem item, CancellationToken ct)
    {
        // Of a dialect that is not part of this build any more.
        if (!_sinks.TryGetValue(item.Sink, out var sink)) return true;

        try
        {
            var happened = item.Event;
            if (happened is { Notice: null, Conversation: { } conversation })
            {
                var entry = await _entries.FindAsync(conversation, happened.Channel, happened.Sequence, ct);
                if (entry is null) return true; // Gone for good since: there is nothing to tell of.
                happened = happened with { Message = entry };
            }

            return await sink.TellAsync(item.App, happened, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            if (e is not StorageAwayException) Log.TellFailed(_logger, e, item.Id);
            return false;
        }
    }

    /// <param name="seenAt">When everything that was due had been looked at; null when it was not.</param>
    private async Task SleepAsync(long? seenAt)
    {
        if (seenAt is null && _runs.Count == 0) return;
        var next = seenAt is { } now ? await _store.NextDueAsync(now, _stop.Token) : null;
        if (next is not { } due)
        {
            await _work.WaitAsync(_stop.Token);
            return;
        }

        var wait = TimeSpan.FromMilliseconds(Math.Clamp(due - Now(), 1, (long)_options.LongestRetry.TotalMilliseconds));
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        await Task.WhenAny(_work.WaitAsync(wake.Token), Task.Delay(wait, _clock, wake.Token));
        await wake.CancelAsync();
        _stop.Token.ThrowIfCancellationRequested();
    }

    /// <summary>What was heard before the stop is not told again after the next start.</summary>
    private async Task EndAsync()
    {
        await Task.WhenAll(_runs.Values);
        try
        {
            await SettleAsync();
        }
        catch (StorageException)
        {
            // Then it is told twice.
        }
    }

    /// <exception cref="StorageAwayException">It could not be written now.</exception>
    private async ValueTask WriteAsync(params StoreChange[] changes)
    {
        if (await _journal.CommitAsync(new WriteUnit(changes)) is { } refusal)
            throw new StorageAwayException($"The outbox is not written: {refusal.Condition}.");
    }

    private bool IsTooOld(OutboxItem item, long now) => now - item.CreatedAt > _options.GiveUpAfter.TotalMilliseconds;

    private long DelayAfter(int tries) =>
        (long)Math.Min(_options.FirstRetry.TotalMilliseconds * Math.Pow(2, Math.Min(tries, 30)), _options.LongestRetry.TotalMilliseconds);

    private long Now() => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The outbox could not be read or written; it is tried again")]
        public static partial void Failed(ILogger logger, Exception e);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Event {Id} could not be told; it is tried again")]
        public static partial void TellFailed(ILogger logger, Exception e, long id);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Event {Id} is given up after {Tries} tries")]
        public static partial void GivenUp(ILogger logger, long id, int tries);
    }
}
