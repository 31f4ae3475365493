using Dragoman.Engine.Ports;
using Dragoman.Storage.Sqlite.Native;

namespace Dragoman.Storage.Sqlite.Streams;

internal sealed class SqliteStreamStore(SqliteFile file) : IStreamStore
{
    public string StorageId { get; } = ReadId(file.Writer);

    public ValueTask<StreamDelta> ReadAsync(StreamKey stream, long since, int limit, CancellationToken ct) =>
        file.Readers.ReadAsync((stream, since, limit), static (db, q) =>
        {
            // One transaction, so that the version and the changes are of the same moment.
            db.Execute("BEGIN");
            try
            {
                var version = Version(db, q.stream);
                return new StreamDelta(version, version == q.since ? [] : Changes(db, q.stream, q.since, q.limit));
            }
            finally
            {
                db.Execute("COMMIT");
            }
        }, ct);

    private static long Version(SqliteDb db, StreamKey stream)
    {
        var statement = db.Prepare("SELECT version FROM streams WHERE app = ? AND kind = ? AND owner = ?")
            .Bind(stream.App.Value).Bind((long)stream.Kind).Bind(stream.Owner);
        var version = statement.Step() ? statement.Int64(0) : 0;
        statement.Reset();
        return version;
    }

    private static List<StreamChange>? Changes(SqliteDb db, StreamKey stream, long since, int limit)
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

    private static string ReadId(SqliteDb db)
    {
        var statement = db.Prepare("SELECT id FROM storage");
        statement.Step();
        var id = statement.Text(0);
        statement.Reset();
        return id;
    }
}
