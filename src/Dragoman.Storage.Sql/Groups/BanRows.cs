using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Storage.Sql.Groups;

/// <summary>Bans as rows.</summary>
internal static class BanRows
{
    public static void Put(SqlSession db, AppId app, GroupBan ban) =>
        db.Prepare(
            """
            INSERT INTO group_bans (app, grp, user_id, ends_at, reason, operator, banned_at) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (app, grp, user_id) DO UPDATE
            SET ends_at = excluded.ends_at, reason = excluded.reason, operator = excluded.operator, banned_at = excluded.banned_at
            """)
            .Bind(app.Value).Bind(ban.Group.Value).Bind(ban.User.Value).Bind(ban.Until).Bind(ban.Reason).Bind(ban.Operator).Bind(ban.BannedAt)
            .Run();

    public static void Remove(SqlSession db, AppId app, GroupId group, UserId user) =>
        db.Prepare("DELETE FROM group_bans WHERE app = ? AND grp = ? AND user_id = ?").Bind(app.Value).Bind(group.Value).Bind(user.Value).Run();
}
