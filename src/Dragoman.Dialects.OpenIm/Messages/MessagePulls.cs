using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>Reads of history in the vendor's three shapes (section 10.2).</summary>
internal sealed class MessagePulls(PullEntries pull, LastEntries last, UserConversations conversations, MessageRenderer renderer)
{
    /// <summary>Entries that one conversation brings in one answer; the SDKs ask again for the rest.</summary>
    private const int MaxPerConversation = 500;

    private const int MaxConversations = 1_000;

    /// <summary>Named entries of so many sequences are read at once, with what lies between them.</summary>
    private const int MaxGap = 100;

    /// <summary>Bytes of bodies after which an answer takes no further conversation: a request may ask for any number of them.</summary>
    private const int MaxAnswerBytes = 8 * 1024 * 1024;

    /// <summary>Request 1002: a range for each conversation.</summary>
    public async ValueTask<PullMessageBySeqsResp> ByRangeAsync(
        AppId app, UserId user, PullMessageBySeqsReq request, CancellationToken ct)
    {
        var reply = new PullMessageBySeqsResp();
        var bytes = 0L;
        foreach (var range in request.SeqRanges.Take(MaxConversations))
        {
            if (bytes > MaxAnswerBytes) break;
            var isNotification = ConversationIds.IsNotification(range.ConversationID);
            var limit = isNotification || range.Num is <= 0 or > MaxPerConversation ? MaxPerConversation : (int)range.Num;
            var found = await PullAsync(app, user, range.ConversationID, range.Begin, range.End, limit, newestFirst: !isNotification, ct);
            if (found is not var (key, pulled)) continue;

            var visible = pulled.Range;
            if (!isNotification && (visible.First > visible.Last || Math.Max(range.Begin, visible.First) > Math.Min(range.End, visible.Last)))
                continue;

            var messages = new PullMsgs
            {
                IsEnd = request.Order == PullOrder.Desc ? range.Begin <= visible.First : visible.Last <= range.End,
            };
            bytes += pulled.Entries.Sum(e => (long)e.Body.Length);
            var read = await ReadAsync(user, key, ct);
            messages.Msgs.Add(pulled.Entries.Select(e => renderer.Render(e, pulled.Hidden.Contains(e.Sequence), read.Covers(e))));
            (isNotification ? reply.NotificationMsgs : reply.Msgs)[range.ConversationID] = messages;
        }

        return reply;
    }

    /// <summary>Request 1005: named sequences, one answer for each.</summary>
    public async ValueTask<GetSeqMessageResp> BySeqsAsync(AppId app, UserId user, GetSeqMessageReq request, CancellationToken ct)
    {
        var reply = new GetSeqMessageResp();
        var bytes = 0L;
        foreach (var asked in request.Conversations.Take(MaxConversations))
        {
            if (bytes > MaxAnswerBytes) break;
            if (asked.Seqs.Count == 0) continue;
            long[] wanted = [.. asked.Seqs.Distinct().Order().TakeLast(MaxPerConversation)];
            var isNotification = ConversationIds.IsNotification(asked.ConversationID);
            var found = await PullNamedAsync(app, user, asked.ConversationID, wanted, ct);
            if (found is not var (key, range, entries, hidden)) continue;

            bytes += entries.Values.Sum(e => (long)e.Body.Length);
            var messages = new PullMsgs();
            if (request.Order == PullOrder.Desc && wanted[0] < range.First) (messages.IsEnd, messages.EndSeq) = (true, range.First);
            if (request.Order == PullOrder.Asc && wanted[^1] > range.Last) (messages.IsEnd, messages.EndSeq) = (true, range.Last);

            var read = await ReadAsync(user, key, ct);
            foreach (var seq in wanted.Where(seq => seq >= range.First && seq <= range.Last))
            {
                messages.Msgs.Add(entries.TryGetValue(seq, out var entry)
                    ? renderer.Render(entry, hidden.Contains(seq), read.Covers(entry))
                    : MessageRenderer.Missing(seq));
            }

            (isNotification ? reply.NotificationMsgs : reply.Msgs)[asked.ConversationID] = messages;
        }

        return reply;
    }

