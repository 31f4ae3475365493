namespace Dragoman.Load.Run;

/// <summary>A sender's messages that are on their way: not acknowledged yet, or not yet at every other member.</summary>
internal sealed class Outstanding(int capacity)
{
    private Slot[] _slots = new Slot[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 4))];

    internal int Count { get; private set; }

    /// <param name="events">How many events finish it: the acknowledgement and one delivery for each other member.</param>
    internal void Add(long counter, int events, long timestamp)
    {
        while (_slots[counter & (_slots.Length - 1)].Events > 0) Grow();
        _slots[counter & (_slots.Length - 1)] = new Slot(counter, events, timestamp);
        Count++;
    }

    /// <returns>When it was due; 0 when it is not outstanding (any more).</returns>
    internal long TimestampOf(long counter)
    {
        ref var slot = ref _slots[counter & (_slots.Length - 1)];
        return slot.Counter == counter && slot.Events > 0 ? slot.Timestamp : 0;
    }

    /// <summary>One event of a message happened.</summary>
    internal void Finish(long counter, bool all = false)
    {
        ref var slot = ref _slots[counter & (_slots.Length - 1)];
        if (slot.Counter != counter || slot.Events == 0) return;
        slot.Events = all ? 0 : slot.Events - 1;
        if (slot.Events == 0) Count--;
    }

    private void Grow()
    {
        var larger = new Slot[_slots.Length * 2];
        foreach (var slot in _slots)
            if (slot.Events > 0) larger[slot.Counter & (larger.Length - 1)] = slot;
        _slots = larger;
    }

    private record struct Slot(long Counter, int Events, long Timestamp);
}
