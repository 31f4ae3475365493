using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;

namespace Dragoman.Engine.Notices;

/// <param name="ClientKey">The key that the client chose for the recalled message, UTF-8.</param>
/// <param name="Origin">The dialect of the recalled message.</param>
public sealed record MessageRecalled(
    long Sequence, long MessageId, string ClientKey, DialectId Origin, UserId Sender, long SentAt, RecallMark Mark) : Notice;

/// <param name="UpTo">Everything up to here is read.</param>
/// <param name="Sequences">The entries that this very call covered.</param>
public sealed record MessagesRead(UserId Reader, long UpTo, IReadOnlyList<long> Sequences) : Notice
{
    /// <summary>How many entries are left after it.</summary>
    public long Unread { get; init; }

    /// <summary>The id of the one entry that was read by itself; 0 when a position was moved.</summary>
    public long MessageId { get; init; }
}

/// <summary>A device of the receiver has a message of a pair; for its sender.</summary>
public sealed record MessageDelivered(long MessageId, long Sequence, UserId Receiver) : Notice;

/// <summary>A member has read a message of a group whose sender wanted to know; for its sender.</summary>
/// <param name="Count">How many have, with this one.</param>
public sealed record MessageReadInGroup(GroupId Group, long MessageId, UserId Reader, int Count) : Notice
{
    /// <summary>What the reader's app said with it.</summary>
    public string Text { get; init; } = "";
}

/// <summary>A message says something else now; what, is read from the message itself.</summary>
/// <param name="Editor">Empty is the app itself.</param>
public sealed record MessageEdited(long MessageId, long Sequence, int Version, UserId Editor) : Notice;

/// <summary>Somebody has reacted to a message, or does not any more.</summary>
/// <param name="Count">How many react so now.</param>
/// <param name="Users">The first of them.</param>
public sealed record ReactionsChanged(long MessageId, long Sequence, string Reaction, UserId By, bool IsAdded, int Count, IReadOnlyList<UserId> Users) : Notice;

/// <summary>A message is kept where everybody finds it.</summary>
public sealed record MessagePinned(long MessageId, long Sequence, UserId By) : Notice;

/// <inheritdoc cref="MessagePinned"/>
public sealed record MessageUnpinned(long MessageId, long Sequence, UserId By) : Notice;

/// <summary>Gone for everybody.</summary>
public sealed record MessagesErased(UserId Operator, IReadOnlyList<long> Sequences) : Notice;

/// <summary>Gone for one user; told to his own devices.</summary>
public sealed record MessagesHidden(UserId User, ConversationKey Conversation, IReadOnlyList<long> Sequences) : Notice;
