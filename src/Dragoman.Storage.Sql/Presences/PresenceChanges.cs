using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Accounts;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Sql.Presences;

internal static class PresenceChanges
{
    public static void Enter(ChangeTable table)
    {
        table.On<PutPresence>((to, change) =>
            to.Db.Prepare(
                """
                INSERT INTO presences (app, user_id, text, states, seen_at) VALUES (?, ?, ?, ?, 0)
                ON CONFLICT (app, user_id) DO UPDATE SET text = excluded.text, states = excluded.states
                """)
                .Bind(change.App.Value).Bind(change.Presence.User.Value).Bind(change.Presence.Text).Bind(Traits.Write(change.Presence.States)).Run());
        table.On<SeeUser>((to, change) =>
            to.Db.Prepare(
                """
                INSERT INTO presences (app, user_id, text, states, seen_at) VALUES (?, ?, '', '', ?)
                ON CONFLICT (app, user_id) DO UPDATE
                SET seen_at = CASE WHEN excluded.seen_at > presences.seen_at THEN excluded.seen_at ELSE presences.seen_at END
                """)
                .Bind(change.App.Value).Bind(change.User.Value).Bind(change.At).Run());
        table.On<PutPresenceSubscriptions>((to, change) => Put(to.Db, change));
        table.On<RemovePresenceSubscriptions>((to, change) => Remove(to.Db, change));
    }

    private static void Put(SqlSession db, PutPresenceSubscriptions change)
    {
        db.Prepare("DELETE FROM presence_subscriptions WHERE app = ? AND subscriber = ? AND expires_at <= ?")
            .Bind(change.App.Value).Bind(change.Subscriber.Value).Bind(change.Now).Run();
        foreach (var user in change.Users)
        {
            db.Prepare(
                """
                INSERT INTO presence_subscriptions (app, subscriber, user_id, expires_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (app, subscriber, user_id) DO UPDATE SET expires_at = excluded.expires_at
                """)
                .Bind(change.App.Value).Bind(change.Subscriber.Value).Bind(user.Value).Bind(change.ExpiresAt).Run();
        }
    }

    private static void Remove(SqlSession db, RemovePresenceSubscriptions change)
    {
        foreach (var user in change.Users)
        {
            db.Prepare("DELETE FROM presence_subscriptions WHERE app = ? AND subscriber = ? AND user_id = ?")
                .Bind(change.App.Value).Bind(change.Subscriber.Value).Bind(user.Value).Run();
        }
    }
}
