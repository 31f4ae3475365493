using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Push;

namespace Dragoman.Storage.Sql.Push;

internal sealed class DeviceStore(ISqlReaders readers) : IDeviceStore
{
    public ValueTask<IReadOnlyList<PushBinding>> BindingsAsync(AppId app, UserId user, DialectId dialect, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, UserId User, DialectId Dialect), IReadOnlyList<PushBinding>>((app, user, dialect), static (db, key) =>
        {
            var row = db.Prepare("SELECT device, notifier, token, updated_at FROM push_bindings WHERE app = ? AND user_id = ? AND dialect = ? ORDER BY device, notifier")
                .Bind(key.App.Value).Bind(key.User.Value).Bind((long)key.Dialect.Value);
            var bindings = new List<PushBinding>();
            while (row.Step()) bindings.Add(new(key.User, key.Dialect, row.Text(0), row.Text(1), row.Text(2), row.Int64(3)));
            return bindings;
        }, ct);

    public ValueTask<IReadOnlyList<DeviceToken>> ListAsync(AppId app, UserId user, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, UserId User), IReadOnlyList<DeviceToken>>((app, user), static (db, key) =>
        {
            var row = db.Prepare("SELECT slot, provider, token, badge, expires_at, updated_at, dialect FROM push_devices WHERE app = ? AND user_id = ? ORDER BY dialect, slot")
                .Bind(key.App.Value).Bind(key.User.Value);
            var devices = new List<DeviceToken>();
            while (row.Step())
            {
                devices.Add(new DeviceToken
                {
                    User = key.User,
                    Device = new DeviceSlot(new DialectId((byte)row.Int32(6)), row.Int32(0)),
                    Provider = (PushProvider)row.Int32(1),
                    Token = row.Text(2),
                    Badge = row.Int32(3),
                    ExpiresAt = row.Int64(4),
                    UpdatedAt = row.Int64(5),
                });
            }

            return devices;
        }, ct);
}
