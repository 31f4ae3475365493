using Dragoman.Engine;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Hooks;

internal sealed class OutboxStore(ISqlReaders readers) : IOutboxStore
{
    public ValueTask<IReadOnlyList<OutboxItem>> DueAsync(long now, long after, int limit, CancellationToken ct) =>
        readers.ReadAsync<(long Now, long After, int Limit), IReadOnlyList<OutboxItem>>((now, after, limit), static (db, q) =>
        {
            var row = db.Prepare("SELECT id, app, sink, event, tries, created_at FROM outbox WHERE due_at <= ? AND id > ? ORDER BY id LIMIT ?")
                .Bind(q.Now).Bind(q.After).Bind(q.Limit);
            var items = new List<OutboxItem>();
            while (row.Step())
            {
                items.Add(new(
                    row.Int64(0), new AppId(row.Int32(1)), new DialectId((byte)row.Int32(2)), HookEventJson.Read(row.Span(3)), row.Int32(4), row.Int64(5)));
            }

            return items;
        }, ct);

    public ValueTask<long?> NextDueAsync(long now, CancellationToken ct) =>
        readers.ReadAsync(now, static (db, now) =>
            db.Prepare("SELECT due_at FROM outbox WHERE due_at > ? ORDER BY due_at LIMIT 1").Bind(now).ScalarOr(-1) is >= 0 and var due ? due : (long?)null, ct);
}
