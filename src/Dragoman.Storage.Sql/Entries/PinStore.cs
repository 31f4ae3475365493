using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Conversations;

namespace Dragoman.Storage.Sql.Entries;

internal sealed class PinStore(ISqlReaders readers) : IPinStore
{
    private const int PinColumns = 2;

    public ValueTask<(int Count, bool IsPinned)> CountAsync(ConversationKey conversation, long sequence, CancellationToken ct) =>
        readers.ReadAsync((conversation, sequence), static (db, q) =>
        {
            var id = ConversationRows.FindId(db, q.conversation);
            var row = db.Prepare("SELECT count(*), count(CASE WHEN seq = ? THEN 1 END) FROM pins WHERE app = ? AND conv = ?")
                .Bind(q.sequence).Bind(q.conversation.App.Value).Bind(id);
            row.Step();
            var counted = (row.Int32(0), row.Int64(1) > 0);
            row.Reset();
            return counted;
        }, ct);

    public ValueTask<IReadOnlyList<PinnedMessage>> PageAsync(
        ConversationKey conversation, long from, long to, long skip, int take, CancellationToken ct) =>
        readers.ReadAsync<(ConversationKey Key, long From, long To, long Skip, int Take), IReadOnlyList<PinnedMessage>>(
            (conversation, from, to, skip, take), static (db, q) =>
            {
                var id = ConversationRows.FindId(db, q.Key);
                var row = db.Prepare(
                    $"""
                    SELECT p.pinned_by, p.pinned_at, {EntryRows.ColumnsOf("e")} FROM pins p JOIN entries e ON e.log = p.conv * 2 AND e.seq = p.seq
                    WHERE p.app = ? AND p.conv = ? AND p.seq BETWEEN ? AND ? ORDER BY p.pinned_at DESC, p.seq DESC LIMIT ? OFFSET ?
                    """).Bind(q.Key.App.Value).Bind(id).Bind(q.From).Bind(q.To).Bind(q.Take).Bind(q.Skip);
                var page = new List<PinnedMessage>();
                while (row.Step()) page.Add(new(EntryRows.Read(row, q.Key, LogChannel.Timeline, PinColumns), new(row.Text(0)), row.Int64(1)));
                return page;
            },
            ct);
}
