using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Streams;

/// <summary>Writes of the change streams, inside the log writer's transaction.</summary>
internal static class StreamRows
{
    /// <summary>Counts a stream on by one.</summary>
    public static long Bump(SqlSession db, StreamKey stream)
    {
        db.WriteDeferred();
        var statement = db.Prepare(
            """
            INSERT INTO streams (app, kind, owner, version) VALUES (?, ?, ?, 1)
            ON CONFLICT (app, kind, owner) DO UPDATE SET version = streams.version + 1 RETURNING version
            """).Bind(stream.App.Value).Bind((long)stream.Kind).Bind(stream.Owner);
        statement.Step();
        var version = statement.Int64(0);
        statement.Reset();
        return version;
    }

    /// <summary>Sets a stream to a version that the engine counts itself.</summary>
    public static void Advance(SqlSession db, StreamKey stream, long version) =>
        db.Prepare(
            """
            INSERT INTO streams (app, kind, owner, version) VALUES (?, ?, ?, ?)
            ON CONFLICT (app, kind, owner) DO UPDATE SET version = excluded.version WHERE excluded.version > streams.version
            """).Bind(stream.App.Value).Bind((long)stream.Kind).Bind(stream.Owner).Bind(version).Run();

    public static void Note(SqlSession db, StreamKey stream, string element, StreamState state, long version) =>
        db.Prepare(
            """
            INSERT INTO stream_changes (app, kind, owner, element, state, version) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (app, kind, owner, element) DO UPDATE SET state = excluded.state, version = excluded.version
            """)
            .Bind(stream.App.Value).Bind((long)stream.Kind).Bind(stream.Owner).Bind(element).Bind((long)state).Bind(version)
            .Run();

    /// <summary>Counts a stream on by one and notes the element that changed; a session may do it later in the transaction.</summary>
    public static void BumpAndNote(SqlSession db, StreamKey stream, string element, StreamState state)
    {
        if (!db.TryDefer(stream, element, state)) Note(db, stream, element, state, Bump(db, stream));
    }
}
