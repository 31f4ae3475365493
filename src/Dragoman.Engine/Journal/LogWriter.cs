using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Ports;
using Microsoft.Extensions.Logging;

namespace Dragoman.Engine.Journal;

/// <summary>
/// The way into the logs: takes units, spreads them over the storage's writers (<see cref="WriterLane"/>) so that each
/// conversation has one of them, and refuses what is too much.
/// </summary>
public sealed class LogWriter : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly ICommitStore _store;
    private readonly IEventBus _bus;
    private readonly HookDesk _hooks;
    private readonly JournalOptions _options;
    private readonly SendBook _sends;
    private readonly WriterLane[] _lanes;

    private int _waiting;
    private bool _isClosed;
    private bool _isStarted;

    public LogWriter(
        ICommitStore store, WrittenConversations written, IEventBus bus, HookDesk hooks, JournalOptions options, ILogger<LogWriter> logger)
    {
        _store = store;
        _bus = bus;
        _hooks = hooks;
        _options = options;
        _sends = new(options.RememberedSends);
        _lanes = new WriterLane[Math.Clamp(store.WriterCount, 1, ICommitStore.MaxWriters)];
        for (var i = 0; i < _lanes.Length; i++) _lanes[i] = new(i, this, store, written, bus, options, _sends, logger);
    }

    /// <summary>Called when events have come into the outbox. Short, and must not throw.</summary>
    internal Action? HooksWritten { get; set; }

    /// <summary>Reads what must be remembered and starts to write.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        _sends.Recall((await _store.RecallAsync(_options.RememberedSends, ct)).Recent);
        _isStarted = true;
        foreach (var lane in _lanes) lane.Start();
    }

    /// <summary>Queues a unit. Units of one conversation are written and told of in the order of these calls.</summary>
    /// <returns>
    /// Completes when the unit is on disk (null), or with why it is not: the store's conflict, Overloaded, Unavailable.
    /// </returns>
    public Task<Refusal?> CommitAsync(WriteUnit unit)
    {
        unit.MakeKey();
        unit.AddHooks(_hooks.Note(unit));
        WriterLane lane;
        bool wake;
        lock (_gate)
        {
            if (_isClosed) return Refused(Condition.Unavailable);
            if (_waiting >= _options.QueueUnits || _bus.Backlog > _options.UndeliveredNews) return Refused(Condition.Overloaded);

            _waiting++;
            lane = _lanes[LaneOf(unit.OrderingKey)];
            if (unit.Entries.Length > 1 && _lanes.Length > 1 && Crosses(unit)) return unit.Committed;
            wake = lane.Add(unit);
        }

        if (wake) lane.Wake();
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

        foreach (var lane in _lanes) lane.Wake();
        if (_isStarted) await Task.WhenAll(_lanes.Select(lane => lane.Stopped));
        foreach (var lane in _lanes) lane.Dispose();
    }

    /// <summary>Whether it is time to end.</summary>
    internal bool IsClosed => Volatile.Read(ref _isClosed);

    /// <summary>Hands a lane what waits for it, in exchange for an empty list.</summary>
    /// <param name="isClosed">Nothing will come any more.</param>
    internal List<WriteUnit> Take(WriterLane lane, List<WriteUnit> empty, out bool isClosed)
    {
        lock (_gate)
        {
            isClosed = _isClosed;
            var taken = lane.Exchange(empty);
            foreach (var unit in taken)
            {
                // A crossing waits in several lanes and counts once.
                if (unit.Crossing is not { } crossing || crossing.CountedBy(lane.Number)) _waiting--;
            }

            return taken;
        }
    }

    private static Task<Refusal?> Refused(Condition condition) => Task.FromResult<Refusal?>(new(condition));

    private int LaneOf(int orderingKey) => (int)((uint)orderingKey % (uint)_lanes.Length);

    /// <summary>Queues a unit to all writers of its conversations, if there are several.</summary>
    private bool Crosses(WriteUnit unit)
    {
        var writers = 0UL;
        foreach (var entry in unit.Entries) writers |= 1UL << LaneOf(entry.Conversation.GetHashCode());
        if ((writers & (writers - 1)) == 0) return false;

        unit.Crossing = new(writers);
        foreach (var lane in _lanes)
        {
            if ((writers & (1UL << lane.Number)) != 0 && lane.Add(unit)) lane.Wake();
        }

        return true;
    }
}
