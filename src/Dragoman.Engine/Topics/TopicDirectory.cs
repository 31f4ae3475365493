using Dragoman.Engine.Caching;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Topics;

/// <summary>Topics with their members: from memory, from the store on a miss.</summary>
public sealed class TopicDirectory(ITopicStore store, TopicLimits limits)
{
    // "There is none" is not kept: it is asked just before a topic is created.
    private readonly BoundedCache<(AppId, TopicId), TopicRoster?> _cache = new(limits.CachedTopics, mayKeep: static roster => roster is not null);

    /// <returns>Null when there is no such topic, or none any more. Whether its group still is there, the group's roster says.</returns>
    public ValueTask<TopicRoster?> FindAsync(AppId app, TopicId topic, CancellationToken ct) =>
        _cache.GetAsync((app, topic), store, static (store, key, ct) => store.FindAsync(key.Item1, key.Item2, ct), ct);

    /// <summary>The threads of a group that some of its members have joined.</summary>
    internal ValueTask<IReadOnlyList<TopicId>> OfAsync(AppId app, GroupId group, IReadOnlyList<UserId> users, CancellationToken ct) =>
        store.JoinedAsync(app, group, users, ct);

    internal void Changed(TopicRoster roster) => _cache.Put((roster.Topic.App, roster.Topic.Id), roster);

    internal void Forget(AppId app, TopicId topic) => _cache.Remove((app, topic));
}
