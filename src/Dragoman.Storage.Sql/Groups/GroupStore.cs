using System.Collections.Frozen;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Accounts;
using Dragoman.Storage.Sql.Conversations;

namespace Dragoman.Storage.Sql.Groups;

internal sealed class GroupStore(ISqlReaders readers) : IGroupStore
{
    public ValueTask<Roster?> FindRosterAsync(AppId app, GroupId group, CancellationToken ct) =>
        readers.ReadAsync(
            (app, group),
            static (db, key) => db.ReadConsistently(key, static (db, key) =>
                FindGroup(db, key.app, key.group) is { } found
                    ? new Roster(found, Members(db, key.app, key.group), Version(db, key.app, key.group)) { Refusing = Refusing(db, key.app, key.group) }
                    : null),
            ct);

    public ValueTask<CountByDay> CountCreatedAsync(AppId app, long from, long to, CancellationToken ct) =>
        readers.ReadAsync((app, from, to), static (db, q) => CreationCounts.Of(db, "groups", q.app.Value, q.from, q.to), ct);

    public ValueTask<IReadOnlyList<GroupId>> ListOfAsync(AppId app, UserId user, CancellationToken ct) =>
        ListOfAsync(app, user, GroupRole.None, ct);

    public ValueTask<IReadOnlyList<GroupId>> ListOfAsync(AppId app, UserId user, GroupRole atLeast, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, UserId User, GroupRole Role), IReadOnlyList<GroupId>>((app, user, atLeast), static (db, key) =>
        {
            var statement = db.Prepare("SELECT grp FROM group_members WHERE app = ? AND user_id = ? AND role >= ? ORDER BY grp")
                .Bind(key.App.Value).Bind(key.User.Value).Bind((long)key.Role);
            return Ids(statement);
        }, ct);

    public ValueTask<UserId?> FindCrowdedAsync(AppId app, IReadOnlyCollection<UserId> users, int groups, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, IReadOnlyCollection<UserId> Users, int Groups), UserId?>((app, users, groups), static (db, q) =>
        {
            foreach (var user in q.Users)
            {
                var joined = db.Prepare("SELECT count(*) FROM group_members WHERE app = ? AND user_id = ?")
                    .Bind(q.App.Value).Bind(user.Value).ScalarOr(0);
                if (joined >= q.Groups) return user;
            }

            return null;
        }, ct);

    public ValueTask<GroupPage> SearchAsync(AppId app, string text, long skip, int take, CancellationToken ct) =>
        readers.ReadAsync((app, pattern: SqlPatterns.Containing(text), skip, take), static (db, q) =>
        {
            var total = db.Prepare(@"SELECT count(*) FROM groups WHERE app = ? AND state <> ? AND name LIKE ? ESCAPE '\'")
                .Bind(q.app.Value).Bind((long)GroupState.Dismissed).Bind(q.pattern).ScalarOr(0);
            var statement = db.Prepare(
                @"SELECT id FROM groups WHERE app = ? AND state <> ? AND name LIKE ? ESCAPE '\' ORDER BY created_at DESC, number DESC LIMIT ? OFFSET ?")
                .Bind(q.app.Value).Bind((long)GroupState.Dismissed).Bind(q.pattern).Bind(q.take).Bind(q.skip);
            return new GroupPage((int)total, Ids(statement));
        }, ct);

    public ValueTask<IReadOnlyList<GroupId>> PageAsync(AppId app, int before, int take, bool listed, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, long Before, int Take, bool Listed), IReadOnlyList<GroupId>>(
            (app, before > 0 ? before : long.MaxValue, take, listed),
            static (db, q) => Ids(db.Prepare(
                $"SELECT id FROM groups WHERE app = ?{(q.Listed ? " AND listed = 1" : "")} AND number < ? AND state <> ? ORDER BY number DESC LIMIT ?")
                .Bind(q.App.Value).Bind(q.Before).Bind((long)GroupState.Dismissed).Bind(q.Take)),
            ct);

    public ValueTask<GroupPage> PageOfAsync(AppId app, UserId user, long skip, int take, CancellationToken ct) =>
        readers.ReadAsync((app, user, skip, take), static (db, q) =>
        {
            var total = db.Prepare("SELECT count(*) FROM group_members WHERE app = ? AND user_id = ?").Bind(q.app.Value).Bind(q.user.Value).ScalarOr(0);
            var statement = db.Prepare("SELECT grp FROM group_members WHERE app = ? AND user_id = ? ORDER BY joined_at DESC, grp DESC LIMIT ? OFFSET ?")
                .Bind(q.app.Value).Bind(q.user.Value).Bind(q.take).Bind(q.skip);
            return new GroupPage((int)total, Ids(statement));
        }, ct);

    public ValueTask<int> CountLivingAsync(AppId app, CancellationToken ct) =>
        readers.ReadAsync(app, static (db, app) => (int)db.Prepare("SELECT count(*) FROM groups WHERE app = ? AND state <> ?")
            .Bind(app.Value).Bind((long)GroupState.Dismissed).ScalarOr(0), ct);

    private static Group? FindGroup(SqlSession db, AppId app, GroupId id)
    {
        var statement = db.Prepare(
            """
            SELECT number, name, avatar, introduction, announcement, announced_at, announced_by, extra, owner, creator, created_at,
                   apply_rule, invite_rule, see_members, befriend, see_history, state, muted_until, traits, type,
                   consents, listed, member_limit
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
                Apply = (ApplyRule)statement.Int32(11),
                Invite = (InviteRule)statement.Int32(12),
                MembersSeeMembers = statement.Bool(13),
                MembersMayBefriend = statement.Bool(14),
                NewcomersSeeHistory = statement.Bool(15),
                State = (GroupState)statement.Int32(16),
                MutedUntil = statement.Int64(17),
                Traits = Traits.Read(statement.Text(18)),
                Type = new(statement.Text(19)),
                InviteeConsents = statement.Bool(20),
                IsListed = statement.Bool(21),
                MemberLimit = statement.Int32(22),
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
            SELECT user_id, role, nickname, avatar, extra, joined_at, source, inviter, operator, muted_until, allow_listed
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
                IsAllowListed = statement.Bool(10),
            });
        }

        return members;
    }

    private static FrozenSet<UserId>? Refusing(SqlSession db, AppId app, GroupId group)
    {
        var conversation = ConversationRows.FindId(db, ConversationKey.Group(app, group));
        var statement = db.Prepare(
            """
            SELECT m.user_id FROM group_members m
            JOIN user_conversations c ON c.app = m.app AND c.user_id = m.user_id AND c.conv = ?
            WHERE m.app = ? AND m.grp = ? AND c.receive = ?
            """).Bind(conversation).Bind(app.Value).Bind(group.Value).Bind((long)ReceiveOption.Refuse);
        var users = new List<UserId>();
        while (statement.Step()) users.Add(new(statement.Text(0)));
        return users.Count == 0 ? null : users.ToFrozenSet();
    }

    private static List<GroupId> Ids(SqlStatement statement)
    {
        var groups = new List<GroupId>();
        while (statement.Step()) groups.Add(new(statement.Text(0)));
        return groups;
    }
}
