using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Dragoman.Engine.Events;

/// <summary>
/// The bus of a single node: a few lanes, each a queue with one reader, chosen by the event's ordering key; and one for the news of rooms,
/// whose reader has a thread of its own, because it may wait.
/// </summary>
/// <remarks>
/// The lanes are not bounded by themselves, because dropping news would break the promise to deliver and waiting would
/// block whoever publishes: sends are refused as overload while <see cref="Backlog"/> is too large.
/// </remarks>
public sealed partial class InProcessEventBus : IEventBus, IAsyncDisposable
{
    /// <summary>What was gathered goes then, though more is there.</summary>
    private const int MaxWithoutPause = 64;

    private readonly IEventSubscriber[] _subscribers;
    private readonly Channel<EngineEvent>[] _lanes;
    private readonly Task[] _readers;
    private readonly ILogger<InProcessEventBus> _logger;
    private int _backlog;

    public InProcessEventBus(IEnumerable<IEventSubscriber> subscribers, ILogger<InProcessEventBus> logger)
    {
        _subscribers = [.. subscribers];
        _logger = logger;
        _lanes = new Channel<EngineEvent>[LaneCount];
        _readers = new Task[LaneCount];
        for (var lane = 0; lane < LaneCount; lane++)
        {
            _lanes[lane] = Channel.CreateUnbounded<EngineEvent>(new() { SingleReader = true });
            var index = lane;
            _readers[lane] = lane == CrowdLane
                ? Task.Factory.StartNew(() => Read(index), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                : Task.Run(() => ReadAsync(index));
        }
    }

    /// <summary>The lane of what a crowd hears: its subscriber may wait a moment.</summary>
    public static int CrowdLane { get; } = Math.Clamp(Environment.ProcessorCount, 1, 8);

    public static int LaneCount { get; } = CrowdLane + 1;

    /// <inheritdoc/>
    public int Backlog => Volatile.Read(ref _backlog);

    public void Publish(EngineEvent news)
    {
        Interlocked.Increment(ref _backlog);
        var lane = news.IsForCrowd ? CrowdLane : (int)((uint)news.OrderingKey % (uint)CrowdLane);
        if (!_lanes[lane].Writer.TryWrite(news)) Interlocked.Decrement(ref _backlog);
    }

    private async Task ReadAsync(int lane)
    {
        var reader = _lanes[lane].Reader;
        while (await reader.WaitToReadAsync()) ReadAll(reader, lane);
    }

    private void Read(int lane)
    {
        var reader = _lanes[lane].Reader;
        while (reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult()) ReadAll(reader, lane);
    }

    private void ReadAll(ChannelReader<EngineEvent> reader, int lane)
    {
        var told = 0;
        while (reader.TryRead(out var news))
        {
            foreach (var subscriber in _subscribers)
            {
                try
                {
                    subscriber.Handle(news, lane);
                }
                catch (Exception e)
                {
                    // One broken subscriber must not silence the others, or the lane for ever.
                    Log.SubscriberFailed(_logger, e, subscriber.GetType().Name, news.GetType().Name);
                }
            }

            Interlocked.Decrement(ref _backlog);
            if (++told % MaxWithoutPause == 0) Pause(lane);
        }

        if (told % MaxWithoutPause != 0) Pause(lane);
    }

    private void Pause(int lane)
    {
        foreach (var subscriber in _subscribers)
        {
            try
            {
                subscriber.Pause(lane);
            }
            catch (Exception e)
            {
                Log.SubscriberFailed(_logger, e, subscriber.GetType().Name, nameof(Pause));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in _lanes) lane.Writer.TryComplete();
        await Task.WhenAll(_readers);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Subscriber} failed on {Event}")]
        public static partial void SubscriberFailed(ILogger logger, Exception e, string subscriber, string @event);
    }
}
