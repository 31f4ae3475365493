using Dragoman.Engine;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Groups;

internal sealed class GroupBanStore(ISqlReaders readers) : IGroupBanStore
{
    public ValueTask<UserId?> FindBannedAsync(AppId app, GroupId group, IReadOnlyCollection<UserId> users, long now, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, GroupId Group, IReadOnlyCollection<UserId> Users, long Now), UserId?>((app, group, users, now), static (db, q) =>
        {
            foreach (var user in q.Users)
            {
                var isBanned = db.Prepare("SELECT count(*) FROM group_bans WHERE app = ? AND grp = ? AND user_id = ? AND ends_at > ?")
                    .Bind(q.App.Value).Bind(q.Group.Value).Bind(user.Value).Bind(q.Now).ScalarOr(0) > 0;
                if (isBanned) return user;
            }

            return null;
        }, ct);

    public ValueTask<IReadOnlyList<GroupBan>> ListAsync(AppId app, GroupId group, long now, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, GroupId Group, long Now), IReadOnlyList<GroupBan>>((app, group, now), static (db, q) =>
        {
            var statement = db.Prepare(
                """
                SELECT user_id, ends_at, reason, operator, banned_at FROM group_bans
                WHERE app = ? AND grp = ? AND ends_at > ? ORDER BY banned_at DESC, user_id
                """).Bind(q.App.Value).Bind(q.Group.Value).Bind(q.Now);
            var bans = new List<GroupBan>();
            while (statement.Step())
            {
                bans.Add(new GroupBan
                {
                    Group = q.Group,
                    User = new(statement.Text(0)),
                    Until = statement.Int64(1),
                    Reason = statement.Text(2),
                    Operator = statement.Text(3),
                    BannedAt = statement.Int64(4),
                });
            }

            return bans;
        }, ct);
}
