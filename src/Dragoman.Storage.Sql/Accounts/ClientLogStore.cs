using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Accounts;

internal sealed class ClientLogStore(ISqlReaders readers) : IClientLogStore
{
    private const string Where = @"WHERE app = ? AND created_at >= ? AND created_at <= ? AND user_id LIKE ? ESCAPE '\'";

    public ValueTask<bool> ExistsAsync(AppId app, string id, CancellationToken ct) =>
        readers.ReadAsync((app, id), static (db, key) =>
            db.Prepare("SELECT 1 FROM client_logs WHERE app = ? AND id = ?").Bind(key.app.Value).Bind(key.id).ScalarOr(0) != 0, ct);

    public ValueTask<ClientLogPage> SearchAsync(AppId app, ClientLogQuery query, CancellationToken ct) =>
        readers.ReadAsync((app, query), static (db, key) => db.ReadConsistently(key, static (db, key) =>
        {
            var total = (int)Bind(db.Prepare($"SELECT count(*) FROM client_logs {Where}"), key.app, key.query).ScalarOr(0);
            var row = Bind(
                db.Prepare(
                    $"""
                    SELECT id, user_id, slot, url, file_name, framework, version, extra, created_at, dialect
                    FROM client_logs {Where} ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?
                    """),
                key.app,
                key.query).Bind(key.query.Take).Bind(key.query.Skip);
            var logs = new List<ClientLog>();
            while (row.Step())
            {
                logs.Add(new ClientLog
                {
                    Id = row.Text(0),
                    User = new UserId(row.Text(1)),
                    Device = new DeviceSlot(new DialectId((byte)row.Int32(9)), row.Int32(2)),
                    Url = row.Text(3),
                    FileName = row.Text(4),
                    Framework = row.Text(5),
                    Version = row.Text(6),
                    Extra = row.Text(7),
                    CreatedAt = row.Int64(8),
                });
            }

            return new ClientLogPage(total, logs);
        }), ct);

    private static SqlStatement Bind(SqlStatement statement, AppId app, ClientLogQuery query) =>
        statement.Bind(app.Value).Bind(query.From).Bind(query.To).Bind($"%{Escape(query.UserPart)}%");

    private static string Escape(string text) => text.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_");
}
