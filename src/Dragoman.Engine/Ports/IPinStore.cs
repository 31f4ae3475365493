using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;

namespace Dragoman.Engine.Ports;

/// <summary>Reads of the messages that are pinned in conversations.</summary>
public interface IPinStore
{
    /// <summary>How many are pinned, and whether this one is.</summary>
    ValueTask<(int Count, bool IsPinned)> CountAsync(ConversationKey conversation, long sequence, CancellationToken ct);

    /// <param name="from">Only messages from this sequence to <paramref name="to"/>, both included.</param>
    /// <returns>The ones that were pinned last first.</returns>
    ValueTask<IReadOnlyList<PinnedMessage>> PageAsync(
        ConversationKey conversation, long from, long to, long skip, int take, CancellationToken ct);
}
