using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Streams;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Sql.Accounts;

/// <summary>Takes an account out of every table but those of entries, groups and friends, whose ends are changes of their own.</summary>
internal static class Erasure
{
    /// <summary>Rows that belong to the user alone: the table, and the column that names him.</summary>
    private static readonly (string Table, string Column)[] Own =
    [
        ("accounts", "user_id"), ("passwords", "user_id"), ("login_names", "user_id"), ("favourites", "user_id"), ("client_settings", "user_id"),
        ("push_devices", "user_id"), ("push_bindings", "user_id"), ("presences", "user_id"), ("presence_subscriptions", "user_id"),
        ("presence_subscriptions", "subscriber"), ("friend_requests", "sender"), ("friend_requests", "receiver"), ("blocks", "owner"),
        ("client_devices", "user_id"), ("group_applications", "user_id"), ("delivery_places", "user_id"), ("hidden_entries", "user_id"), ("active_users", "user_id"),
        ("reactions", "user_id"), ("pins", "pinned_by"), ("entry_edits", "editor"),
        ("topic_members", "user_id"),
    ];

    /// <summary>When an account with this id was deleted last, Unix milliseconds; 0 when none was.</summary>
    public static long DeletedAt(SqlSession db, AppId app, UserId user) =>
        db.Prepare("SELECT deleted_at FROM deleted_accounts WHERE app = ? AND user_id = ?").Bind(app.Value).Bind(user.Value).ScalarOr(0);

    public static void Erase(WriteScope to, EraseAccount change)
    {
        var (db, app, user) = (to.Db, change.App.Value, change.User.Value);
        db.Prepare(
            """
            INSERT INTO deleted_accounts (app, user_id, number, deleted_at)
            SELECT app, user_id, number, ? FROM accounts WHERE app = ? AND user_id = ?
            ON CONFLICT (app, user_id) DO UPDATE SET number = excluded.number, deleted_at = excluded.deleted_at
            """).Bind(change.At).Bind(app).Bind(user).Run();
        Unblock(db, change);
        foreach (var (table, column) in Own) db.Prepare($"DELETE FROM {table} WHERE app = ? AND {column} = ?").Bind(app).Bind(user).Run();
        Conversations(to, change);
    }

    private static void Unblock(SqlSession db, EraseAccount change)
    {
        var rows = db.Prepare("SELECT owner FROM blocks WHERE app = ? AND blocked = ?").Bind(change.App.Value).Bind(change.User.Value);
        var owners = new List<string>();
        while (rows.Step()) owners.Add(rows.Text(0));
        foreach (var owner in owners) StreamRows.BumpAndNote(db, new(change.App, StreamKind.Blocks, owner), change.User.Value, StreamState.Deleted);
        db.Prepare("DELETE FROM blocks WHERE app = ? AND blocked = ?").Bind(change.App.Value).Bind(change.User.Value).Run();
    }

    /// <summary>Whoever has the id next sees nothing of what was said until now.</summary>
    private static void Conversations(WriteScope to, EraseAccount change)
    {
        var (db, app, user) = (to.Db, change.App.Value, change.User.Value);
        db.Prepare(
            """
            DELETE FROM user_conversations WHERE app = ? AND user_id = ?
              AND conv IN (SELECT id FROM conversations WHERE app = ? AND kind IN (?, ?))
            """).Bind(app).Bind(user).Bind(app).Bind((long)ConversationKind.Group).Bind((long)ConversationKind.Topic).Run();
        db.Prepare(
            """
            UPDATE user_conversations
            SET receive = 0, pinned = 0, mention = 0, extra = '', settings = '', quiet = '', max_seq = 0, max_change = 0,
                read_seq = (SELECT coalesce(max(seq), 0) FROM entries WHERE log = user_conversations.conv * 2),
                min_seq = (SELECT coalesce(max(seq), 0) + 1 FROM entries WHERE log = user_conversations.conv * 2),
                hidden_at = (SELECT coalesce(max(seq), 0) FROM entries WHERE log = user_conversations.conv * 2),
                created_at = ?
            WHERE app = ? AND user_id = ?
            """).Bind(change.At).Bind(app).Bind(user).Run();

        var inbox = to.IdOf(ConversationKey.Inbox(change.App, change.User));
        db.Prepare(
            """
            INSERT INTO user_conversations (app, user_id, conv, read_seq, min_seq, max_seq, receive, pinned, mention, extra, settings, created_at)
            VALUES (?, ?, ?, 0, 0, 0, 0, 0, 0, '', '', ?)
            ON CONFLICT (app, user_id, conv) DO UPDATE SET created_at = excluded.created_at
            """).Bind(app).Bind(user).Bind(inbox).Bind(change.At + 1).Run();
    }
}
