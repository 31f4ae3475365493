using Dragoman.Engine.Topics;

namespace Dragoman.Engine.Ports;

/// <summary>Which topics are wanted.</summary>
/// <param name="After">The number after which to read on, in the direction of reading; null from the beginning.</param>
public sealed record TopicQuery(long? After, int Take, bool IsOldestFirst)
{
    /// <summary>Null is any.</summary>
    public GroupId? Group { get; init; }

    /// <summary>Only those that he has joined; null is all.</summary>
    public UserId? Member { get; init; }
}

public interface ITopicStore
{
    /// <summary>The topic and its members; null when there is none, or none any more.</summary>
    ValueTask<TopicRoster?> FindAsync(AppId app, TopicId topic, CancellationToken ct);

    /// <summary>Living topics by their numbers.</summary>
    ValueTask<IReadOnlyList<Topic>> PageAsync(AppId app, TopicQuery query, CancellationToken ct);

    /// <summary>The living threads under messages of a group with <paramref name="from"/> ≤ sequence ≤ <paramref name="to"/>.</summary>
    ValueTask<IReadOnlyList<Topic>> UnderAsync(AppId app, GroupId group, long from, long to, CancellationToken ct);

    /// <summary>The threads of a group that any of these users has joined.</summary>
    ValueTask<IReadOnlyList<TopicId>> JoinedAsync(AppId app, GroupId group, IReadOnlyList<UserId> users, CancellationToken ct);

    /// <summary>How many living topics the app has.</summary>
    ValueTask<long> CountAsync(AppId app, CancellationToken ct);

    /// <summary>How many threads the user has joined.</summary>
    ValueTask<long> CountJoinedAsync(AppId app, UserId user, CancellationToken ct);
}
