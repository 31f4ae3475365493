using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;

namespace Dragoman.Engine.Ports;

public sealed record MarkRecalled(AppId App, ConversationKey Conversation, long Sequence, RecallMark Mark) : StoreChange(App)
{
    public override int OrderingKey => Conversation.GetHashCode();
    public override ConversationKey? Concerns => Conversation;
}

/// <summary>Takes entries out of one user's sight.</summary>
public sealed record HideEntries(AppId App, UserId User, ConversationKey Conversation, IReadOnlyList<long> Sequences)
    : StoreChange(App)
{
    public override int OrderingKey => Conversation.GetHashCode();
    public override ConversationKey? Concerns => Conversation;
}

/// <summary>Takes entries away from everybody; their places in the sequence remain.</summary>
public sealed record EraseEntries(AppId App, ConversationKey Conversation, IReadOnlyList<long> Sequences) : StoreChange(App)
{
    public override int OrderingKey => Conversation.GetHashCode();
    public override ConversationKey? Concerns => Conversation;
}
