using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Entries;

internal sealed class EntrySearchStore(ISqlReaders readers) : IEntrySearchStore
{
    private const string Matches =
        """
        FROM entries e JOIN conversations c ON c.id = e.log / 2
        WHERE c.app = ? AND e.log % 2 = 0 AND e.id >= ? AND e.sent_at >= ? AND e.sent_at < ?
          AND (? = '' OR e.sender = ?) AND ((? = 0 AND c.kind NOT IN (5, 6)) OR c.kind = ?) AND (? < 0 OR (e.type = ? AND e.origin = ?))
          AND (? = '' OR (c.kind = 2 AND c.a = ?) OR (c.kind IN (1, 4) AND ((c.b = ? AND e.sender = c.a) OR (c.a = ? AND e.sender = c.b))))
        """;

    public ValueTask<(long Total, IReadOnlyList<Entry> Page)> SearchAsync(
        AppId app, EntryQuery query, long skip, int take, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, EntryQuery Query, long Skip, int Take), (long, IReadOnlyList<Entry>)>((app, query, skip, take), static (db, q) =>
        {
            var total = BindQuery(db.Prepare($"SELECT count(*) {Matches}"), q.App, q.Query).ScalarOr(0);
            var row = BindQuery(db.Prepare($"SELECT {Columns}, c.kind, c.a, c.b {Matches} ORDER BY e.id DESC LIMIT ? OFFSET ?"), q.App, q.Query)
                .Bind(q.Take).Bind(q.Skip);
            var page = new List<Entry>();
            while (row.Step())
            {
                var key = new ConversationKey(q.App, (ConversationKind)row.Int32(EntryRows.ColumnCount), row.Text(EntryRows.ColumnCount + 1), row.Text(EntryRows.ColumnCount + 2));
                page.Add(EntryRows.Read(row, key, LogChannel.Timeline));
            }

            return (total, page);
        }, ct);

    public ValueTask<ActivityRanking> RankSendersAsync(
        AppId app, long from, long to, bool withGroups, bool ascending, long skip, int take, CancellationToken ct) =>
        RankAsync(new("e.sender", withGroups ? "c.kind IN (1, 2)" : "c.kind = 1", app, from, to, ascending, skip, take), ct);

    public ValueTask<ActivityRanking> RankGroupsAsync(
        AppId app, long from, long to, bool ascending, long skip, int take, CancellationToken ct) =>
        RankAsync(new("c.a", "c.kind = 2", app, from, to, ascending, skip, take), ct);

    private ValueTask<ActivityRanking> RankAsync(Ranking ranking, CancellationToken ct) =>
        readers.ReadAsync(ranking, static (db, q) => db.ReadConsistently(q, static (db, q) =>
        {
            var said = $"""
                FROM entries e JOIN conversations c ON c.id = e.log / 2
                WHERE c.app = ? AND e.log % 2 = 0 AND e.origin <> 0 AND e.id >= ? AND e.sent_at >= ? AND e.sent_at < ? AND {q.Kinds}
                """;
            var days = new Dictionary<long, long>();
            var row = Bind(db.Prepare($"SELECT e.sent_at / 86400000, count(*) {said} GROUP BY e.sent_at / 86400000"), q);
            while (row.Step()) days[row.Int64(0) * 86_400_000] = row.Int64(1);

            var subjects = Bind(db.Prepare($"SELECT count(DISTINCT {q.Subject}) {said}"), q).ScalarOr(0);
            row = Bind(db.Prepare($"SELECT {q.Subject}, count(*) AS said {said} GROUP BY {q.Subject} ORDER BY said {(q.Ascending ? "ASC" : "DESC")}, {q.Subject} LIMIT ? OFFSET ?"), q)
                .Bind(q.Take).Bind(q.Skip);
            var page = new List<(string, long)>();
            while (row.Step()) page.Add((row.Text(0), row.Int64(1)));
            return new ActivityRanking(days.Values.Sum(), subjects, days, page);
        }), ct);

    private static string Columns { get; } = string.Join(", ", EntryRows.Columns.Split(", ").Select(column => "e." + column));

    private static SqlStatement Bind(SqlStatement statement, Ranking q) =>
        statement.Bind(q.App.Value).Bind(MessageIds.FirstOf(q.From).Value).Bind(q.From).Bind(q.To);

    private static SqlStatement BindQuery(SqlStatement statement, AppId app, EntryQuery query) => statement
        .Bind(app.Value).Bind(MessageIds.FirstOf(query.From).Value).Bind(query.From).Bind(query.To)
        .Bind(query.Sender.Value).Bind(query.Sender.Value)
        .Bind((long)(query.Kind ?? 0)).Bind((long)(query.Kind ?? 0))
        .Bind(query.Type ?? -1).Bind(query.Type ?? -1).Bind(query.Origin.Value)
        .Bind(query.Receiver).Bind(query.Receiver).Bind(query.Receiver).Bind(query.Receiver);

    private readonly record struct Ranking(
        string Subject, string Kinds, AppId App, long From, long To, bool Ascending, long Skip, int Take);
}
