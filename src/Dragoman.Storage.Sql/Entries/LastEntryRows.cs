using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Storage.Sql.Conversations;

namespace Dragoman.Storage.Sql.Entries;

/// <summary>The last entry of each of many conversations that one user can see, in one statement.</summary>
internal static class LastEntryRows
{
    private const int KeyColumns = 5;

    /// <param name="conversations">Of one app, at least one.</param>
    public static IReadOnlyList<LastEntry> Read(SqlSession db, UserId reader, IReadOnlyList<ConversationKey> conversations)
    {
        var app = conversations[0].App;
        var statement = db.Prepare(Sql(conversations.Count)).BindKeys(conversations);
        statement.Bind((int)EntryFlags.Erased).Bind(reader.Value).Bind((int)ConversationKind.Direct).Bind(app.Value).Bind(reader.Value);
        var found = new List<LastEntry>(conversations.Count);
        while (statement.Step())
        {
            var key = new ConversationKey(app, (ConversationKind)statement.Int32(0), statement.Text(1), statement.Text(2));
            found.Add(new(EntryRows.Read(statement, key, LogChannel.Timeline, KeyColumns), statement.Int64(3), statement.Int64(4)));
        }

        return found;
    }

    private static string Sql(int count) =>
        $"""
        SELECT c.kind, c.a, c.b, u.read_seq, coalesce(p.read_seq, 0), {EntryRows.ColumnsOf("e")}
        FROM {KeyList.Source(count)}
        CROSS JOIN user_conversations u
        JOIN entries e ON e.log = c.id * 2 AND e.seq =
            (SELECT l.seq FROM entries l
             WHERE l.log = c.id * 2 AND l.seq >= u.min_seq AND l.seq >= c.first_seq AND (u.max_seq = 0 OR l.seq <= u.max_seq) AND (l.flags & ?) = 0
               AND NOT EXISTS (SELECT 1 FROM hidden_entries h WHERE h.app = u.app AND h.user_id = u.user_id AND h.conv = c.id AND h.seq = l.seq)
             ORDER BY l.seq DESC LIMIT 1)
        LEFT JOIN user_conversations p
            ON p.app = c.app AND p.conv = c.id AND p.user_id = CASE WHEN c.a = ? THEN c.b ELSE c.a END AND c.kind = ?
        WHERE {KeyList.IsNamed} AND u.app = c.app AND u.user_id = ? AND u.conv = c.id
        """;
}
