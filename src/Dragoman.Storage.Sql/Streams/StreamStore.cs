using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Streams;

internal sealed class StreamStore(ISqlReaders readers, ISqlSetup setup) : IStreamStore
{
    public string StorageId => setup.StorageId;

    public ValueTask<StreamDelta> ReadAsync(StreamKey stream, long since, int limit, CancellationToken ct) =>
        readers.ReadAsync(
            (stream, since, limit),
            static (db, q) => db.ReadConsistently(q, static (db, q) =>
            {
                var version = Version(db, q.stream);
                return new StreamDelta(version, version == q.since ? [] : Changes(db, q.stream, q.since, q.limit));
            }),
            ct);

    private static long Version(SqlSession db, StreamKey stream) =>
        db.Prepare("SELECT version FROM streams WHERE app = ? AND kind = ? AND owner = ?")
            .Bind(stream.App.Value).Bind((long)stream.Kind).Bind(stream.Owner).ScalarOr(0);

    private static List<StreamChange>? Changes(SqlSession db, StreamKey stream, long since, int limit)
    {
        var statement = db.Prepare(
            """
            SELECT element, state FROM stream_changes
            WHERE app = ? AND kind = ? AND owner = ? AND version > ? ORDER BY version LIMIT ?
            """).Bind(stream.App.Value).Bind((long)stream.Kind).Bind(stream.Owner).Bind(since).Bind(limit + 1L);
        var changes = new List<StreamChange>();
        while (statement.Step()) changes.Add(new(statement.Text(0), (StreamState)statement.Int32(1)));
        return changes.Count > limit ? null : changes;
    }
}
