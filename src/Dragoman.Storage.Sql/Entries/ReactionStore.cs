using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Conversations;

namespace Dragoman.Storage.Sql.Entries;

internal sealed class ReactionStore(ISqlReaders readers) : IReactionStore
{
    private const string OfOneKind = "FROM reactions WHERE app = ? AND conv = ? AND seq = ? AND reaction = ? ORDER BY reacted_at, user_id";

    public ValueTask<IReadOnlyList<ReactionTally>[]> TallyAsync(
        ConversationKey conversation, IReadOnlyList<long> sequences, UserId reader, int users, CancellationToken ct) =>
        readers.ReadAsync((conversation, sequences, reader, users), static (db, q) => db.ReadConsistently(q, static (db, q) =>
        {
            var id = ConversationRows.FindId(db, q.conversation);
            var tallies = new IReadOnlyList<ReactionTally>[q.sequences.Count];
            for (var i = 0; i < tallies.Length; i++) tallies[i] = Tally(db, q.conversation.App, id, q.sequences[i], q.reader, q.users);
            return tallies;
        }), ct);

    public ValueTask<IReadOnlyList<UserId>> PageAsync(
        ConversationKey conversation, long sequence, string reaction, long skip, int take, CancellationToken ct) =>
        readers.ReadAsync<(ConversationKey Key, long Sequence, string Reaction, long Skip, int Take), IReadOnlyList<UserId>>(
            (conversation, sequence, reaction, skip, take),
            static (db, q) => Users(db, q.Key.App, ConversationRows.FindId(db, q.Key), q.Sequence, q.Reaction, q.Skip, q.Take),
            ct);

    private static List<ReactionTally> Tally(SqlSession db, AppId app, long conversation, long sequence, UserId reader, int users)
    {
        var row = db.Prepare(
            """
            SELECT reaction, count(*), count(CASE WHEN user_id = ? THEN 1 END), min(reacted_at) FROM reactions
            WHERE app = ? AND conv = ? AND seq = ? GROUP BY reaction ORDER BY min(reacted_at), reaction
            """).Bind(reader.Value).Bind(app.Value).Bind(conversation).Bind(sequence);
        var tallies = new List<ReactionTally>();
        while (row.Step()) tallies.Add(new(row.Text(0), row.Int32(1), row.Int64(2) > 0, [], row.Int64(3)));
        for (var i = 0; users > 0 && i < tallies.Count; i++)
            tallies[i] = tallies[i] with { Users = Users(db, app, conversation, sequence, tallies[i].Reaction, skip: 0, users) };
        return tallies;
    }

    private static List<UserId> Users(SqlSession db, AppId app, long conversation, long sequence, string reaction, long skip, int take)
    {
        var row = db.Prepare($"SELECT user_id {OfOneKind} LIMIT ? OFFSET ?")
            .Bind(app.Value).Bind(conversation).Bind(sequence).Bind(reaction).Bind(take).Bind(skip);
        var users = new List<UserId>();
        while (row.Step()) users.Add(new(row.Text(0)));
        return users;
    }
}
