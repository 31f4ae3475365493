using Dragoman.Engine;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Accounts;

namespace Dragoman.Storage.Sql.Groups;

internal sealed class GroupStore(ISqlReaders readers) : IGroupStore
{
    public ValueTask<Roster?> FindRosterAsync(AppId app, GroupId group, CancellationToken ct) =>
        readers.ReadAsync(
            (app, group),
            static (db, key) => db.ReadConsistently(key, static (db, key) =>
                FindGroup(db, key.app, key.group) is { } found
                    ? new Roster(found, Members(db, key.app, key.group), Version(db, key.app, key.group))
                    : null),
            ct);

    public ValueTask<CountByDay> CountCreatedAsync(AppId app, long from, long to, CancellationToken ct) =>
        readers.ReadAsync((app, from, to), static (db, q) => CreationCounts.Of(db, "groups", q.app.Value, q.from, q.to), ct);

    public ValueTask<IReadOnlyList<GroupId>> ListOfAsync(AppId app, UserId user, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, UserId User), IReadOnlyList<GroupId>>((app, user), static (db, key) =>
        {
            var statement = db.Prepare("SELECT grp FROM group_members WHERE app = ? AND user_id = ? ORDER BY grp")
                .Bind(key.App.Value).Bind(key.User.Value);
            var groups = new List<GroupId>();
            while (statement.Step()) groups.Add(new(statement.Text(0)));
            return groups;
        }, ct);

    private static Group? FindGroup(SqlSession db, AppId app, GroupId id)
    {
        var statement = db.Prepare(
            """
            SELECT number, name, avatar, introduction, announcement, announced_at, announced_by, extra, owner, creator, created_at,
                   join_mode, state, traits
            FROM groups WHERE app = ? AND id = ?
            """).Bind(app.Value).Bind(id.Value);
        Group? group = null;
        if (statement.Step())
        {
            group = new Group
            {
                App = app,
                Id = id,
                Number = statement.Int32(0),
                Name = statement.Text(1),
                Avatar = statement.Text(2),
                Introduction = statement.Text(3),
                Announcement = statement.Text(4),
                AnnouncedAt = statement.Int64(5),
                AnnouncedBy = statement.Text(6),
                Extra = statement.Text(7),
                Owner = new(statement.Text(8)),
                Creator = new(statement.Text(9)),
                CreatedAt = statement.Int64(10),
                Join = (JoinMode)statement.Int32(11),
                State = (GroupState)statement.Int32(12),
                Traits = Traits.Read(statement.Text(13)),
            };
        }

        statement.Reset();
        return group;
    }

    private static long Version(SqlSession db, AppId app, GroupId group) =>
        db.Prepare("SELECT version FROM streams WHERE app = ? AND kind = ? AND owner = ?")
            .Bind(app.Value).Bind((long)StreamKind.GroupMembers).Bind(group.Value).ScalarOr(1);

    private static List<Member> Members(SqlSession db, AppId app, GroupId group)
    {
        var statement = db.Prepare(
            """
            SELECT user_id, role, nickname, avatar, extra, joined_at, source, inviter, operator, muted_until
            FROM group_members WHERE app = ? AND grp = ?
            """).Bind(app.Value).Bind(group.Value);
        var members = new List<Member>();
        while (statement.Step())
        {
            members.Add(new Member
            {
                User = new(statement.Text(0)),
                Role = (GroupRole)statement.Int32(1),
                Nickname = statement.Text(2),
                Avatar = statement.Text(3),
                Extra = statement.Text(4),
                JoinedAt = statement.Int64(5),
                Source = (JoinSource)statement.Int32(6),
                Inviter = statement.Text(7),
                Operator = statement.Text(8),
                MutedUntil = statement.Int64(9),
            });
        }

        return members;
    }
}
