using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;
using Microsoft.Extensions.Logging;

namespace Dragoman.Engine.Hooks;

/// <summary>
/// Tells apps' own servers what happened: reads the events that are due, tells several at a time, and tries again, ever
/// more seldom, what was not heard. An event leaves the outbox when it was told, so that a crash tells it twice rather
/// than not at all.
/// </summary>
public sealed partial class Outbox : IAsyncDisposable
{
    private const int PageSize = 256;

    private readonly IOutboxStore _store;
    private readonly IEntryStore _entries;
    private readonly LogWriter _journal;
    private readonly Dictionary<DialectId, IHookSink> _sinks;
    private readonly OutboxOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<Outbox> _logger;
    private readonly SemaphoreSlim _work = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
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
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await DrainAsync();
                await SleepAsync();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e)
            {
                if (e is not StorageAwayException) Log.Failed(_logger, e);
                await Task.Delay(_options.FirstRetry, _clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Tells everything that is due now.</summary>
    private async Task DrainAsync()
    {
        var after = 0L;
        while (true)
        {
            var due = await _store.DueAsync(Now(), after, PageSize, _stop.Token);
            if (due.Count == 0) return;

            after = due[^1].Id;
            await TellAllAsync(due);
            if (due.Count < PageSize) return;
        }
    }

    private async Task TellAllAsync(IReadOnlyList<OutboxItem> due)
    {
        var heard = new bool[due.Count];
        await Parallel.ForAsync(
            0,
            due.Count,
            new ParallelOptions { MaxDegreeOfParallelism = _options.Workers, CancellationToken = _stop.Token },
            async (i, ct) => heard[i] = await TellAsync(due[i], ct));

        foreach (var app in due.Select((item, i) => (Item: item, Heard: heard[i])).GroupBy(d => d.Item.App))
        {
            long[] done = [.. app.Where(d => d.Heard || IsTooOld(d.Item)).Select(d => d.Item.Id)];
            (long, long)[] again = [.. app.Where(d => !d.Heard && !IsTooOld(d.Item)).Select(d => (d.Item.Id, Now() + DelayAfter(d.Item.Tries)))];
            foreach (var item in app.Where(d => !d.Heard && IsTooOld(d.Item))) Log.GivenUp(_logger, item.Item.Id, item.Item.Tries);
            await _journal.CommitAsync(new WriteUnit([new SettleHooks(app.Key, done, again)]));
        }
    }

    private async ValueTask<bool> TellAsync(OutboxItem item, CancellationToken ct)
    {
        // Of a dialect that is not part of this build any more.
        if (!_sinks.TryGetValue(item.Sink, out var sink)) return true;

        var happened = item.Event;
        if (happened is { Notice: null, Conversation: { } conversation })
        {
            var entry = await _entries.FindAsync(conversation, happened.Channel, happened.Sequence, ct);
            if (entry is null) return true; // Gone for good since: there is nothing to tell of.
            happened = happened with { Message = entry };
        }

        try
        {
            return await sink.TellAsync(item.App, happened, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            Log.TellFailed(_logger, e, item.Id);
            return false;
        }
    }

    private async Task SleepAsync()
    {
        var next = await _store.NextDueAsync(_stop.Token);
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

    private bool IsTooOld(OutboxItem item) => Now() - item.CreatedAt > _options.GiveUpAfter.TotalMilliseconds;

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
