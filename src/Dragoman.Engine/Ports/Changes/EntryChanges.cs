using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;

namespace Dragoman.Engine.Ports;

public sealed record MarkRecalled(AppId App, ConversationKey Conversation, long Sequence, RecallMark Mark) : StoreChange(App)
{
    public override int OrderingKey => Conversation.GetHashCode();
    public override ConversationKey? Concerns => Conversation;
}

/// <summary>Gives a message another body; the one before it is kept. EditConflict when it is not the one that the edit follows any more.</summary>
/// <param name="Entry">The message as it will be: its <see cref="Entry.Edit"/> is the new version.</param>
/// <param name="Former">Who wrote the version before, and when.</param>
public sealed record EditEntry(AppId App, Entry Entry, EditMark Former) : StoreChange(App)
{
    public override int OrderingKey => Entry.Conversation.GetHashCode();
    public override ConversationKey? Concerns => Entry.Conversation;
}

/// <summary>ReactionExists when he has reacted so.</summary>
/// <param name="At">Unix milliseconds.</param>
public sealed record PutReaction(AppId App, ConversationKey Conversation, long Sequence, string Reaction, UserId User, long At) : StoreChange(App)
{
    public override int OrderingKey => Conversation.GetHashCode();
    public override ConversationKey? Concerns => Conversation;
}

public sealed record TakeReaction(AppId App, ConversationKey Conversation, long Sequence, string Reaction, UserId User) : StoreChange(App)
{
    public override int OrderingKey => Conversation.GetHashCode();
}

/// <summary>Who pins what is pinned brings it to the front.</summary>
/// <param name="At">Unix milliseconds.</param>
public sealed record PutPin(AppId App, ConversationKey Conversation, long Sequence, UserId By, long At) : StoreChange(App)
{
    public override int OrderingKey => Conversation.GetHashCode();
}

public sealed record TakePin(AppId App, ConversationKey Conversation, long Sequence) : StoreChange(App)
{
    public override int OrderingKey => Conversation.GetHashCode();
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
