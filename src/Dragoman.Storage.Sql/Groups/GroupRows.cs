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
            INSERT INTO groups (name, avatar, introduction, announcement, announced_at, announced_by, extra, owner, apply_rule, invite_rule,
                                see_members, befriend, see_history, state, muted_until, traits, consents, listed, member_limit,
                                app, id, type, creator, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (app, id) DO NOTHING RETURNING number
            """);
        BindFields(statement, group)
            .Bind(group.App.Value).Bind(group.Id.Value).Bind(group.Type.Value).Bind(group.Creator.Value).Bind(group.CreatedAt);
        var isNew = statement.Step();
        statement.Reset();
        return isNew;
    }

    public static void Put(SqlSession db, Group group)
    {
        var statement = db.Prepare(
            """
            UPDATE groups SET name = ?, avatar = ?, introduction = ?, announcement = ?, announced_at = ?, announced_by = ?, extra = ?,
                              owner = ?, apply_rule = ?, invite_rule = ?, see_members = ?, befriend = ?, see_history = ?, state = ?,
                              muted_until = ?, traits = ?, consents = ?, listed = ?, member_limit = ?
            WHERE app = ? AND id = ?
            """);
        BindFields(statement, group).Bind(group.App.Value).Bind(group.Id.Value).Run();
    }

    public static void PutMember(SqlSession db, AppId app, GroupId group, Member member) =>
        db.Prepare(
            """
            INSERT INTO group_members (app, grp, user_id, role, nickname, avatar, extra, joined_at, source, inviter, operator, muted_until, allow_listed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (app, grp, user_id) DO UPDATE
            SET role = excluded.role, nickname = excluded.nickname, avatar = excluded.avatar, extra = excluded.extra,
                muted_until = excluded.muted_until, allow_listed = excluded.allow_listed
            """)
            .Bind(app.Value).Bind(group.Value).Bind(member.User.Value).Bind((long)member.Role)
            .Bind(member.Nickname).Bind(member.Avatar).Bind(member.Extra).Bind(member.JoinedAt)
            .Bind((long)member.Source).Bind(member.Inviter).Bind(member.Operator).Bind(member.MutedUntil).Bind(member.IsAllowListed)
            .Run();

    public static void RemoveMember(SqlSession db, AppId app, GroupId group, UserId user) =>
        db.Prepare("DELETE FROM group_members WHERE app = ? AND grp = ? AND user_id = ?")
            .Bind(app.Value).Bind(group.Value).Bind(user.Value).Run();

    private static SqlStatement BindFields(SqlStatement statement, Group group) =>
        statement.Bind(group.Name).Bind(group.Avatar).Bind(group.Introduction)
            .Bind(group.Announcement).Bind(group.AnnouncedAt).Bind(group.AnnouncedBy)
            .Bind(group.Extra).Bind(group.Owner.Value).Bind((long)group.Apply).Bind((long)group.Invite)
            .Bind(group.MembersSeeMembers).Bind(group.MembersMayBefriend).Bind(group.NewcomersSeeHistory)
            .Bind((long)group.State).Bind(group.MutedUntil).Bind(Traits.Write(group.Traits))
            .Bind(group.InviteeConsents).Bind(group.IsListed).Bind(group.MemberLimit);
}
