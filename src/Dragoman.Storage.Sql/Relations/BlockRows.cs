using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Relations;

namespace Dragoman.Storage.Sql.Relations;

/// <summary>Writes of blocks, inside the log writer's transaction.</summary>
internal static class BlockRows
{
    /// <returns>False when the user is blocked already.</returns>
    public static bool Add(SqlSession db, AppId app, Block block) =>
        db.Prepare(
            """
            INSERT INTO blocks (app, owner, blocked, extra, operator, blocked_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (app, owner, blocked) DO NOTHING RETURNING blocked_at
            """)
            .Bind(app.Value).Bind(block.Owner.Value).Bind(block.Blocked.Value)
            .Bind(block.Extra).Bind(block.Operator).Bind(block.BlockedAt)
            .Any();

    /// <returns>False when the user is not blocked.</returns>
    public static bool Remove(SqlSession db, RemoveBlock change) =>
        db.Prepare("DELETE FROM blocks WHERE app = ? AND owner = ? AND blocked = ? RETURNING blocked_at")
            .Bind(change.App.Value).Bind(change.Owner.Value).Bind(change.Blocked.Value)
            .Any();
}
