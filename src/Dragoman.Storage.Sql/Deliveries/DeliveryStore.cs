using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Deliveries;
using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Deliveries;

internal sealed class DeliveryStore(ISqlReaders readers) : IDeliveryStore
{
    public ValueTask<IReadOnlyDictionary<ConversationKey, LogPlace>?> FindPlacesAsync(ClientDevice device, CancellationToken ct) =>
        readers.ReadAsync<ClientDevice, IReadOnlyDictionary<ConversationKey, LogPlace>?>(device, static (db, device) =>
        {
            var seen = DeliveryChanges.BindDevice(
                db.Prepare("SELECT seen_at FROM client_devices WHERE app = ? AND user_id = ? AND dialect = ? AND device = ?"), device);
            if (seen.ScalarOr(-1) < 0) return null;

            var row = DeliveryChanges.BindDevice(
                db.Prepare(
                    """
                    SELECT c.kind, c.a, c.b, p.timeline, p.changes FROM delivery_places p JOIN conversations c ON c.id = p.conv
                    WHERE p.app = ? AND p.user_id = ? AND p.dialect = ? AND p.device = ?
                    """),
                device);
            return Read(row, device.App);
        }, ct);

    public ValueTask<IReadOnlyDictionary<ConversationKey, LogPlace>> FarthestPlacesAsync(ClientDevice device, CancellationToken ct) =>
        readers.ReadAsync<ClientDevice, IReadOnlyDictionary<ConversationKey, LogPlace>>(device, static (db, device) =>
        {
            var row = DeliveryChanges.BindDevice(
                db.Prepare(
                    """
                    SELECT c.kind, c.a, c.b, p.timeline, p.changes
                    FROM (SELECT conv, max(timeline) AS timeline, max(changes) AS changes FROM delivery_places
                          WHERE app = ? AND user_id = ? AND dialect = ? AND device <> ? GROUP BY conv) AS p
                    JOIN conversations c ON c.id = p.conv
                    """),
                device);
            return Read(row, device.App);
        }, ct);

    private static Dictionary<ConversationKey, LogPlace> Read(SqlStatement row, AppId app)
    {
        var places = new Dictionary<ConversationKey, LogPlace>();
        while (row.Step()) places[new(app, (ConversationKind)row.Int32(0), row.Text(1), row.Text(2))] = new(row.Int64(3), row.Int64(4));
        return places;
    }
}
