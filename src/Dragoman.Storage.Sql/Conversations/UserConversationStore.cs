using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Conversations;

internal sealed class UserConversationStore(ISqlReaders readers) : IUserConversationStore
{
    private const string StateColumns =
        "u.read_seq, u.min_seq, u.max_seq, u.receive, u.pinned, u.mention, u.extra, u.settings, u.created_at, u.max_change, u.hidden_at, u.pinned_at, u.marks, u.quiet";

    public ValueTask<UserConversation?> FindAsync(UserId user, ConversationKey conversation, CancellationToken ct) =>
        readers.ReadAsync((user, conversation), static (db, q) =>
        {
            var id = ConversationRows.FindId(db, q.conversation);
            if (id == 0) return null;

            var statement = db.Prepare($"SELECT {StateColumns} FROM user_conversations u WHERE u.app = ? AND u.user_id = ? AND u.conv = ?")
                .Bind(q.conversation.App.Value).Bind(q.user.Value).Bind(id);
            var state = statement.Step() ? Read(statement, q.user, q.conversation) : null;
            statement.Reset();
            return state;
        }, ct);

    public ValueTask<(int Total, IReadOnlyList<UserConversation> Page)> PageAsync(AppId app, UserId user, long skip, int take, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, UserId User, long Skip, int Take), (int, IReadOnlyList<UserConversation>)>((app, user, skip, take), static (db, q) =>
        {
            var count = db.Prepare($"SELECT count(*) {ShownSql}").Bind(q.App.Value).Bind(q.User.Value).Bind((int)ConversationKind.Inbox).Bind((int)ConversationKind.Topic);
            var total = (int)count.ScalarOr(0);
            var statement = db.Prepare($"SELECT {StateColumns}, c.kind, c.a, c.b {ShownSql} ORDER BY u.conv LIMIT ? OFFSET ?")
                .Bind(q.App.Value).Bind(q.User.Value).Bind((int)ConversationKind.Inbox).Bind((int)ConversationKind.Topic).Bind(q.Take).Bind(q.Skip);
            var page = new List<UserConversation>();
            while (statement.Step()) page.Add(Read(statement, q.User, KeyIn(statement, q.App)));

            return (total, page);
        }, ct);

    private const string ShownSql =
        """
        FROM user_conversations u JOIN conversations c ON c.id = u.conv
        WHERE u.app = ? AND u.user_id = ? AND c.kind NOT IN (?, ?)
          AND (u.hidden_at = 0 OR u.hidden_at < (SELECT coalesce(max(seq), 0) FROM entries WHERE log = c.id * 2))
        """;

    public ValueTask<IReadOnlyList<UserConversation>> ListAsync(AppId app, UserId user, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, UserId User), IReadOnlyList<UserConversation>>((app, user), static (db, q) =>
        {
            var statement = db.Prepare(
                $"SELECT {StateColumns}, c.kind, c.a, c.b FROM user_conversations u JOIN conversations c ON c.id = u.conv WHERE u.app = ? AND u.user_id = ?")
                .Bind(q.App.Value).Bind(q.User.Value);
            var list = new List<UserConversation>();
            while (statement.Step()) list.Add(Read(statement, q.User, KeyIn(statement, q.App)));
            return list;
        }, ct);

    private static ConversationKey KeyIn(SqlStatement row, AppId app) => new(app, (ConversationKind)row.Int32(14), row.Text(15), row.Text(16));

    private static UserConversation Read(SqlStatement row, UserId user, ConversationKey conversation) => new()
    {
        User = user,
        Conversation = conversation,
        ReadSequence = row.Int64(0),
        MinSequence = row.Int64(1),
        MaxSequence = row.Int64(2),
        Receive = (ReceiveOption)row.Int32(3),
        IsPinned = row.Int32(4) != 0,
        Mention = (MentionMark)row.Int32(5),
        Extra = row.Text(6),
        Settings = row.Text(7),
        CreatedAt = row.Int64(8),
        MaxChange = row.Int64(9),
        HiddenAt = row.Int64(10),
        PinnedAt = row.Int64(11),
        Marks = row.Int64(12),
        Quiet = QuietHours.Read(row.Text(13)),
    };
}
