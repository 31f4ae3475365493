using Dragoman.Engine.Conversations;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Messages;

/// <param name="Entries">Ascending.</param>
/// <param name="Hidden">Sequences among them that the reader took out of his own sight.</param>
/// <param name="Range">All that the reader may see.</param>
public sealed record PulledEntries(IReadOnlyList<Entry> Entries, IReadOnlySet<long> Hidden, VisibleRange Range);

/// <summary>Reads a part of a log as one user is entitled to see it.</summary>
public sealed class PullEntries(ConversationAccess access, IEntryStore entries)
{
    private static readonly IReadOnlySet<long> Nothing = new HashSet<long>();

    /// <param name="limit">At most so many entries, those nearest to <paramref name="to"/> when <paramref name="newestFirst"/>.</param>
    /// <returns>The entries, possibly none; or ConversationNotFound.</returns>
    public async ValueTask<Result<PulledEntries>> RunAsync(
        UserId reader,
        ConversationKey conversation,
        LogChannel channel,
        long from,
        long to,
        int limit,
        bool newestFirst,
        CancellationToken ct)
    {
        var visible = await access.RangeAsync(reader, conversation, channel, ct);
        if (!visible.TryGet(out var range, out var refusal)) return refusal;

        from = Math.Max(from, range.First);
        to = Math.Min(to, range.Last);
        if (from > to || limit <= 0) return new PulledEntries([], Nothing, range);

        var found = await entries.ReadAsync(conversation, channel, from, to, limit, newestFirst, ct);
        var hidden = channel == LogChannel.Timeline && found.Count > 0
            ? await entries.HiddenAsync(conversation, reader, found[0].Sequence, found[^1].Sequence, ct)
            : Nothing;
        if (channel == LogChannel.Changes) await AttachAsync(reader, conversation, found, ct);
        return new PulledEntries(found, hidden, range);
    }

    /// <summary>What says that a message was edited is handed out with the message as it is now, if the reader can see it: recalled words are nowhere else.</summary>
    private async ValueTask AttachAsync(UserId reader, ConversationKey conversation, IReadOnlyList<Entry> changes, CancellationToken ct)
    {
        List<Entry>? edits = null;
        foreach (var entry in changes)
        {
            if (entry.Notice is MessageEdited) (edits ??= []).Add(entry);
        }

        if (edits is null || !(await access.RangeAsync(reader, conversation, LogChannel.Timeline, ct)).TryGet(out var range, out _)) return;

        long[] seen = [.. edits.Select(SequenceOf).Distinct().Where(sequence => sequence >= range.First && sequence <= range.Last)];
        var messages = await entries.FindManyAsync(conversation, seen, ct);
        var living = messages.Where(message => !message.IsGone).ToDictionary(message => message.Sequence);
        foreach (var edit in edits) edit.About = living.GetValueOrDefault(SequenceOf(edit));

        static long SequenceOf(Entry edit) => ((MessageEdited)edit.Notice!).Sequence;
    }
}
