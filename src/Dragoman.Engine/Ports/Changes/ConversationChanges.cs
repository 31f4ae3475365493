using Dragoman.Engine.Conversations;

namespace Dragoman.Engine.Ports;

/// <summary>Adds or replaces what a user keeps about a conversation.</summary>
public sealed record PutUserConversation(AppId App, UserConversation State) : StoreChange(App)
{
    /// <summary>The user's, not the conversation's: he may change several at once.</summary>
    public override int OrderingKey => HashCode.Combine(App, State.User);

    public override ConversationKey? Concerns => State.Conversation;
    public override IReadOnlyList<UserId> ListsOf => [State.User, .. State.Conversation.Talkers];
}

/// <summary>Puts a conversation on a user's list; who has it keeps what he has, without an end.</summary>
public sealed record ListConversation(AppId App, UserId User, ConversationKey Conversation) : StoreChange(App)
{
    public override int OrderingKey => HashCode.Combine(App, User);
    public override ConversationKey? Concerns => Conversation;
    public override IReadOnlyList<UserId> ListsOf => [User, .. Conversation.Talkers];
}

/// <summary>How a conversation looks that has just come onto these users' lists, in the same unit.</summary>
public sealed record SetConversationLook(AppId App, ConversationKey Conversation, IReadOnlyList<UserId> Users, ConversationLook Look) : StoreChange(App)
{
    public override int OrderingKey => Conversation.GetHashCode();
    public override ConversationKey? Concerns => Conversation;
    public override IReadOnlyList<UserId> ListsOf => [.. Users, .. Conversation.Talkers];
}

/// <summary>Takes a conversation off a user's list until it grows beyond a length.</summary>
public sealed record HideConversation(AppId App, UserId User, ConversationKey Conversation, long Timeline) : StoreChange(App)
{
    public override int OrderingKey => HashCode.Combine(App, User);
    public override ConversationKey? Concerns => Conversation;
    public override IReadOnlyList<UserId> ListsOf => [User, .. Conversation.Talkers];
}

/// <summary>Lets a conversation begin after what it holds by now, for everybody.</summary>
/// <param name="First">The first sequence that is still shown.</param>
public sealed record CutConversation(AppId App, ConversationKey Conversation, long First) : StoreChange(App)
{
    public override int OrderingKey => Conversation.GetHashCode();
    public override ConversationKey? Concerns => Conversation;
}

/// <summary>Moves read positions forward, never back.</summary>
public sealed record AdvanceRead(AppId App, UserId User, ConversationKey Conversation, long ReadSequence) : StoreChange(App)
{
    public override int OrderingKey => Conversation.GetHashCode();
    public override ConversationKey? Concerns => Conversation;
}

/// <summary>Somebody called these users by name in a conversation.</summary>
public sealed record MarkMentioned(AppId App, ConversationKey Conversation, IReadOnlyList<UserId> Users, MentionMark Mark)
    : StoreChange(App)
{
    public override int OrderingKey => Conversation.GetHashCode();
    public override ConversationKey? Concerns => Conversation;
    public override IReadOnlyList<UserId> ListsOf => [.. Users, .. Conversation.Talkers];
}
