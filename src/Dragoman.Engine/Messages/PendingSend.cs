using Dragoman.Engine.Conversations;
using Dragoman.Engine.Journal;

namespace Dragoman.Engine.Messages;

/// <summary>A message that has passed the rules and has its turn in the log, but is not on disk yet.</summary>
/// <remarks>
/// A connection reads its next frame as soon as it holds this: the order of the messages is decided, and the wait for
/// the disk is shared with everybody else's.
/// </remarks>
public readonly struct PendingSend
{
    private readonly Entry _entry;
    private readonly WriteUnit? _unit;
    private readonly ReadCursors? _cursors;

    private readonly bool _isShed;

    private PendingSend(Entry entry, WriteUnit? unit, ReadCursors? cursors, bool isShed = false)
    {
        _entry = entry;
        _unit = unit;
        _cursors = cursors;
        _isShed = isShed;
    }

    internal static PendingSend Stored(Entry entry, WriteUnit unit, ReadCursors cursors) => new(entry, unit, cursors);

    internal static PendingSend Transient(Entry entry) => new(entry, unit: null, cursors: null);

    internal static PendingSend Dropped(Entry entry) => new(entry, unit: null, cursors: null, isShed: true);

    /// <summary>Calls back with the place in the log once the message is on disk, for one message of so many.</summary>
    internal void Then(Action<long> afterwards, int every)
    {
        if (_unit is not { } unit) return;
        _ = WaitAsync(_entry, unit, afterwards, every);

        static async Task WaitAsync(Entry entry, WriteUnit unit, Action<long> afterwards, int every)
        {
            if (await unit.Committed is null && unit.RepeatOf is null && entry.Sequence % every == 0) afterwards(entry.Sequence);
        }
    }

    /// <returns>The sent message, on disk; or Overloaded, Unavailable.</returns>
    public async ValueTask<Result<SentMessage>> FinishAsync()
    {
        if (_unit is null) return new SentMessage(_entry.Id, Sequence: 0, _entry.SentAt, IsRepeat: false) { IsShed = _isShed };

        var refusal = await _unit.Committed;
        if (refusal is not null) return refusal;
        if (_unit.RepeatOf is { } first) return first;

        if (_entry.Channel == LogChannel.Timeline) _cursors?.Advance(_entry.Sender, _entry.Conversation, _entry.Sequence);
        return new SentMessage(_entry.Id, _entry.Sequence, _entry.SentAt, IsRepeat: false);
    }
}
