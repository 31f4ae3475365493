using Dragoman.Engine;
using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Groups;

/// <summary>Attributes of members as rows.</summary>
internal static class MemberAttributeRows
{
    public static void Put(SqlSession db, PutMemberAttributes change)
    {
        foreach (var (name, value) in change.Changed)
        {
            if (value.Length == 0)
            {
                db.Prepare("DELETE FROM member_attributes WHERE app = ? AND grp = ? AND user_id = ? AND name = ?")
                    .Bind(change.App.Value).Bind(change.Group.Value).Bind(change.User.Value).Bind(name).Run();
                continue;
            }

            db.Prepare(
                """
                INSERT INTO member_attributes (app, grp, user_id, name, content) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (app, grp, user_id, name) DO UPDATE SET content = excluded.content
                """)
                .Bind(change.App.Value).Bind(change.Group.Value).Bind(change.User.Value).Bind(name).Bind(value).Run();
        }
    }

    public static void Remove(SqlSession db, AppId app, GroupId group, UserId user) =>
        db.Prepare("DELETE FROM member_attributes WHERE app = ? AND grp = ? AND user_id = ?")
            .Bind(app.Value).Bind(group.Value).Bind(user.Value).Run();
}
