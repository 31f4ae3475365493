using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Accounts;

internal sealed class FavouriteStore(ISqlReaders readers) : IFavouriteStore
{
    public ValueTask<Favourite?> FindAsync(AppId app, UserId owner, int type, string id, CancellationToken ct) =>
        readers.ReadAsync((app, owner, type, id), static (db, q) =>
        {
            var row = db.Prepare("SELECT type, id, value, extra, created_at FROM favourites WHERE app = ? AND user_id = ? AND type = ? AND id = ?")
                .Bind(q.app.Value).Bind(q.owner.Value).Bind(q.type).Bind(q.id);
            var found = row.Step() ? Read(row, q.owner) : null;
            row.Reset();
            return found;
        }, ct);

    public ValueTask<int> CountAsync(AppId app, UserId owner, CancellationToken ct) =>
        readers.ReadAsync((app, owner), static (db, q) =>
            (int)db.Prepare("SELECT count(*) FROM favourites WHERE app = ? AND user_id = ?").Bind(q.app.Value).Bind(q.owner.Value).ScalarOr(0), ct);

    public ValueTask<IReadOnlyList<Favourite>> ListAsync(AppId app, UserId owner, int? type, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, UserId Owner, int? Type), IReadOnlyList<Favourite>>((app, owner, type), static (db, q) =>
        {
            var row = db.Prepare(
                """
                SELECT type, id, value, extra, created_at FROM favourites
                WHERE app = ? AND user_id = ? AND (? = 0 OR type = ?) ORDER BY type, created_at, id
                """).Bind(q.App.Value).Bind(q.Owner.Value).Bind(q.Type is not null).Bind(q.Type ?? 0);
            var all = new List<Favourite>();
            while (row.Step()) all.Add(Read(row, q.Owner));
            return all;
        }, ct);

    private static Favourite Read(SqlStatement row, UserId owner) =>
        new(owner, row.Int32(0), row.Text(1), row.Text(2), row.Text(3), row.Int64(4));
}
