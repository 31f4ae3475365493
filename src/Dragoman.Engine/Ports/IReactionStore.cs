using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;

namespace Dragoman.Engine.Ports;

/// <summary>Reads of how people have reacted to messages.</summary>
public interface IReactionStore
{
    /// <param name="sequences">Messages of one conversation.</param>
    /// <param name="reader">Whose own reactions are marked.</param>
    /// <param name="users">How many of those who react so are named.</param>
    /// <returns>Of each message its reactions, the oldest first; in the order of <paramref name="sequences"/>.</returns>
    ValueTask<IReadOnlyList<ReactionTally>[]> TallyAsync(
        ConversationKey conversation, IReadOnlyList<long> sequences, UserId reader, int users, CancellationToken ct);

    /// <returns>Who reacts so, the oldest first.</returns>
    ValueTask<IReadOnlyList<UserId>> PageAsync(ConversationKey conversation, long sequence, string reaction, long skip, int take, CancellationToken ct);
}
