using Dragoman.Engine.Conversations;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Messages;

/// <summary>Which messages are wanted.</summary>
/// <param name="After">The sequence after which to read on, in the direction of reading; null from the very end or beginning.</param>
/// <param name="Limit">At most so many, at least 1.</param>
public sealed record HistoryQuery(long? After, int Limit, bool IsOldestFirst)
{
    /// <summary>Null is any.</summary>
    public IReadOnlySet<ContentKind>? Kinds { get; init; }

    /// <inheritdoc cref="Kinds"/>
    public UserId? Sender { get; init; }

    /// <summary>Unix milliseconds, itself included.</summary>
    public long From { get; init; }

    /// <inheritdoc cref="From"/>
    public long To { get; init; } = long.MaxValue;
}

/// <param name="Entries">In the direction of reading.</param>
/// <param name="Next">From where to read on: <see cref="HistoryQuery.After"/> of the next question.</param>
/// <param name="IsLast">Nothing lies behind it.</param>
public sealed record HistoryPage(IReadOnlyList<Entry> Entries, long Next, bool IsLast);

/// <summary>Reads what was said in a conversation, as one user may see it: no notices, nothing taken back, erased or hidden.</summary>
public sealed class ReadHistory(PullEntries pull)
{
    private const int PageSize = 200;

    /// <summary>Entries that one question looks at: who filters for what is rare gets a short page and asks again.</summary>
    private const int MaxLooked = 2_000;

    /// <returns>The page; or ConversationNotFound.</returns>
    public async ValueTask<Result<HistoryPage>> RunAsync(UserId reader, ConversationKey conversation, HistoryQuery query, CancellationToken ct)
    {
        var found = new List<Entry>();
        var next = query.After ?? (query.IsOldestFirst ? 0 : long.MaxValue);
        for (var looked = 0; looked < MaxLooked;)
        {
            var (from, to) = query.IsOldestFirst ? (next + 1, long.MaxValue) : (1L, next == long.MaxValue ? next : next - 1);
            var read = await pull.RunAsync(reader, conversation, LogChannel.Timeline, from, to, PageSize, !query.IsOldestFirst, ct);
            if (!read.TryGet(out var page, out var refusal)) return refusal;

            for (var i = 0; i < page.Entries.Count; i++)
            {
                var entry = page.Entries[query.IsOldestFirst ? i : page.Entries.Count - 1 - i];
                if (query.IsOldestFirst ? entry.SentAt > query.To : entry.SentAt < query.From) return new HistoryPage(found, next, IsLast: true);
                if (IsWanted(entry, query) && !page.Hidden.Contains(entry.Sequence))
                {
                    if (found.Count == query.Limit) return new HistoryPage(found, next, IsLast: false);
                    found.Add(entry);
                }

                next = entry.Sequence;
            }

            if (page.Entries.Count < PageSize) return new HistoryPage(found, next, IsLast: true);
            looked += page.Entries.Count;
        }

        return new HistoryPage(found, next, IsLast: false);
    }

    private static bool IsWanted(Entry entry, HistoryQuery query) =>
        entry.Notice is null
        && !entry.IsRecalled
        && (entry.Flags & EntryFlags.Erased) == 0
        && entry.SentAt >= query.From
        && entry.SentAt <= query.To
        && query.Kinds?.Contains(entry.Content) != false
        && (query.Sender is not { } sender || entry.Sender == sender);
}
