using Dragoman.Engine.Accounts;

namespace Dragoman.Engine.Conversations;

/// <summary>Whether the user was called by name since he last looked. The numbers are stored.</summary>
[Flags]
public enum MentionMark : byte
{
    None = 0,
    Me = 1,
    Everybody = 2,
    Announcement = 4,
}

/// <summary>What one user keeps about one conversation. Immutable; a change swaps the whole record.</summary>
public sealed record UserConversation
{
    public required UserId User { get; init; }
    public required ConversationKey Conversation { get; init; }

    /// <summary>Everything up to here was read.</summary>
    public long ReadSequence { get; init; }

    /// <summary>Nothing before it is shown (cleared, or joined later); 0 and 1 are everything.</summary>
    public long MinSequence { get; init; }

    /// <summary>Nothing after it is shown (left the group); 0 is no limit.</summary>
    public long MaxSequence { get; init; }

    /// <summary>Nothing of the changes after it is shown (left the group); 0 is no limit.</summary>
    public long MaxChange { get; init; }

    /// <summary>The user took it off his list when the timeline was so long; 0 when he did not.</summary>
    public long HiddenAt { get; init; }

    public ReceiveOption Receive { get; init; }

    /// <summary>When the conversation is not to wake the user at all.</summary>
    public QuietHours Quiet { get; init; } = QuietHours.None;

    public bool IsPinned { get; init; }

    /// <summary>Since when it is pinned, Unix milliseconds; 0 when it is not, or when that was not noted.</summary>
    public long PinnedAt { get; init; }

    /// <summary>One bit for each of the marks that the user has put on it; what they mean is the dialect's to say.</summary>
    public long Marks { get; init; }

    public MentionMark Mention { get; init; }
    public string Extra { get; init; } = "";

    /// <summary>Settings of one dialect alone, as that dialect's JSON object; empty when there are none.</summary>
    public string Settings { get; init; } = "";

    /// <summary>Unix milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Whether it is off the user's list: nothing was said since he took it off.</summary>
    public bool IsHidden(ConversationEnds ends) => HiddenAt > 0 && ends.Timeline <= HiddenAt;
}

/// <summary>How far a conversation's logs have grown.</summary>
/// <param name="First">The first sequence of the timeline that is shown to anybody, at least 1.</param>
/// <param name="TimelineAt">When the timeline's last entry was sent, Unix milliseconds; 0 when it is empty.</param>
public readonly record struct ConversationEnds(long Timeline, long Changes, long TimelineAt, long First = 1);
