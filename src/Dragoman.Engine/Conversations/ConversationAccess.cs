using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Conversations;

/// <summary>What of a conversation a user may see.</summary>
/// <param name="First">The first visible sequence, at least 1.</param>
/// <param name="Last">The last visible sequence; smaller than <paramref name="First"/> when nothing is.</param>
public readonly record struct VisibleRange(long First, long Last);

/// <summary>Decides which entries a user is entitled to; every read by a user passes here.</summary>
public sealed class ConversationAccess(UserConversations conversations, ConversationHeads heads)
{
    /// <returns>The range; or ConversationNotFound for somebody who has no part in it.</returns>
    public async ValueTask<Result<VisibleRange>> RangeAsync(
        UserId user, ConversationKey conversation, LogChannel channel, CancellationToken ct)
    {
        var state = await conversations.FindSettingsAsync(user, conversation, ct);
        if (state is null && !(conversation.Kind == ConversationKind.Inbox && conversation.Names(user)))
            return Condition.ConversationNotFound;

        var ends = await heads.EndsAsync(conversation, ct);
        return Range(state, ends, channel);
    }

    /// <summary>How many visible entries of the timeline lie after the read position.</summary>
    public static long Unread(UserConversation state, ConversationEnds ends) =>
        Math.Max(0, Range(state, ends, LogChannel.Timeline).Last - state.ReadSequence);

    public static VisibleRange Range(UserConversation? state, ConversationEnds ends, LogChannel channel)
    {
        if (channel == LogChannel.Changes) return new(1, state is { MaxChange: > 0 } ? Math.Min(ends.Changes, state.MaxChange) : ends.Changes);

        var last = state is { MaxSequence: > 0 } ? Math.Min(ends.Timeline, state.MaxSequence) : ends.Timeline;
        return new(Math.Max(Math.Max(1, ends.First), state?.MinSequence ?? 1), last);
    }
}
