using Dragoman.Engine.Conversations;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Messages;

/// <summary>A user has read a conversation up to a point. The position only moves forward.</summary>
/// <remarks>In a direct conversation the other side learns of it, now or when he comes back; otherwise the own devices do.</remarks>
public sealed class MarkRead(
    UserConversations conversations, ConversationHeads heads, LogWriter journal, OnlineNews news, TimeProvider clock)
{
    /// <summary>A receipt lists at most so many entries one by one; its "up to" covers the rest.</summary>
    private const int MaxListed = 1_000;

    /// <param name="listed">Entries read one by one, also before the position.</param>
    /// <param name="isQuiet">The other side is not told.</param>
    /// <returns>Done; or NotPermitted, ConversationNotFound, SequenceOutOfRange.</returns>
    public async ValueTask<Result<Done>> RunAsync(
        Caller caller,
        UserId reader,
        ConversationKey conversation,
        long upTo,
        IReadOnlyList<long> listed,
        bool isQuiet,
        CancellationToken ct)
    {
        if (!caller.MayActFor(reader)) return Condition.NotPermitted;
        var state = await conversations.FindAsync(reader, conversation, ct);
        if (state is null) return Condition.ConversationNotFound;

        var ends = await heads.EndsAsync(conversation, ct);
        if (upTo > ends.Timeline || listed.Any(seq => seq > ends.Timeline)) return Condition.SequenceOutOfRange;

        var newlyRead = NewlyRead(state.ReadSequence, upTo, listed);
        var position = Math.Max(state.ReadSequence, upTo);
        var notice = new MessagesRead(reader, position, newlyRead) { At = clock.GetUtcNow().ToUnixTimeMilliseconds(), Unread = ends.Timeline - position };
        var advance = new AdvanceRead(caller.App, reader, conversation, position);

        var tellsPeer = conversation.Kind == ConversationKind.Direct && !isQuiet && newlyRead.Count > 0;
        var unit = tellsPeer
            ? new WriteUnit([advance], NoticeEntry.Make(
                caller.Operation, conversation, LogChannel.Changes, reader, Audiences.Of(conversation, reader, roster: null), notice, EntryFlags.NoUnread | EntryFlags.NoPush))
            : new WriteUnit([advance])
            {
                Happened = new(caller.App, new HookEvent { Conversation = conversation, Actor = reader, Operation = caller.Operation, Notice = notice }),
            };
        var refusal = await journal.CommitAsync(unit);
        if (refusal is not null) return refusal;

        if (!tellsPeer)
            news.Tell(caller, conversation, reader, new Events.Audience.Users([reader]), notice);
        return default(Done);
    }

    private static List<long> NewlyRead(long old, long upTo, IReadOnlyList<long> listed)
    {
        var first = Math.Max(old + 1, upTo - MaxListed + 1);
        var all = new SortedSet<long>(listed.Where(seq => seq > 0).Take(MaxListed));
        for (var seq = first; seq <= upTo; seq++) all.Add(seq);
        return [.. all];
    }
}
