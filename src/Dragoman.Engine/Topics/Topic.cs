using System.Text.Json.Serialization;
using Dragoman.Engine.Conversations;

namespace Dragoman.Engine.Topics;

/// <summary>The numbers are stored.</summary>
public enum TopicKind : byte
{
    /// <summary>A channel of its own, in which every member of the group is.</summary>
    Standing = 1,

    /// <summary>What is said under one message, by those who have joined it.</summary>
    Thread = 2,
}

/// <summary>A part of a group's talk. Immutable; a change swaps the whole record.</summary>
public sealed record Topic
{
    public required AppId App { get; init; }

    /// <summary>The group.</summary>
    public required GroupId Parent { get; init; }

    public required TopicId Id { get; init; }

    /// <summary>Grows in the order in which topics were created; 0 until the store gave it.</summary>
    public long Number { get; init; }

    public TopicKind Kind { get; init; } = TopicKind.Thread;

    /// <summary>The place of the message that a thread is under; 0 for a channel.</summary>
    public long RootSequence { get; init; }

    /// <summary>The id of that message.</summary>
    public long RootMessage { get; init; }

    public string Name { get; init; } = "";
    public string Avatar { get; init; } = "";
    public string Introduction { get; init; } = "";
    public string Announcement { get; init; } = "";
    public string Extra { get; init; } = "";

    /// <summary>Who began it.</summary>
    public required UserId Owner { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Unix milliseconds; 0 is not muted.</summary>
    public long MutedUntil { get; init; }

    /// <summary>Messages that were taken back.</summary>
    public long Withdrawn { get; init; }

    [JsonIgnore]
    public ConversationKey Conversation => ConversationKey.Topic(App, Parent, Id);
}
