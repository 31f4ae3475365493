using Dragoman.Engine.Conversations;
using Dragoman.Storage.Sql.Conversations;

namespace Dragoman.Storage.Sql.Entries;

/// <summary>How far many conversations have grown, in one statement.</summary>
internal static class EndRows
{
    /// <param name="conversations">Of one app, at least one.</param>
    public static ConversationEnds[] Read(SqlSession db, IReadOnlyList<ConversationKey> conversations)
    {
        var ends = new ConversationEnds[conversations.Count];
        Array.Fill(ends, new(0, 0, 0));
        var row = db.Prepare(
            $"""
            SELECT v.column1, c.first_seq,
                   coalesce((SELECT max(seq) FROM entries WHERE log = c.id * 2), 0),
                   coalesce((SELECT max(seq) FROM entries WHERE log = c.id * 2 + 1), 0),
                   coalesce((SELECT sent_at FROM entries WHERE log = c.id * 2 ORDER BY seq DESC LIMIT 1), 0)
            FROM {KeyList.Source(conversations.Count)} WHERE {KeyList.IsNamed}
            """).BindKeys(conversations).Bind(conversations[0].App.Value);
        while (row.Step()) ends[row.Int32(0)] = new(row.Int64(2), row.Int64(3), row.Int64(4), row.Int64(1));
        return ends;
    }
}
