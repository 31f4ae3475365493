using System.Text.Json.Serialization;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Topics;

namespace Dragoman.Engine.Notices;

/// <summary>Something happened to a topic of a group.</summary>
/// <param name="Topic">As it is afterwards.</param>
/// <param name="Operator">Who did it.</param>
/// <param name="Count">Messages in it that were not taken back.</param>
public abstract record TopicNotice(Topic Topic, UserId Operator, long Count) : Notice
{
    internal override ConversationKey? PlaceIn(AppId app) => ConversationKey.Group(app, Topic.Parent);
}

/// <summary>For the members of the group; so are the next two.</summary>
public sealed record TopicCreated(Topic Topic, UserId Operator) : TopicNotice(Topic, Operator, Count: 0);

public sealed record TopicUpdated(Topic Topic, UserId Operator, long Count) : TopicNotice(Topic, Operator, Count);

public sealed record TopicDismissed(Topic Topic, UserId Operator, long Count) : TopicNotice(Topic, Operator, Count);

/// <summary>How somebody came into a topic, or out of it. The numbers are stored.</summary>
public enum TopicPassage : byte
{
    Joined = 1,
    Left = 2,

    /// <summary>Somebody else brought him in.</summary>
    Added = 3,

    /// <summary>Somebody else put him out.</summary>
    Removed = 4,
}

/// <summary>For those who came or went, and their devices.</summary>
public sealed record TopicMembersChanged(Topic Topic, UserId Operator, IReadOnlyList<UserId> Users, TopicPassage Passage) : TopicNotice(Topic, Operator, Count: 0);

/// <summary>Something was said in a topic, or taken back; for the members of the group who are online.</summary>
public sealed record TopicMoved(Topic Topic, UserId Operator, long Count) : TopicNotice(Topic, Operator, Count)
{
    /// <summary>The last message that is left; null when there is none.</summary>
    [JsonIgnore]
    public Entry? Last { get; init; }
}
