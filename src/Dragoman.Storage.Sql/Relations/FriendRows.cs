using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Relations;
using Dragoman.Storage.Sql.Accounts;

namespace Dragoman.Storage.Sql.Relations;

/// <summary>Writes of friendships, inside the log writer's transaction.</summary>
internal static class FriendRows
{
    /// <returns>False when the friend is on the list already.</returns>
    public static bool Add(SqlSession db, AppId app, Friendship friend) =>
        db.Prepare(
            """
            INSERT INTO friendships (app, owner, friend, remark, extra, pinned, source, operator, added_at, traits)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (app, owner, friend) DO NOTHING RETURNING added_at
            """)
            .Bind(app.Value).Bind(friend.Owner.Value).Bind(friend.Friend.Value)
            .Bind(friend.Remark).Bind(friend.Extra).Bind(friend.IsPinned)
            .Bind((long)friend.Source).Bind(friend.Operator).Bind(friend.AddedAt).Bind(Traits.Write(friend.Traits))
            .Any();

    /// <returns>False when the friend is not on the list.</returns>
    public static bool Update(SqlSession db, AppId app, Friendship friend) =>
        db.Prepare(
            """
            UPDATE friendships SET remark = ?, extra = ?, pinned = ?, traits = ?
            WHERE app = ? AND owner = ? AND friend = ? RETURNING added_at
            """)
            .Bind(friend.Remark).Bind(friend.Extra).Bind(friend.IsPinned).Bind(Traits.Write(friend.Traits))
            .Bind(app.Value).Bind(friend.Owner.Value).Bind(friend.Friend.Value)
            .Any();

    /// <returns>False when the friend is not on the list.</returns>
    public static bool Remove(SqlSession db, RemoveFriendship change) =>
        db.Prepare("DELETE FROM friendships WHERE app = ? AND owner = ? AND friend = ? RETURNING added_at")
            .Bind(change.App.Value).Bind(change.Owner.Value).Bind(change.Friend.Value)
            .Any();

    /// <summary>Two statements however many owners there are.</summary>
    public static void Touch(SqlSession db, TouchFriend change)
    {
        db.Prepare(
            """
            INSERT INTO streams (app, kind, owner, version)
            SELECT app, ?, owner, 1 FROM friendships WHERE app = ? AND friend = ? AND owner > ? AND owner <= ?
            ON CONFLICT (app, kind, owner) DO UPDATE SET version = streams.version + 1
            """)
            .Bind((long)StreamKind.Friends)
            .Bind(change.App.Value).Bind(change.Friend.Value).Bind(change.After.Value ?? "").Bind(change.UpTo.Value)
            .Run();
        db.Prepare(
            """
            INSERT INTO stream_changes (app, kind, owner, element, state, version)
            SELECT s.app, s.kind, s.owner, f.friend, ?, s.version
            FROM friendships f JOIN streams s ON s.app = f.app AND s.kind = ? AND s.owner = f.owner
            WHERE f.app = ? AND f.friend = ? AND f.owner > ? AND f.owner <= ?
            ON CONFLICT (app, kind, owner, element) DO UPDATE SET state = excluded.state, version = excluded.version
            """)
            .Bind((long)StreamState.Updated).Bind((long)StreamKind.Friends)
            .Bind(change.App.Value).Bind(change.Friend.Value).Bind(change.After.Value ?? "").Bind(change.UpTo.Value)
            .Run();
    }
}
