using Dragoman.Engine.Events;
using Dragoman.Engine.Messages;

namespace Dragoman.Testing;

/// <summary>Keeps what was published, in order.</summary>
public sealed class RecordingBus : IEventBus
{
    private readonly Lock _gate = new();
    private readonly List<EngineEvent> _events = [];

    public IReadOnlyList<EngineEvent> Events
    {
        get
        {
            lock (_gate) return [.. _events];
        }
    }

    public IReadOnlyList<Entry> Entries => [.. Events.OfType<EntryPublished>().Select(e => e.Entry)];

    public int Backlog => 0;

    public void Publish(EngineEvent news)
    {
        lock (_gate) _events.Add(news);
    }
}
