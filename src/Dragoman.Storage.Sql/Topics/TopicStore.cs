using System.Collections.Immutable;
using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Topics;

namespace Dragoman.Storage.Sql.Topics;

internal sealed class TopicStore(ISqlReaders readers) : ITopicStore
{
    private const string Columns =
        "t.id, t.number, t.grp, t.kind, t.root_seq, t.root_id, t.name, t.avatar, t.introduction, t.announcement, t.extra, t.owner, t.created_at, t.muted_until, t.withdrawn";

    public ValueTask<TopicRoster?> FindAsync(AppId app, TopicId topic, CancellationToken ct) =>
        readers.ReadAsync(
            (app, topic),
            static (db, key) => db.ReadConsistently(key, static (db, key) =>
                FindTopic(db, key.app, key.topic) is { } found ? new TopicRoster(found, Members(db, found)) : null),
            ct);

    public ValueTask<IReadOnlyList<Topic>> PageAsync(AppId app, TopicQuery query, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, TopicQuery Query), IReadOnlyList<Topic>>((app, query), static (db, q) =>
        {
            var (app, query) = q;
            var (beyond, order) = query.IsOldestFirst ? (">", "ASC") : ("<", "DESC");
            var statement = query.Member is { } member
                ? db.Prepare(
                    $"""
                    SELECT {Columns} FROM topic_members m JOIN topics t ON t.app = m.app AND t.id = m.topic
                    WHERE m.app = ? AND m.user_id = ? AND (? = '' OR m.grp = ?) AND t.is_ended = 0 AND t.number {beyond} ?
                    ORDER BY t.number {order} LIMIT ?
                    """).Bind(app.Value).Bind(member.Value).Bind(query.Group?.Value ?? "").Bind(query.Group?.Value ?? "")
                : query.Group is { } group
                    ? db.Prepare($"SELECT {Columns} FROM topics t WHERE t.app = ? AND t.grp = ? AND t.is_ended = 0 AND t.number {beyond} ? ORDER BY t.number {order} LIMIT ?")
                        .Bind(app.Value).Bind(group.Value)
                    : db.Prepare($"SELECT {Columns} FROM topics t WHERE t.app = ? AND t.is_ended = 0 AND t.number {beyond} ? ORDER BY t.number {order} LIMIT ?")
                        .Bind(app.Value);
            return ReadAll(statement.Bind(query.After ?? (query.IsOldestFirst ? 0 : long.MaxValue)).Bind(query.Take), app);
        }, ct);

    public ValueTask<IReadOnlyList<Topic>> UnderAsync(AppId app, GroupId group, long from, long to, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, GroupId Group, long From, long To), IReadOnlyList<Topic>>((app, group, from, to), static (db, q) =>
            ReadAll(
                db.Prepare($"SELECT {Columns} FROM topics t WHERE t.app = ? AND t.grp = ? AND t.root_seq >= ? AND t.root_seq <= ? AND t.root_seq > 0 AND t.is_ended = 0")
                    .Bind(q.App.Value).Bind(q.Group.Value).Bind(q.From).Bind(q.To),
                q.App),
            ct);

    public ValueTask<IReadOnlyList<TopicId>> JoinedAsync(AppId app, GroupId group, IReadOnlyList<UserId> users, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, GroupId Group, IReadOnlyList<UserId> Users), IReadOnlyList<TopicId>>((app, group, users), static (db, q) =>
        {
            var found = new HashSet<TopicId>();
            foreach (var user in q.Users)
            {
                var row = db.Prepare("SELECT topic FROM topic_members WHERE app = ? AND user_id = ? AND grp = ?").Bind(q.App.Value).Bind(user.Value).Bind(q.Group.Value);
                while (row.Step()) found.Add(new(row.Text(0)));
            }

            return [.. found];
        }, ct);

    public ValueTask<long> CountAsync(AppId app, CancellationToken ct) =>
        readers.ReadAsync(app, static (db, app) => db.Prepare("SELECT count(*) FROM topics WHERE app = ? AND is_ended = 0").Bind(app.Value).ScalarOr(0), ct);

    public ValueTask<long> CountJoinedAsync(AppId app, UserId user, CancellationToken ct) =>
        readers.ReadAsync(
            (app, user),
            static (db, q) => db.Prepare("SELECT count(*) FROM topic_members WHERE app = ? AND user_id = ?").Bind(q.app.Value).Bind(q.user.Value).ScalarOr(0),
            ct);

    private static Topic? FindTopic(SqlSession db, AppId app, TopicId id)
    {
        var row = db.Prepare($"SELECT {Columns} FROM topics t WHERE t.app = ? AND t.id = ? AND t.is_ended = 0").Bind(app.Value).Bind(id.Value);
        var topic = row.Step() ? Read(row, app) : null;
        row.Reset();
        return topic;
    }

    private static ImmutableDictionary<UserId, long> Members(SqlSession db, Topic topic)
    {
        var row = db.Prepare("SELECT user_id, joined_at FROM topic_members WHERE app = ? AND topic = ?").Bind(topic.App.Value).Bind(topic.Id.Value);
        var members = ImmutableDictionary.CreateBuilder<UserId, long>();
        while (row.Step()) members[new(row.Text(0))] = row.Int64(1);
        return members.ToImmutable();
    }

    private static List<Topic> ReadAll(SqlStatement row, AppId app)
    {
        var topics = new List<Topic>();
        while (row.Step()) topics.Add(Read(row, app));
        return topics;
    }

    private static Topic Read(SqlStatement row, AppId app) => new()
    {
        App = app,
        Id = new(row.Text(0)),
        Number = row.Int64(1),
        Parent = new(row.Text(2)),
        Kind = (TopicKind)row.Int32(3),
        RootSequence = row.Int64(4),
        RootMessage = row.Int64(5),
        Name = row.Text(6),
        Avatar = row.Text(7),
        Introduction = row.Text(8),
        Announcement = row.Text(9),
        Extra = row.Text(10),
        Owner = new(row.Text(11)),
        CreatedAt = row.Int64(12),
        MutedUntil = row.Int64(13),
        Withdrawn = row.Int64(14),
    };
}
