using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Presences;
using Dragoman.Storage.Sql.Accounts;

namespace Dragoman.Storage.Sql.Presences;

internal sealed class PresenceStore(ISqlReaders readers) : IPresenceStore
{
    public ValueTask<Presence?> FindAsync(AppId app, UserId user, CancellationToken ct) =>
        readers.ReadAsync((app, user), static (db, key) =>
        {
            var row = db.Prepare("SELECT text, states, seen_at FROM presences WHERE app = ? AND user_id = ?").Bind(key.app.Value).Bind(key.user.Value);
            var found = row.Step() ? new Presence { User = key.user, Text = row.Text(0), States = Traits.Read(row.Text(1)), SeenAt = row.Int64(2) } : null;
            row.Reset();
            return found;
        }, ct);

    public ValueTask<IReadOnlyList<PresenceSubscription>> SubscribersAsync(AppId app, UserId user, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, UserId User), IReadOnlyList<PresenceSubscription>>((app, user), static (db, key) =>
            Read(db.Prepare("SELECT subscriber, expires_at FROM presence_subscriptions WHERE app = ? AND user_id = ? ORDER BY subscriber")
                .Bind(key.App.Value).Bind(key.User.Value)), ct);

    public ValueTask<IReadOnlyList<PresenceSubscription>> ListAsync(
        AppId app, UserId subscriber, long endingAfter, long skip, int take, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, UserId Of, long After, long Skip, int Take), IReadOnlyList<PresenceSubscription>>(
            (app, subscriber, endingAfter, skip, take),
            static (db, q) => Read(db.Prepare(
                """
                SELECT user_id, expires_at FROM presence_subscriptions WHERE app = ? AND subscriber = ? AND expires_at > ?
                ORDER BY user_id LIMIT ? OFFSET ?
                """).Bind(q.App.Value).Bind(q.Of.Value).Bind(q.After).Bind(q.Take).Bind(q.Skip)),
            ct);

    public ValueTask<int> CountAsync(AppId app, UserId subscriber, long endingAfter, IReadOnlyList<UserId> except, CancellationToken ct) =>
        readers.ReadAsync((app, subscriber, endingAfter, except), static (db, q) =>
            (int)db.Prepare(
                $"""
                SELECT count(*) FROM presence_subscriptions
                WHERE app = ? AND subscriber = ? AND expires_at > ? AND user_id NOT IN ({SqlLists.Placeholders(q.except.Count)})
                """)
                .Bind(q.app.Value).Bind(q.subscriber.Value).Bind(q.endingAfter).BindAll([.. q.except.Select(user => user.Value)]).ScalarOr(0), ct);

    private static List<PresenceSubscription> Read(SqlStatement rows)
    {
        var found = new List<PresenceSubscription>();
        while (rows.Step()) found.Add(new(new(rows.Text(0)), rows.Int64(1)));
        return found;
    }
}
