using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Conversations;

/// <summary>
/// Read positions that move by themselves: who speaks has read his own words. After a crash an older position only makes some own
/// messages count as unread.
/// </summary>
public sealed class ReadCursors(LogWriter journal, EngineLimits limits, TimeProvider clock) : IAsyncDisposable
{
    private readonly Coalesced<(UserId User, ConversationKey Conversation), long> _moves = new(
        journal,
        Math.Max,
        static (key, sequence) => new AdvanceRead(key.Conversation.App, key.User, key.Conversation, sequence),
        limits.ReadFlushInterval,
        clock);

    public void Start() => _moves.Start();

    public void Advance(UserId user, ConversationKey conversation, long sequence)
    {
        if (conversation.Kind != ConversationKind.Room) _moves.Move((user, conversation), sequence); // nobody keeps a place in a room
    }

    /// <summary>The state with the position that it will have on disk soon.</summary>
    public UserConversation Apply(UserConversation state)
    {
        var read = Apply(state.User, state.Conversation, state.ReadSequence);
        return read == state.ReadSequence ? state : state with { ReadSequence = read };
    }

    /// <summary>The same for a position alone.</summary>
    public long Apply(UserId user, ConversationKey conversation, long read) => _moves.Apply((user, conversation), read);

    /// <summary>Writes what moved since the last time.</summary>
    public Task FlushAsync() => _moves.FlushAsync();

    public ValueTask DisposeAsync() => _moves.DisposeAsync();
}
