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

    /// <summary>Runs that are read ahead for each worker: they go on while what came of others is written down.</summary>
    private const int RunsAhead = 16;

    private readonly IOutboxStore _store;
    private readonly IEntryStore _entries;
    private readonly LogWriter _journal;
    private readonly Dictionary<DialectId, IHookSink> _sinks;
    private readonly OutboxOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<Outbox> _logger;
    private readonly OutboxHands _hands;
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
        _hands = new(options.Workers);
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
