using Dragoman.Engine.Deliveries;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Sql.Deliveries;

internal static class DeliveryChanges
{
    private const string IsDevice = "app = ? AND user_id = ? AND dialect = ? AND device = ?";

    public static void Enter(ChangeTable table)
    {
        table.On<PutClientDevice>((to, change) =>
            BindDevice(
                to.Db.Prepare(
                    """
                    INSERT INTO client_devices (app, user_id, dialect, device, seen_at) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (app, user_id, dialect, device) DO UPDATE SET seen_at = excluded.seen_at
                    """),
                change.Device).Bind(change.At).Run());
        table.On<ForgetClientDevices>((to, change) => Forget(to.Db, change));
        table.On<AdvanceDelivery>((to, change) => Advance(to.Db, change, to.IdOf(change.Conversation)));
    }

    private static void Advance(SqlSession db, AdvanceDelivery change, long conversation) =>
        BindDevice(
            db.Prepare(
                """
                INSERT INTO delivery_places (app, user_id, dialect, device, conv, timeline, changes) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (app, user_id, dialect, device, conv) DO UPDATE
                SET timeline = CASE WHEN excluded.timeline > delivery_places.timeline THEN excluded.timeline ELSE delivery_places.timeline END,
                    changes = CASE WHEN excluded.changes > delivery_places.changes THEN excluded.changes ELSE delivery_places.changes END
                """),
            change.Device).Bind(conversation).Bind(change.Place.Timeline).Bind(change.Place.Changes).Run();

    private static void Forget(SqlSession db, ForgetClientDevices change)
    {
        var kept = change.Device;
        var row = db.Prepare("SELECT device, seen_at FROM client_devices WHERE app = ? AND user_id = ? AND dialect = ? ORDER BY seen_at DESC, device")
            .Bind(kept.App.Value).Bind(kept.User.Value).Bind((long)kept.Dialect.Value);
        var gone = new List<string>();
        var others = 0;
        while (row.Step())
        {
            var name = row.Text(0);
            if (name == kept.Name) continue;
            others++;
            if (others >= change.Kept || row.Int64(1) < change.SeenBefore) gone.Add(name);
        }

        foreach (var name in gone)
        {
            BindDevice(db.Prepare($"DELETE FROM delivery_places WHERE {IsDevice}"), kept with { Name = name }).Run();
            BindDevice(db.Prepare($"DELETE FROM client_devices WHERE {IsDevice}"), kept with { Name = name }).Run();
        }
    }

    internal static SqlStatement BindDevice(SqlStatement statement, ClientDevice device) =>
        statement.Bind(device.App.Value).Bind(device.User.Value).Bind((long)device.Dialect.Value).Bind(device.Name);
}
