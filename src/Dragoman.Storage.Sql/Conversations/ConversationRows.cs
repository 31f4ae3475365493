using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Streams;

namespace Dragoman.Storage.Sql.Conversations;

/// <summary>Writes of conversations and of what users keep about them, inside the log writer's transaction.</summary>
internal static class ConversationRows
{
    /// <returns>The row's id; 0 when there is none.</returns>
    public static long FindId(SqlSession db, ConversationKey key)
    {
        var statement = db.Prepare("SELECT id FROM conversations WHERE app = ? AND kind = ? AND a = ? AND b = ?");
        BindKey(statement, key);
        return statement.ScalarOr(0);
    }

    public static long Create(SqlSession db, ConversationKey key)
    {
        var statement = db.Prepare("INSERT INTO conversations (app, kind, a, b) VALUES (?, ?, ?, ?) RETURNING id");
        BindKey(statement, key);
        statement.Step();
        var id = statement.Int64(0);
        statement.Reset();
        return id;
    }

    /// <summary>Puts a conversation on a user's list; who has it keeps what he has, without an end.</summary>
    public static void AddUser(SqlSession db, ConversationKey key, UserId user, long conversation, long now)
    {
        db.Prepare(
            """
            INSERT INTO user_conversations (app, user_id, conv, read_seq, min_seq, max_seq, receive, pinned, mention, extra, settings, created_at)
            VALUES (?, ?, ?, 0, 0, 0, 0, 0, 0, '', '', ?)
            ON CONFLICT (app, user_id, conv) DO UPDATE SET max_seq = 0
            """)
            .Bind(key.App.Value).Bind(user.Value).Bind(conversation).Bind(now)
            .Run();
        StreamRows.BumpAndNote(db, StreamOf(key.App, user), key.Element, StreamState.Inserted);
    }

    public static void Put(SqlSession db, UserConversation state, long conversation)
    {
        var isNew = !Exists(db, state.Conversation.App, state.User, conversation);
        db.Prepare(
            """
            INSERT INTO user_conversations (app, user_id, conv, read_seq, min_seq, max_seq, receive, pinned, mention, extra, settings, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (app, user_id, conv) DO UPDATE
            SET read_seq = CASE WHEN excluded.read_seq > user_conversations.read_seq THEN excluded.read_seq ELSE user_conversations.read_seq END,
                min_seq = excluded.min_seq, max_seq = excluded.max_seq,
                receive = excluded.receive, pinned = excluded.pinned, mention = excluded.mention, extra = excluded.extra,
                settings = excluded.settings
            """)
            .Bind(state.Conversation.App.Value).Bind(state.User.Value).Bind(conversation)
            .Bind(state.ReadSequence).Bind(state.MinSequence).Bind(state.MaxSequence)
            .Bind((long)state.Receive).Bind(state.IsPinned).Bind((long)state.Mention)
            .Bind(state.Extra).Bind(state.Settings).Bind(state.CreatedAt)
            .Run();
        StreamRows.BumpAndNote(
            db,
            StreamOf(state.Conversation.App, state.User),
            state.Conversation.Element,
            isNew ? StreamState.Inserted : StreamState.Updated);
    }

    public static void AdvanceRead(SqlSession db, AppId app, UserId user, long conversation, long read) =>
        db.Prepare("UPDATE user_conversations SET read_seq = ? WHERE app = ? AND user_id = ? AND conv = ? AND read_seq < ?")
            .Bind(read).Bind(app.Value).Bind(user.Value).Bind(conversation).Bind(read).Run();

    /// <summary>Takes what was said before <paramref name="first"/> out of a user's sight, and for read.</summary>
    public static void BeginFor(SqlSession db, AppId app, UserId user, long conversation, long first) =>
        db.Prepare("UPDATE user_conversations SET min_seq = ?, read_seq = ? WHERE app = ? AND user_id = ? AND conv = ?")
            .Bind(first).Bind(first - 1).Bind(app.Value).Bind(user.Value).Bind(conversation).Run();

    public static void EndFor(SqlSession db, AppId app, UserId user, long conversation, long last) =>
        db.Prepare("UPDATE user_conversations SET max_seq = ? WHERE app = ? AND user_id = ? AND conv = ?")
            .Bind(last).Bind(app.Value).Bind(user.Value).Bind(conversation).Run();

    public static void Mention(SqlSession db, AppId app, UserId user, long conversation, MentionMark mark) =>
        db.Prepare("UPDATE user_conversations SET mention = mention | ? WHERE app = ? AND user_id = ? AND conv = ?")
            .Bind((long)mark).Bind(app.Value).Bind(user.Value).Bind(conversation).Run();

    private static bool Exists(SqlSession db, AppId app, UserId user, long conversation)
    {
        var statement = db.Prepare("SELECT 1 FROM user_conversations WHERE app = ? AND user_id = ? AND conv = ?")
            .Bind(app.Value).Bind(user.Value).Bind(conversation);
        var exists = statement.Step();
        statement.Reset();
        return exists;
    }

    private static StreamKey StreamOf(AppId app, UserId user) => new(app, StreamKind.Conversations, user.Value);

    private static void BindKey(SqlStatement statement, ConversationKey key) =>
        statement.Bind(key.App.Value).Bind((long)key.Kind).Bind(key.A).Bind(key.B);
}
