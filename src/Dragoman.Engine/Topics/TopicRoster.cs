using System.Collections.Immutable;

namespace Dragoman.Engine.Topics;

/// <summary>A thread and who has joined it, at one moment. Immutable: whoever holds one may read it without a lock.</summary>
public sealed class TopicRoster(Topic topic, ImmutableDictionary<UserId, long> joinedAt)
{
    private UserId[]? _members;

    public Topic Topic { get; } = topic;

    public int Count => joinedAt.Count;

    /// <summary>In the order in which they joined. Never changed.</summary>
    public UserId[] Members => _members ??=
        [.. joinedAt.OrderBy(one => one.Value).ThenBy(one => one.Key.Value, StringComparer.Ordinal).Select(one => one.Key)];

    public bool Contains(UserId user) => joinedAt.ContainsKey(user);

    /// <param name="at">Unix milliseconds.</param>
    public TopicRoster With(IEnumerable<UserId> users, long at) => new(Topic, joinedAt.SetItems(users.Select(user => KeyValuePair.Create(user, at))));

    public TopicRoster Without(IEnumerable<UserId> users) => new(Topic, joinedAt.RemoveRange(users));

    /// <summary>Other facts, the same members.</summary>
    public TopicRoster With(Topic topic) => new(topic, joinedAt);
}
