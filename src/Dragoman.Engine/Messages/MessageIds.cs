namespace Dragoman.Engine.Messages;

/// <summary>Makes message ids: seconds since 2026 (31 bits), node (6), counter (16); strictly increasing on a node.</summary>
/// <remarks>
/// A clock that steps back, or more than 65,536 messages in a second, borrows from the seconds ahead: order matters,
/// the time inside an id is only a hint.
/// </remarks>
public sealed class MessageIds(TimeProvider clock, int node = 0)
{
    private const int NodeBits = 6;
    private const int CounterBits = 16;
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private long _second;
    private int _counter;

    /// <summary>An id below all that were made at this time or later, an hour of borrowed seconds included.</summary>
    /// <param name="at">Unix milliseconds.</param>
    public static MessageId FirstOf(long at)
    {
        var second = (at / 1000) - Epoch.ToUnixTimeSeconds() - 3600;
        return new(second <= 0 ? 0 : second << (NodeBits + CounterBits));
    }

    /// <summary>Continues after an id that is already on disk.</summary>
    public void StartAfter(MessageId last)
    {
        lock (_gate)
        {
            _second = last.Value >> (NodeBits + CounterBits);
            _counter = (int)(last.Value & ((1 << CounterBits) - 1)) + 1;
        }
    }

    /// <summary>An id above one that another node may have made, whatever its clock says.</summary>
    public MessageId NextAfter(MessageId last)
    {
        var id = Next();
        if (id.Value > last.Value) return id;

        lock (_gate)
        {
            _second = Math.Max(_second, last.Value >> (NodeBits + CounterBits)) + 1;
            _counter = 0;
        }

        return Next();
    }

    public MessageId Next()
    {
        var second = (clock.GetUtcNow().Ticks - Epoch.Ticks) / TimeSpan.TicksPerSecond;
        lock (_gate)
        {
            if (second > _second)
            {
                _second = second;
                _counter = 0;
            }
            else if (_counter >= 1 << CounterBits)
            {
                _second++;
                _counter = 0;
            }

            return new(((_second << NodeBits | (uint)node) << CounterBits) | (uint)_counter++);
        }
    }
}
