using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Sql.Push;

internal static class DeviceChanges
{
    public static void Enter(ChangeTable table)
    {
        table.On<PutDeviceToken>((to, change) => Put(to.Db, change));
        table.On<RemoveDeviceToken>((to, change) =>
            to.Db.Prepare("UPDATE push_devices SET provider = 0, token = '', expires_at = 0 WHERE app = ? AND user_id = ? AND dialect = ? AND slot = ?")
                .Bind(change.App.Value).Bind(change.User.Value).Bind(change.Device.Dialect.Value).Bind(change.Device.Value).Run());
        table.On<PutPushBinding>((to, change) =>
            to.Db.Prepare(
                """
                INSERT INTO push_bindings (app, user_id, dialect, device, notifier, token, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (app, user_id, dialect, device, notifier) DO UPDATE SET token = excluded.token, updated_at = excluded.updated_at
                """)
                .Bind(change.App.Value).Bind(change.Binding.User.Value).Bind((long)change.Binding.Dialect.Value).Bind(change.Binding.Device)
                .Bind(change.Binding.Notifier).Bind(change.Binding.Token).Bind(change.Binding.UpdatedAt).Run());
        table.On<RemovePushBindings>((to, change) =>
            to.Db.Prepare("DELETE FROM push_bindings WHERE app = ? AND user_id = ? AND dialect = ? AND device = ? AND (? = '' OR notifier = ?)")
                .Bind(change.App.Value).Bind(change.User.Value).Bind((long)change.Dialect.Value).Bind(change.Device)
                .Bind(change.Notifier).Bind(change.Notifier).Run());
        table.On<PutBadge>((to, change) =>
            to.Db.Prepare(
                """
                INSERT INTO push_devices (app, user_id, dialect, slot, provider, token, badge, expires_at, updated_at) VALUES (?, ?, ?, ?, 0, '', ?, 0, ?)
                ON CONFLICT (app, user_id, dialect, slot) DO UPDATE SET badge = excluded.badge, updated_at = excluded.updated_at
                """)
                .Bind(change.App.Value).Bind(change.User.Value).Bind(change.Device.Dialect.Value).Bind(change.Device.Value).Bind(change.Badge).Bind(change.At).Run());
    }

    private static void Put(SqlSession db, PutDeviceToken change)
    {
        var device = change.Device;
        db.Prepare(
            """
            INSERT INTO push_devices (app, user_id, dialect, slot, provider, token, badge, expires_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)
            ON CONFLICT (app, user_id, dialect, slot) DO UPDATE
            SET provider = excluded.provider, token = excluded.token, expires_at = excluded.expires_at, updated_at = excluded.updated_at
            """)
            .Bind(change.App.Value).Bind(device.User.Value).Bind(device.Device.Dialect.Value).Bind(device.Device.Value)
            .Bind((long)device.Provider).Bind(device.Token).Bind(device.ExpiresAt).Bind(device.UpdatedAt)
            .Run();
    }
}
