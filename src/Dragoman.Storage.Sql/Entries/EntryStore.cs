using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Conversations;

namespace Dragoman.Storage.Sql.Entries;

internal sealed class EntryStore(ISqlReaders readers) : IEntryStore
{
    public ValueTask<IReadOnlyList<Entry>> ReadAsync(
        ConversationKey conversation, LogChannel channel, long from, long to, int limit, bool newestFirst, CancellationToken ct) =>
        readers.ReadAsync<Range, IReadOnlyList<Entry>>(
            new(conversation, channel, from, to, limit, newestFirst), static (db, range) => Read(db, range), ct);

    public ValueTask<Entry?> FindAsync(ConversationKey conversation, LogChannel channel, long sequence, CancellationToken ct) =>
        readers.ReadAsync(
            new Range(conversation, channel, sequence, sequence, 1, NewestFirst: false),
            static (db, range) => Read(db, range) is [var entry] ? entry : null,
            ct);

    public ValueTask<IReadOnlyList<Entry>> FindManyAsync(ConversationKey conversation, IReadOnlyList<long> sequences, CancellationToken ct) =>
        sequences.Count == 0 ? new([]) : readers.ReadAsync<(ConversationKey Key, IReadOnlyList<long> Sequences), IReadOnlyList<Entry>>(
            (conversation, sequences), static (db, q) =>
            {
                var log = ConversationRows.FindId(db, q.Key) * 2;
                var found = new List<Entry>(q.Sequences.Count);
                foreach (var sequence in q.Sequences)
                {
                    var row = db.Prepare($"SELECT {EntryRows.Columns} FROM entries WHERE log = ? AND seq = ?").Bind(log).Bind(sequence);
                    while (row.Step()) found.Add(EntryRows.Read(row, q.Key, LogChannel.Timeline));
                }

                return found;
            },
            ct);

    public ValueTask<Entry?> FindByIdAsync(AppId app, MessageId id, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, MessageId Id), Entry?>((app, id), static (db, q) =>
        {
            var row = db.Prepare(
                $"SELECT c.kind, c.a, c.b, e.log, {EntryRows.ColumnsOf("e")} FROM entries e JOIN conversations c ON c.id = e.log / 2 WHERE e.id = ? AND c.app = ?")
                .Bind(q.Id.Value).Bind(q.App.Value);
            var key = row.Step() ? new ConversationKey(q.App, (ConversationKind)row.Int32(0), row.Text(1), row.Text(2)) : default;
            var entry = key == default ? null : EntryRows.Read(row, key, (LogChannel)(row.Int64(3) % 2), first: 4);
            row.Reset();
            return entry;
        }, ct);

    public ValueTask<int> CountUnreadAsync(ConversationKey conversation, long from, long to, CancellationToken ct) =>
        readers.ReadAsync((conversation, from, to), static (db, q) =>
        {
            const long Uncounted = (long)(EntryFlags.NoUnread | EntryFlags.Erased);
            var id = ConversationRows.FindId(db, q.conversation);
            return (int)db.Prepare("SELECT count(*) FROM entries WHERE log = ? AND seq BETWEEN ? AND ? AND content <> ? AND flags & ? = 0 AND recall IS NULL")
                .Bind((id * 2) + (int)LogChannel.Timeline).Bind(q.from).Bind(q.to).Bind((long)ContentKind.Notice).Bind(Uncounted).ScalarOr(0);
        }, ct);

    public ValueTask<IReadOnlySet<long>> HiddenAsync(ConversationKey conversation, UserId user, long from, long to, CancellationToken ct) =>
        readers.ReadAsync<(ConversationKey Key, UserId User, long From, long To), IReadOnlySet<long>>(
            (conversation, user, from, to), static (db, q) =>
            {
                var id = ConversationRows.FindId(db, q.Key);
                var statement = db.Prepare("SELECT seq FROM hidden_entries WHERE app = ? AND user_id = ? AND conv = ? AND seq BETWEEN ? AND ?")
                    .Bind(q.Key.App.Value).Bind(q.User.Value).Bind(id).Bind(q.From).Bind(q.To);
                var hidden = new HashSet<long>();
                while (statement.Step()) hidden.Add(statement.Int64(0));
                return hidden;
            },
            ct);

    public ValueTask<IReadOnlyList<LastEntry>> LastAsync(UserId reader, IReadOnlyList<ConversationKey> conversations, CancellationToken ct) =>
        conversations.Count == 0 ? new([]) : readers.ReadAsync((reader, conversations), static (db, q) => LastEntryRows.Read(db, q.reader, q.conversations), ct);

    public ValueTask<ConversationEnds[]> EndsAsync(IReadOnlyList<ConversationKey> conversations, CancellationToken ct) =>
        conversations.Count == 0 ? new([]) : readers.ReadAsync(conversations, static (db, keys) => EndRows.Read(db, keys), ct);

    private static List<Entry> Read(SqlSession db, Range range)
    {
        var id = ConversationRows.FindId(db, range.Conversation);
        if (id == 0) return [];

        var statement = db.Prepare(range.NewestFirst ? NewestFirstSql : OldestFirstSql)
            .Bind((id * 2) + (int)range.Channel).Bind(range.From).Bind(range.To).Bind(range.Limit);
        var entries = new List<Entry>();
        while (statement.Step()) entries.Add(EntryRows.Read(statement, range.Conversation, range.Channel));
        if (range.NewestFirst) entries.Reverse();
        return entries;
    }

    private const string OldestFirstSql =
        $"SELECT {EntryRows.Columns} FROM entries WHERE log = ? AND seq BETWEEN ? AND ? ORDER BY seq LIMIT ?";

    private const string NewestFirstSql =
        $"SELECT {EntryRows.Columns} FROM entries WHERE log = ? AND seq BETWEEN ? AND ? ORDER BY seq DESC LIMIT ?";

    private readonly record struct Range(
        ConversationKey Conversation, LogChannel Channel, long From, long To, int Limit, bool NewestFirst);
}
