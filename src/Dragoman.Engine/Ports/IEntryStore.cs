using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;

namespace Dragoman.Engine.Ports;

/// <summary>Reads of the logs.</summary>
public interface IEntryStore
{
    /// <summary>Entries of a log with <paramref name="from"/> ≤ sequence ≤ <paramref name="to"/>, ascending.</summary>
    /// <param name="limit">At most so many; when there are more, the ones nearest to the end that <paramref name="newestFirst"/> names.</param>
    ValueTask<IReadOnlyList<Entry>> ReadAsync(
        ConversationKey conversation, LogChannel channel, long from, long to, int limit, bool newestFirst, CancellationToken ct);

    ValueTask<Entry?> FindAsync(ConversationKey conversation, LogChannel channel, long sequence, CancellationToken ct);

    /// <summary>Entries of the timeline; what is not there is left out.</summary>
    ValueTask<IReadOnlyList<Entry>> FindManyAsync(ConversationKey conversation, IReadOnlyList<long> sequences, CancellationToken ct);

    /// <summary>An entry of either log by its id, for those whose clients know messages by nothing else.</summary>
    ValueTask<Entry?> FindByIdAsync(AppId app, MessageId id, CancellationToken ct);

    /// <summary>How many messages of a range of the timeline are to be read: neither notices nor what was taken back, erased, or said not to count.</summary>
    ValueTask<int> CountUnreadAsync(ConversationKey conversation, long from, long to, CancellationToken ct);

    /// <summary>The sequences of this range that the user took out of his sight.</summary>
    ValueTask<IReadOnlySet<long>> HiddenAsync(ConversationKey conversation, UserId user, long from, long to, CancellationToken ct);

    /// <summary>Of each conversation that the reader has on his list the last entry of the timeline that he can still see, with the stored read positions.</summary>
    ValueTask<IReadOnlyList<LastEntry>> LastAsync(UserId reader, IReadOnlyList<ConversationKey> conversations, CancellationToken ct);

    /// <param name="conversations">Of one app.</param>
    /// <returns>How far each has grown, in the same order; zeros for one that is not there.</returns>
    ValueTask<ConversationEnds[]> EndsAsync(IReadOnlyList<ConversationKey> conversations, CancellationToken ct);
}
