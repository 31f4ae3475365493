using Dragoman.Engine.Conversations;

namespace Dragoman.Engine.Notices;

/// <summary>Emptied for one user; told to his own devices.</summary>
public sealed record ConversationsCleared(UserId User, IReadOnlyList<ConversationKey> Conversations) : Notice;

/// <summary>What a user keeps about these conversations changed; told to his own devices.</summary>
public sealed record UserConversationsChanged(UserId User, IReadOnlyList<ConversationKey> Conversations) : Notice
{
    /// <summary>Null when that did not change.</summary>
    public bool? IsPinned { get; init; }

    public long SetMarks { get; init; }
    public long ClearMarks { get; init; }

    /// <summary>He has taken them off his list.</summary>
    public bool IsOffList { get; init; }
}

/// <summary>What a user wants to be woken by changed; told to his own devices.</summary>
/// <param name="Conversation">Null is all of them.</param>
public sealed record ReceiveOptionChanged(UserId User, ConversationKey? Conversation) : Notice
{
    public required ReceiveChange Change { get; init; }
}

/// <summary>A conversation came onto the lists of people who never had it; for hooks alone.</summary>
public sealed record ConversationOpened(ConversationKey Conversation, IReadOnlyList<UserId> Owners, ConversationLook Look) : Notice
{
    internal override ConversationKey? PlaceIn(AppId app) => Conversation;
}

/// <summary>What two people say to each other disappears after it was read, or does not any more.</summary>
public sealed record DisappearingSwitched(UserId By, UserId Peer, bool IsOn) : Notice;
