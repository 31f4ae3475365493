using Dragoman.Engine.Accounts;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Sql.Accounts;

internal static class ClientLogChanges
{
    public static void Enter(ChangeTable table)
    {
        table.On<AddClientLogs>((to, change) =>
        {
            foreach (var log in change.Logs) Add(to.Db, change, log);
            MakeRoom(to.Db, change);
        });
        table.On<RemoveClientLogs>((to, change) =>
        {
            foreach (var id in change.Ids) to.Db.Prepare("DELETE FROM client_logs WHERE app = ? AND id = ?").Bind(change.App.Value).Bind(id).Run();
        });
    }

    private static void Add(SqlSession db, AddClientLogs change, ClientLog log) =>
        db.Prepare(
            """
            INSERT INTO client_logs (app, id, user_id, dialect, slot, url, file_name, framework, version, extra, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
            .Bind(change.App.Value).Bind(log.Id).Bind(change.User.Value).Bind(log.Device.Dialect.Value).Bind(log.Device.Value).Bind(log.Url).Bind(log.FileName)
            .Bind(log.Framework).Bind(log.Version).Bind(log.Extra).Bind(log.CreatedAt)
            .Run();

    private static void MakeRoom(SqlSession db, AddClientLogs change) =>
        db.Prepare(
            """
            DELETE FROM client_logs WHERE app = ? AND id IN (
                SELECT id FROM client_logs WHERE app = ? AND user_id = ? ORDER BY created_at DESC, id DESC LIMIT 100000 OFFSET ?)
            """)
            .Bind(change.App.Value).Bind(change.App.Value).Bind(change.User.Value).Bind(change.Keep)
            .Run();
}