    /// <summary>Request 1007: the last message of each conversation that the user can still see.</summary>
    public async ValueTask<GetLastMessageResp> LastAsync(AppId app, UserId user, GetLastMessageReq request, CancellationToken ct)
    {
        var reply = new GetLastMessageResp();
        var keys = new Dictionary<ConversationKey, string>();
        foreach (var id in request.ConversationIDs.Distinct().Take(MaxConversations))
        {
            if (ConversationIds.IsNotification(id)) await AddLastNotificationAsync(app, user, id, reply, ct);
            else if (ConversationIds.Parse(app, user, id) is { } key) keys[key] = id;
        }

        foreach (var (entry, read, peerRead) in await last.RunAsync(user, [.. keys.Keys], ct))
            reply.Msgs[keys[entry.Conversation]] = renderer.Render(entry, isHidden: false, new ReadMarks(user, read, peerRead).Covers(entry));
        return reply;
    }

    /// <summary>A channel has no hidden entries, and few that are asked for.</summary>
    private async ValueTask AddLastNotificationAsync(AppId app, UserId user, string id, GetLastMessageResp reply, CancellationToken ct)
    {
        const int looksBack = 50;
        var found = await PullAsync(app, user, id, 1, long.MaxValue, looksBack, newestFirst: true, ct);
        if (found is not var (key, pulled)) return;

        var newest = pulled.Entries.LastOrDefault(e => (e.Flags & EntryFlags.Erased) == 0);
        if (newest is not null) reply.Msgs[id] = renderer.Render(newest, isHidden: false, (await ReadAsync(user, key, ct)).Covers(newest));
    }

    /// <summary>
    /// Reads named sequences, near ones together. All of them, however far apart: one that is not read would look deleted.
    /// </summary>
    /// <param name="wanted">Ascending, at least one.</param>
    private async ValueTask<(ConversationKey Key, VisibleRange Range, Dictionary<long, Entry> Entries, HashSet<long> Hidden)?> PullNamedAsync(
        AppId app, UserId user, string id, long[] wanted, CancellationToken ct)
    {
        var (entries, hidden) = (new Dictionary<long, Entry>(), new HashSet<long>());
        for (var i = 0; ;)
        {
            var (from, last) = (wanted[i], i);
            while (last + 1 < wanted.Length && (ulong)(wanted[last + 1] - from) < MaxGap) last++;

            var found = await PullAsync(app, user, id, from, wanted[last], MaxGap, newestFirst: true, ct);
            if (found is not var (key, pulled)) return null;

            foreach (var entry in pulled.Entries) entries[entry.Sequence] = entry;
            hidden.UnionWith(pulled.Hidden);
            i = last + 1;
            if (i == wanted.Length || wanted[i] > pulled.Range.Last) return (key, pulled.Range, entries, hidden);
        }
    }

    private async ValueTask<(ConversationKey Key, PulledEntries Pulled)?> PullAsync(
        AppId app, UserId user, string id, long from, long to, int limit, bool newestFirst, CancellationToken ct)
    {
        IEnumerable<(ConversationKey Key, LogChannel Channel)> candidates = ConversationIds.IsNotification(id)
            ? ConversationIds.ParseNotification(app, user, id)
            : ConversationIds.Parse(app, user, id) is { } named ? [(named, LogChannel.Timeline)] : [];
        foreach (var (key, channel) in candidates)
        {
            var pulled = await pull.RunAsync(user, key, channel, from, to, limit, newestFirst, ct);
            if (pulled.TryGet(out var entries, out _)) return (key, entries);
        }

        return null;
    }

    private async ValueTask<ReadMarks> ReadAsync(UserId user, ConversationKey key, CancellationToken ct)
    {
        if (key.Kind != ConversationKind.Direct) return new(user, Own: 0, Peer: 0);
        var own = await conversations.FindAsync(user, key, ct);
        var peer = await conversations.FindAsync(key.PeerOf(user), key, ct);
        return new(user, own?.ReadSequence ?? 0, peer?.ReadSequence ?? 0);
    }

    /// <summary>How far both of two have read: the vendor's <c>isRead</c> is about the one who did not write.</summary>
    private readonly record struct ReadMarks(UserId User, long Own, long Peer)
    {
        public bool Covers(Entry entry) => entry.Sequence <= (entry.Sender == User ? Peer : Own);
    }
}
