using System.Collections.Concurrent;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Microsoft.Extensions.Logging;

namespace Dragoman.Engine.Topics;

/// <summary>Tells groups that something was said in their topics: at once when it is quiet, and not more often than the limits say.</summary>
public sealed partial class TopicNews(
    TopicDirectory topics, RosterDirectory rosters, LastTopicEntries last, OnlineNews news, TopicLimits limits, TimeProvider clock, ILogger<TopicNews> logger)
{
    private readonly ConcurrentDictionary<(AppId, TopicId), Traffic> _topics = new();

    /// <summary>Something was said in a topic, or taken back. Does not wait for anything.</summary>
    internal void Moved(AppId app, TopicId topic)
    {
        while (true)
        {
            var traffic = _topics.GetOrAdd((app, topic), static _ => new());
            lock (traffic)
            {
                if (traffic.IsOver) continue; // taken out of the table just now
                traffic.HasMoved = true;
                if (traffic.IsTicking) return;
                traffic.IsTicking = true;
            }

            _ = TickAsync(app, topic, traffic);
            return;
        }
    }

    /// <summary>Tells, round after round, until a round has nothing to tell.</summary>
    private async Task TickAsync(AppId app, TopicId topic, Traffic traffic)
    {
        await Task.Yield(); // the sender does not wait for what is read here
        while (true)
        {
            lock (traffic) traffic.HasMoved = false;
            await TellAsync(app, topic);
            await Task.Delay(limits.MovedInterval, clock);
            lock (traffic)
            {
                if (traffic.HasMoved) continue;
                traffic.IsOver = true;
                _topics.TryRemove((app, topic), out _);
                return;
            }
        }
    }

    private async Task TellAsync(AppId app, TopicId id)
    {
        try
        {
            if (await topics.FindAsync(app, id, CancellationToken.None) is not { Topic: var topic }) return;
            if (await rosters.FindAsync(app, topic.Parent, CancellationToken.None) is not { Group.IsDismissed: false } group) return;

            var overview = await last.OfAsync(topic, CancellationToken.None);
            var actor = overview.Last?.Sender ?? topic.Owner;
            var notice = new TopicMoved(topic, actor, overview.Count) { At = clock.GetUtcNow().ToUnixTimeMilliseconds(), Last = overview.Last };
            news.Tell(new Caller(app, actor, IsAdministrator: true), ConversationKey.Group(app, topic.Parent), actor, new Audience.Members(group), notice);
        }
        catch (StorageAwayException)
        {
            // Whoever noticed has reported it; the next message tells again.
        }
        catch (Exception e)
        {
            Log.Failed(logger, e);
        }
    }

    private sealed class Traffic
    {
        public bool HasMoved { get; set; }
        public bool IsTicking { get; set; }
        public bool IsOver { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A group could not be told what was said in one of its topics")]
        public static partial void Failed(ILogger logger, Exception e);
    }
}
