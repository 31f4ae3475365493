using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Streams;
using Dragoman.Storage.Sql.Writing;

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

    /// <summary>The first word of two people puts the conversation on both their lists; members of a group get it by joining.</summary>
    public static void AddUsers(SqlSession db, ConversationKey key, long conversation, long now)
    {
        if (key.Kind != ConversationKind.Direct) return;
        AddUser(db, key, new(key.A), conversation, now);
        if (key.A != key.B) AddUser(db, key, new(key.B), conversation, now);
    }

    /// <summary>Puts a conversation on a user's list; who has it keeps what he has, without an end.</summary>
    public static void AddUser(SqlSession db, ConversationKey key, UserId user, long conversation, long now)
    {
        db.Prepare(
            """
            INSERT INTO user_conversations (app, user_id, conv, read_seq, min_seq, max_seq, receive, pinned, mention, extra, settings, created_at)
            VALUES (?, ?, ?, 0, 0, 0, 0, 0, 0, '', '', ?)
            ON CONFLICT (app, user_id, conv) DO UPDATE SET max_seq = 0, max_change = 0
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
            INSERT INTO user_conversations
                (app, user_id, conv, read_seq, min_seq, max_seq, receive, pinned, mention, extra, settings, created_at, max_change, hidden_at, pinned_at, marks, quiet)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (app, user_id, conv) DO UPDATE
            SET read_seq = CASE WHEN excluded.read_seq > user_conversations.read_seq THEN excluded.read_seq ELSE user_conversations.read_seq END,
                min_seq = excluded.min_seq, max_seq = excluded.max_seq,
                receive = excluded.receive, pinned = excluded.pinned, mention = excluded.mention, extra = excluded.extra,
                settings = excluded.settings, max_change = excluded.max_change,
                hidden_at = excluded.hidden_at, pinned_at = excluded.pinned_at, marks = excluded.marks, quiet = excluded.quiet
            """)
            .Bind(state.Conversation.App.Value).Bind(state.User.Value).Bind(conversation)
            .Bind(state.ReadSequence).Bind(state.MinSequence).Bind(state.MaxSequence)
            .Bind((long)state.Receive).Bind(state.IsPinned).Bind((long)state.Mention)
            .Bind(state.Extra).Bind(state.Settings).Bind(state.CreatedAt).Bind(state.MaxChange).Bind(state.HiddenAt).Bind(state.PinnedAt).Bind(state.Marks).Bind(state.Quiet.Write())
            .Run();
        StreamRows.BumpAndNote(
            db,
            StreamOf(state.Conversation.App, state.User),
            state.Conversation.Element,
            isNew ? StreamState.Inserted : StreamState.Updated);
    }

    /// <summary>Of a row that this transaction has put there: the stream of changes has noted it.</summary>
    public static void SetLook(SqlSession db, AppId app, UserId user, long conversation, ConversationLook look) =>
        db.Prepare("UPDATE user_conversations SET receive = ?, pinned = ?, mention = ?, extra = ?, settings = ? WHERE app = ? AND user_id = ? AND conv = ?")
            .Bind((long)look.Receive).Bind(look.IsPinned).Bind((long)look.Mention).Bind(look.Extra).Bind(look.Settings)
            .Bind(app.Value).Bind(user.Value).Bind(conversation).Run();

    public static void AdvanceRead(SqlSession db, AppId app, UserId user, long conversation, long read) =>
        db.Prepare("UPDATE user_conversations SET read_seq = ? WHERE app = ? AND user_id = ? AND conv = ? AND read_seq < ?")
            .Bind(read).Bind(app.Value).Bind(user.Value).Bind(conversation).Bind(read).Run();

    /// <summary>Takes what was said before <paramref name="first"/> out of a user's sight, and for read.</summary>
    public static void BeginFor(SqlSession db, AppId app, UserId user, long conversation, long first) =>
        db.Prepare("UPDATE user_conversations SET min_seq = ?, read_seq = ? WHERE app = ? AND user_id = ? AND conv = ?")
            .Bind(first).Bind(first - 1).Bind(app.Value).Bind(user.Value).Bind(conversation).Run();

    public static void HideFor(SqlSession db, AppId app, UserId user, ConversationKey key, long conversation, long timeline)
    {
        db.Prepare("UPDATE user_conversations SET hidden_at = ? WHERE app = ? AND user_id = ? AND conv = ?")
            .Bind(timeline).Bind(app.Value).Bind(user.Value).Bind(conversation).Run();
        StreamRows.BumpAndNote(db, StreamOf(app, user), key.Element, StreamState.Deleted);
    }

    /// <summary>Nobody sees what came before; a conversation never begins earlier again.</summary>
    public static void Cut(SqlSession db, long conversation, long first) =>
        db.Prepare("UPDATE conversations SET first_seq = ? WHERE id = ? AND first_seq < ?").Bind(first).Bind(conversation).Bind(first).Run();

    /// <summary>The user sees nothing that comes after the present ends of the logs.</summary>
    public static void EndFor(SqlSession db, AppId app, UserId user, LogHead head) =>
        db.Prepare("UPDATE user_conversations SET max_seq = ?, max_change = ? WHERE app = ? AND user_id = ? AND conv = ?")
            .Bind(head.Timeline).Bind(head.Changes).Bind(app.Value).Bind(user.Value).Bind(head.Id).Run();

    public static void Mention(SqlSession db, UserId user, ConversationKey key, long conversation, MentionMark mark)
    {
        db.Prepare("UPDATE user_conversations SET mention = mention | ? WHERE app = ? AND user_id = ? AND conv = ?")
            .Bind((long)mark).Bind(key.App.Value).Bind(user.Value).Bind(conversation).Run();
        StreamRows.BumpAndNote(db, StreamOf(key.App, user), key.Element, StreamState.Updated);
    }

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
