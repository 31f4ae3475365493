using Dragoman.Engine.Conversations;

namespace Dragoman.Engine.Ports;

/// <summary>Reads of what users keep about their conversations.</summary>
public interface IUserConversationStore
{
    ValueTask<UserConversation?> FindAsync(UserId user, ConversationKey conversation, CancellationToken ct);

    /// <summary>Some of a user's conversations, in a stable order: not those that he took off his list, not topics, not his inbox.</summary>
    /// <returns>How many there are in all, and the page.</returns>
    ValueTask<(int Total, IReadOnlyList<UserConversation> Page)> PageAsync(AppId app, UserId user, long skip, int take, CancellationToken ct);

    /// <summary>All conversations of a user, his own inbox included when it has anything.</summary>
    ValueTask<IReadOnlyList<UserConversation>> ListAsync(AppId app, UserId user, CancellationToken ct);
}
