namespace Dragoman.Engine.Events;

/// <summary>Carries news to every node that has connections.</summary>
public interface IEventBus
{
    /// <summary>Never blocks and never throws; order holds per <see cref="EngineEvent.OrderingKey"/>.</summary>
    void Publish(EngineEvent news);

    /// <summary>News that are published and not yet handled; whoever makes news slows down or refuses before it grows without end.</summary>
    int Backlog { get; }
}

/// <summary>Hears all news of the bus. Called on the bus's own threads, one call at a time per ordering key.</summary>
public interface IEventSubscriber
{
    /// <param name="lane">The lane that calls, 0 to <see cref="InProcessEventBus.LaneCount"/> - 1: for buffers kept per lane.</param>
    void Handle(EngineEvent news, int lane);

    /// <summary>The lane has nothing more to tell at the moment, or has told a lot without a pause.</summary>
    void Pause(int lane)
    {
        // Most have nothing that could wait.
    }
}
