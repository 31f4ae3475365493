using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Microsoft.Extensions.Logging;

namespace Dragoman.Engine.Journal;

/// <summary>
/// One writer. Takes whatever waits, writes it in one transaction, then tells the world and the callers. While one commit
/// runs the next batch gathers, so there is neither a timer nor an artificial delay.
/// </summary>
/// <remarks>
/// Runs on a thread of its own: a store blocks until its fsync is done, and that must not cost a thread of the pool that
/// serves connections.
/// </remarks>
internal sealed partial class WriterLane(
    int number, LogWriter owner, ICommitStore store, WrittenConversations written, IEventBus bus, JournalOptions options, SendBook sends,
    ILogger<LogWriter> logger) : IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _work = new(0, 1);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<WriteUnit> _batch = [];
    private List<WriteUnit> _waiting = [];
    private List<WriteUnit> _taken = [];
    private int _next;
    private bool _isClosed;

    public int Number { get; } = number;

    public Task Stopped => _stopped.Task;

    public void Start() => new Thread(Run) { Name = $"log writer {Number}", IsBackground = true }.Start();

    /// <summary>Called under the owner's lock.</summary>
    /// <returns>Whether the lane has to be woken.</returns>
    public bool Add(WriteUnit unit)
    {
        _waiting.Add(unit);
        return _waiting.Count == 1;
    }

    /// <summary>Called under the owner's lock.</summary>
    public List<WriteUnit> Exchange(List<WriteUnit> empty)
    {
        var full = _waiting;
        _waiting = empty;
        return full;
    }

    public void Wake()
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

    public void Dispose() => _work.Dispose();

    private void Run()
    {
        while (true)
        {
            if (_next == _taken.Count && !Take())
            {
                if (_isClosed) break;
                _work.Wait();
                continue;
            }

            var crossing = Gather();
            if (_batch.Count > 0) Write();
            if (crossing is not null) Meet(crossing);
        }

        _stopped.SetResult();
    }

    private bool Take()
    {
        _taken.Clear();
        _next = 0;
        _taken = owner.Take(this, _taken, out _isClosed);
        return _taken.Count > 0;
    }

    /// <summary>Fills the batch.</summary>
    /// <returns>The unit at which it had to end, because other writers must be met first.</returns>
    private WriteUnit? Gather()
    {
        var last = Math.Min(_taken.Count, _next + options.BatchUnits);
        while (_next < last)
        {
            var unit = _taken[_next++];
            if (unit.Crossing is not null) return unit;
            if (sends.Admit(unit)) _batch.Add(unit);
        }

        return null;
    }

    private void Meet(WriteUnit unit)
    {
        var crossing = unit.Crossing!;
        if (crossing.Arrive())
        {
            _batch.Add(unit);
            Write();
            crossing.Leave();
            return;
        }

        while (!crossing.Wait(RetryInterval))
        {
            if (crossing.IsStuck) RefuseWaiting();
        }
    }

    private void Write()
    {
        try
        {
            store.CommitAsync(Number, _batch, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            foreach (var unit in _batch) Announce(unit);
        }
        catch (CommitUnknownException e)
        {
            Log.OutcomeUnknown(logger, _batch.Count, e.Message);
            Resolve();
        }
        catch (Exception e)
        {
            if (e is not StorageAwayException) Log.BatchFailed(logger, e, _batch.Count);
            foreach (var unit in _batch) Fail(unit);
        }
        finally
        {
            _batch.Clear();
        }
    }

    /// <summary>
    /// Asks until the storage can say what became of the batch: no place in a log may be given out, and nobody be told, before
    /// that. Callers do not wait for ever: they are refused, and what turns out to be written is announced without them.
    /// </summary>
    private void Resolve()
    {
        var since = Environment.TickCount64;
        var isRefused = false;
        while (true)
        {
            if (TryResolve() is { } wasCommitted)
            {
                foreach (var unit in _batch)
                {
                    if (wasCommitted) Announce(unit);
                    else Fail(unit);
                }

                Log.OutcomeKnown(logger, _batch.Count, wasCommitted);
                return;
            }

            if (owner.IsClosed)
            {
                foreach (var unit in _batch) Fail(unit);
                return;
            }

            if (isRefused)
            {
                RefuseWaiting();
            }
            else if (Environment.TickCount64 - since >= options.OutcomeWait.TotalMilliseconds)
            {
                isRefused = true;
                foreach (var unit in _batch) RefuseUnresolved(unit);
            }

            Thread.Sleep(RetryInterval);
        }
    }

    private bool? TryResolve()
    {
        try
        {
            return store.WasCommittedAsync(Number, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }
        catch (StorageAwayException)
        {
            return null;
        }
        catch (Exception e)
        {
            Log.CannotResolve(logger, e);
            return null;
        }
    }

    private void Announce(WriteUnit unit)
    {
        if (unit.Conflict != Condition.None)
        {
            Fail(unit, unit.Conflict);
            return;
        }

        written.Note(unit);
        unit.WhenWritten?.Invoke();
        if (unit.HasHooks) owner.HooksWritten?.Invoke();
        sends.Written(unit);
        unit.Complete(refusal: null);
        foreach (var entry in unit.Entries)
        {
            if (entry.Audience is not null) bus.Publish(new EntryPublished(entry));
        }

        SendBook.AnswerRetries(unit, refusal: null);
    }

    private void Fail(WriteUnit unit, Condition condition = Condition.Unavailable)
    {
        var refusal = new Refusal(condition);
        sends.NotWritten(unit);
        unit.Complete(refusal);
        SendBook.AnswerRetries(unit, refusal);
    }

    private void RefuseUnresolved(WriteUnit unit)
    {
        var refusal = new Refusal(Condition.Unavailable);
        sends.Unresolved(unit);
        unit.Crossing?.IsStuck = true;
        unit.Complete(refusal);
        SendBook.AnswerRetries(unit, refusal);
    }

    /// <summary>Refuses what waits for this lane while it cannot write. A crossing keeps its turn: other writers wait for it.</summary>
    private void RefuseWaiting()
    {
        var crossings = _taken.GetRange(_next, _taken.Count - _next);
        crossings.AddRange(owner.Take(this, [], out _isClosed));
        foreach (var unit in crossings.Where(unit => unit.Crossing is null && sends.Admit(unit))) Fail(unit);
        crossings.RemoveAll(unit => unit.Crossing is null);
        (_taken, _next) = (crossings, 0);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Could not write a batch of {Units} units; their callers are told")]
        public static partial void BatchFailed(ILogger logger, Exception e, int units);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Lost the storage while committing {Units} units, which may be on disk: {Problem}")]
        public static partial void OutcomeUnknown(ILogger logger, int units, string problem);

        [LoggerMessage(Level = LogLevel.Information, Message = "Found out about {Units} units whose commit was interrupted; on disk: {IsOnDisk}")]
        public static partial void OutcomeKnown(ILogger logger, int units, bool isOnDisk);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Could not find out what became of a commit; asking again")]
        public static partial void CannotResolve(ILogger logger, Exception e);
    }
}
