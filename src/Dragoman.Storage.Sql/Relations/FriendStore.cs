using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Relations;
using Dragoman.Storage.Sql.Accounts;

namespace Dragoman.Storage.Sql.Relations;

internal sealed class FriendStore(ISqlReaders readers) : IFriendStore
{
    private const string Columns = "friend, remark, extra, pinned, source, operator, added_at, traits";

    public ValueTask<IReadOnlyList<Friendship>> FindAsync(AppId app, UserId owner, IReadOnlyList<UserId> friends, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, UserId Owner, IReadOnlyList<UserId> Friends), IReadOnlyList<Friendship>>((app, owner, friends), static (db, q) =>
        {
            var found = new List<Friendship>();
            foreach (var friend in q.Friends)
            {
                var row = db.Prepare($"SELECT {Columns} FROM friendships WHERE app = ? AND owner = ? AND friend = ?")
                    .Bind(q.App.Value).Bind(q.Owner.Value).Bind(friend.Value);
                if (row.Step()) found.Add(Read(row, q.Owner));
                row.Reset();
            }

            return found;
        }, ct);

    public ValueTask<IReadOnlyList<Friendship>> ListAsync(AppId app, UserId owner, long skip, int take, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, UserId Owner, long Skip, int Take), IReadOnlyList<Friendship>>((app, owner, skip, take), static (db, q) =>
        {
            var rows = db.Prepare(
                $"""
                SELECT {Columns} FROM friendships WHERE app = ? AND owner = ?
                ORDER BY pinned DESC, added_at, friend LIMIT ? OFFSET ?
                """).Bind(q.App.Value).Bind(q.Owner.Value).Bind(q.Take).Bind(q.Skip);
            var friends = new List<Friendship>();
            while (rows.Step()) friends.Add(Read(rows, q.Owner));
            return friends;
        }, ct);

    public ValueTask<IReadOnlyList<UserId>> ListIdsAsync(AppId app, UserId owner, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, UserId Owner), IReadOnlyList<UserId>>((app, owner), static (db, q) =>
            Ids(db.Prepare("SELECT friend FROM friendships WHERE app = ? AND owner = ? ORDER BY pinned DESC, added_at, friend")
                .Bind(q.App.Value).Bind(q.Owner.Value)), ct);

    public ValueTask<int> CountAsync(AppId app, UserId owner, CancellationToken ct) =>
        readers.ReadAsync((app, owner), static (db, q) =>
            (int)db.Prepare("SELECT count(*) FROM friendships WHERE app = ? AND owner = ?").Bind(q.app.Value).Bind(q.owner.Value).ScalarOr(0), ct);

    public ValueTask<IReadOnlyList<UserId>> OwnersAsync(AppId app, UserId friend, UserId after, int take, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, UserId Friend, UserId After, int Take), IReadOnlyList<UserId>>((app, friend, after, take), static (db, q) =>
            Ids(db.Prepare("SELECT owner FROM friendships WHERE app = ? AND friend = ? AND owner > ? ORDER BY owner LIMIT ?")
                .Bind(q.App.Value).Bind(q.Friend.Value).Bind(q.After.Value ?? "").Bind(q.Take)), ct);

    private static List<UserId> Ids(SqlStatement rows)
    {
        var ids = new List<UserId>();
        while (rows.Step()) ids.Add(new(rows.Text(0)));
        return ids;
    }

    private static Friendship Read(SqlStatement row, UserId owner) => new()
    {
        Owner = owner,
        Friend = new(row.Text(0)),
        Remark = row.Text(1),
        Extra = row.Text(2),
        IsPinned = row.Bool(3),
        Source = (FriendSource)row.Int32(4),
        Operator = row.Text(5),
        AddedAt = row.Int64(6),
        Traits = Traits.Read(row.Text(7)),
    };
}
