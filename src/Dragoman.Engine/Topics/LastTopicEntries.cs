using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Topics;

/// <summary>A topic as it is shown from outside: how much was said in it, and what last.</summary>
/// <param name="Last">Null when nothing is left.</param>
public sealed record TopicOverview(Topic Topic, long Count, Entry? Last);

/// <summary>The last thing that was said in each of some topics and not taken back.</summary>
public sealed class LastTopicEntries(TopicDesk desk, ITopicStore store, IEntryStore entries)
{
    /// <summary>Entries that are looked through for one that is left; behind so many that were taken back nothing is shown.</summary>
    private const int MaxLooked = 50;

    /// <returns>In the order of the question; topics that there are not, or that the caller may not see, are passed over.</returns>
    public async ValueTask<IReadOnlyList<TopicOverview>> RunAsync(Caller caller, IReadOnlyList<TopicId> topics, CancellationToken ct)
    {
        var overviews = new List<TopicOverview>(topics.Count);
        foreach (var id in topics.Distinct())
        {
            var found = await desk.FindForAsync(caller, id, ct);
            if (found.TryGet(out var place, out _)) overviews.Add(await OfAsync(place.Topic.Topic, ct));
        }

        return overviews;
    }

    /// <summary>The threads under some messages of a group.</summary>
    /// <returns>By the messages' sequences; who asks has been shown these messages.</returns>
    public async ValueTask<IReadOnlyDictionary<long, TopicOverview>> UnderAsync(AppId app, GroupId group, long from, long to, CancellationToken ct)
    {
        var under = await store.UnderAsync(app, group, from, to, ct);
        var overviews = new Dictionary<long, TopicOverview>(under.Count);
        foreach (var topic in under) overviews[topic.RootSequence] = await OfAsync(topic, ct);
        return overviews;
    }

    internal async ValueTask<TopicOverview> OfAsync(Topic topic, CancellationToken ct)
    {
        // Mostly the very last one is left.
        var last = await LastOfAsync(topic.Conversation, 1, ct) ?? await LastOfAsync(topic.Conversation, MaxLooked, ct);
        return new(topic, await desk.CountAsync(topic, ct), last);
    }

    private async ValueTask<Entry?> LastOfAsync(ConversationKey conversation, int looked, CancellationToken ct)
    {
        var newest = await entries.ReadAsync(conversation, LogChannel.Timeline, 1, long.MaxValue, looked, newestFirst: true, ct);
        return newest.LastOrDefault(static entry => entry is { Notice: null, IsRecalled: false } && (entry.Flags & EntryFlags.Erased) == 0);
    }
}
