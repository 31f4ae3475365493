using Dragoman.Engine;
using Dragoman.Engine.Groups;
using Dragoman.Storage.Sql.Accounts;

namespace Dragoman.Storage.Sql.Groups;

/// <summary>Writes of groups and members, inside the log writer's transaction.</summary>
internal static class GroupRows
{
    /// <returns>False when the id is taken.</returns>
    public static bool Create(SqlSession db, Group group)
    {
        var statement = db.Prepare(
            """
            INSERT INTO groups (name, avatar, introduction, announcement, announced_at, announced_by, extra, owner, join_mode, state,
                                traits, app, id, creator, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (app, id) DO NOTHING RETURNING number
            """);
        BindFields(statement, group).Bind(group.App.Value).Bind(group.Id.Value).Bind(group.Creator.Value).Bind(group.CreatedAt);
        var isNew = statement.Step();
        statement.Reset();
        return isNew;
    }

    public static void Put(SqlSession db, Group group)
    {
        var statement = db.Prepare(
            """
            UPDATE groups SET name = ?, avatar = ?, introduction = ?, announcement = ?, announced_at = ?, announced_by = ?, extra = ?,
                              owner = ?, join_mode = ?, state = ?, traits = ?
            WHERE app = ? AND id = ?
            """);
        BindFields(statement, group).Bind(group.App.Value).Bind(group.Id.Value).Run();
    }

    public static void PutMember(SqlSession db, AppId app, GroupId group, Member member) =>
        db.Prepare(
            """
            INSERT INTO group_members (app, grp, user_id, role, nickname, avatar, extra, joined_at, source, inviter, operator, muted_until)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (app, grp, user_id) DO UPDATE
            SET role = excluded.role, nickname = excluded.nickname, avatar = excluded.avatar, extra = excluded.extra,
                muted_until = excluded.muted_until
            """)
            .Bind(app.Value).Bind(group.Value).Bind(member.User.Value).Bind((long)member.Role)
            .Bind(member.Nickname).Bind(member.Avatar).Bind(member.Extra).Bind(member.JoinedAt)
            .Bind((long)member.Source).Bind(member.Inviter).Bind(member.Operator).Bind(member.MutedUntil)
            .Run();

    public static List<UserId> MembersOf(SqlSession db, AppId app, GroupId group)
    {
        var statement = db.Prepare("SELECT user_id FROM group_members WHERE app = ? AND grp = ?").Bind(app.Value).Bind(group.Value);
        var users = new List<UserId>();
        while (statement.Step()) users.Add(new(statement.Text(0)));
        return users;
    }

    public static void RemoveMember(SqlSession db, AppId app, GroupId group, UserId user) =>
        db.Prepare("DELETE FROM group_members WHERE app = ? AND grp = ? AND user_id = ?")
            .Bind(app.Value).Bind(group.Value).Bind(user.Value).Run();

    private static SqlStatement BindFields(SqlStatement statement, Group group) =>
        statement.Bind(group.Name).Bind(group.Avatar).Bind(group.Introduction)
            .Bind(group.Announcement).Bind(group.AnnouncedAt).Bind(group.AnnouncedBy)
            .Bind(group.Extra).Bind(group.Owner.Value).Bind((long)group.Join).Bind((long)group.State).Bind(Traits.Write(group.Traits));
}
