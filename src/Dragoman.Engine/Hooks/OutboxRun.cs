using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Hooks;

/// <summary>The next events of one line, told in their order until one of them is not heard, or it is other lines' turn.</summary>
internal sealed class OutboxRun(OutboxLine line, OutboxItem first, TimeProvider clock)
{
    private const int MaxItems = 32;
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(1);

    private readonly List<OutboxItem> _items = [first];

    public OutboxLine Line { get; } = line;

    /// <summary>The ids of those that were heard.</summary>
    public List<long> Heard { get; } = [];

    /// <summary>The one that was not; null when all were, as far as it came.</summary>
    public OutboxItem? Unheard { get; private set; }

    /// <summary>What finds no place is told in a later run.</summary>
    public void Add(OutboxItem item)
    {
        if (_items.Count < MaxItems) _items.Add(item);
    }

    /// <param name="tell">Answers whether the event was heard; throws only when everything ends.</param>
    public async Task TellAsync(Func<OutboxItem, ValueTask<bool>> tell)
    {
        var start = clock.GetTimestamp();
        foreach (var item in _items)
        {
            if (!await tell(item))
            {
                Unheard = item;
                return;
            }

            Heard.Add(item.Id);
            if (clock.GetElapsedTime(start) > LongestTurn) return;
        }
    }
}
