using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;

namespace Dragoman.Engine.Deliveries;

/// <param name="Entries">Of both logs, in the order of their ids.</param>
/// <param name="Place">Behind the last of them, and behind what was passed over.</param>
/// <param name="IsLast">Nothing lies behind the place.</param>
public sealed record UndeliveredPage(IReadOnlyList<Entry> Entries, LogPlace Place, bool IsLast);

/// <summary>Reads what a device has not got yet of one conversation: both logs as one, as its user is entitled to see them.</summary>
/// <remarks>
/// What was said before the conversation came onto his list is history, and what he took out of his sight is passed over;
/// so is what people say in a group that he wants to hear nothing of.
/// </remarks>
public sealed class ReadUndelivered(PullEntries pull, UserConversations conversations)
{
    /// <param name="limit">Entries at most, at least one.</param>
    /// <returns>The page; or ConversationNotFound.</returns>
    public async ValueTask<Result<UndeliveredPage>> RunAsync(
        UserId reader, ConversationKey conversation, LogPlace after, int limit, CancellationToken ct)
    {
        var said = await PullAsync(reader, conversation, LogChannel.Timeline, after.Timeline, limit, ct);
        if (!said.TryGet(out var timeline, out var refusal)) return refusal;
        var done = await PullAsync(reader, conversation, LogChannel.Changes, after.Changes, limit, ct);
        if (!done.TryGet(out var changes, out refusal)) return refusal;

        var state = await conversations.FindSettingsAsync(reader, conversation, ct);
        var since = state?.CreatedAt ?? 0;
        var refuses = conversation.Kind == ConversationKind.Group && state is { Receive: ReceiveOption.Refuse };
        var page = new List<Entry>(Math.Min(limit, timeline.Entries.Count + changes.Entries.Count));
        int i = 0, j = 0;
        while (page.Count < limit && (i < timeline.Entries.Count || j < changes.Entries.Count))
        {
            var isSaid = j == changes.Entries.Count || (i < timeline.Entries.Count && timeline.Entries[i].Id.Value < changes.Entries[j].Id.Value);
            var entry = isSaid ? timeline.Entries[i++] : changes.Entries[j++];
            if (entry.SentAt < since || (entry.Flags & EntryFlags.Erased) != 0 || (isSaid && timeline.Hidden.Contains(entry.Sequence))) continue;
            if (refuses && (entry.Notice is null or MessageEdited)) continue;
            page.Add(entry);
        }

        var place = new LogPlace(PlaceOf(timeline, i, after.Timeline), PlaceOf(changes, j, after.Changes));
        return new UndeliveredPage(page, place, place.Timeline >= timeline.Range.Last && place.Changes >= changes.Range.Last);
    }

    private ValueTask<Result<PulledEntries>> PullAsync(
        UserId reader, ConversationKey conversation, LogChannel channel, long after, int limit, CancellationToken ct) =>
        pull.RunAsync(reader, conversation, channel, after + 1, long.MaxValue, limit, newestFirst: false, ct);

    /// <param name="used">How many of the entries are in the page or were passed over.</param>
    private static long PlaceOf(PulledEntries pulled, int used, long after)
    {
        if (used > 0) return pulled.Entries[used - 1].Sequence;

        // Nothing was there to use: whatever is before the visible range is behind the place, too.
        return pulled.Entries.Count == 0 ? Math.Max(after, pulled.Range.Last) : after;
    }
}
