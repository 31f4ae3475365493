using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Relations;

namespace Dragoman.Storage.Sql.Relations;

internal sealed class BlockStore(ISqlReaders readers) : IBlockStore
{
    private const string Columns = "blocked, extra, operator, blocked_at";

    public ValueTask<IReadOnlyList<Block>> FindAsync(AppId app, UserId owner, IReadOnlyList<UserId> users, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, UserId Owner, IReadOnlyList<UserId> Users), IReadOnlyList<Block>>((app, owner, users), static (db, q) =>
        {
            var found = new List<Block>();
            foreach (var user in q.Users)
            {
                var row = db.Prepare($"SELECT {Columns} FROM blocks WHERE app = ? AND owner = ? AND blocked = ?")
                    .Bind(q.App.Value).Bind(q.Owner.Value).Bind(user.Value);
                if (row.Step()) found.Add(Read(row, q.Owner));
                row.Reset();
            }

            return found;
        }, ct);

    public ValueTask<IReadOnlyList<Block>> ListAsync(AppId app, UserId owner, long skip, int take, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, UserId Owner, long Skip, int Take), IReadOnlyList<Block>>((app, owner, skip, take), static (db, q) =>
        {
            var rows = db.Prepare($"SELECT {Columns} FROM blocks WHERE app = ? AND owner = ? ORDER BY blocked_at, blocked LIMIT ? OFFSET ?")
                .Bind(q.App.Value).Bind(q.Owner.Value).Bind(q.Take).Bind(q.Skip);
            var blocks = new List<Block>();
            while (rows.Step()) blocks.Add(Read(rows, q.Owner));
            return blocks;
        }, ct);

    public ValueTask<int> CountAsync(AppId app, UserId owner, CancellationToken ct) =>
        readers.ReadAsync((app, owner), static (db, q) =>
            (int)db.Prepare("SELECT count(*) FROM blocks WHERE app = ? AND owner = ?").Bind(q.app.Value).Bind(q.owner.Value).ScalarOr(0), ct);

    public ValueTask<IReadOnlyList<UserId>> BlockersAsync(AppId app, UserId blocked, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, UserId Blocked), IReadOnlyList<UserId>>((app, blocked), static (db, q) =>
        {
            var rows = db.Prepare("SELECT owner FROM blocks WHERE app = ? AND blocked = ?").Bind(q.App.Value).Bind(q.Blocked.Value);
            var owners = new List<UserId>();
            while (rows.Step()) owners.Add(new(rows.Text(0)));
            return owners;
        }, ct);

    private static Block Read(SqlStatement row, UserId owner) => new()
    {
        Owner = owner,
        Blocked = new(row.Text(0)),
        Extra = row.Text(1),
        Operator = row.Text(2),
        BlockedAt = row.Int64(3),
    };
}
