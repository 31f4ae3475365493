using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Push;

namespace Dragoman.Storage.Sql.Push;

internal sealed class DeviceStore(ISqlReaders readers) : IDeviceStore
{
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
