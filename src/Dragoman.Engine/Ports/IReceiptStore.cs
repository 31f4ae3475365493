using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;

namespace Dragoman.Engine.Ports;

/// <summary>Reads of who has read what in groups.</summary>
public interface IReceiptStore
{
    /// <summary>How many have, and whether this reader is among them.</summary>
    ValueTask<(int Count, bool HasRead)> CountAsync(ConversationKey conversation, long sequence, UserId reader, CancellationToken ct);

    /// <summary>Readers in the order of their ids.</summary>
    /// <param name="after">The id after which to begin.</param>
    ValueTask<IReadOnlyList<GroupReceipt>> PageAsync(ConversationKey conversation, long sequence, string after, int limit, CancellationToken ct);
}
