using Dragoman.Engine.Ports;
using Dragoman.Storage.Postgres.Connections;

namespace Dragoman.Storage.Postgres.Writing;

/// <summary>Changes of streams that gather during a transaction and are written in one statement, the streams in one order.</summary>
internal sealed class StreamBatch
{
    private const string Sql =
        """
        WITH counted AS (
            INSERT INTO streams (app, kind, owner, version)
            SELECT * FROM unnest(?, ?, ?, ?) AS s(app, kind, owner, version) ORDER BY s.app, s.kind, s.owner
            ON CONFLICT (app, kind, owner) DO UPDATE SET version = streams.version + excluded.version
            RETURNING app, kind, owner, version)
        INSERT INTO stream_changes (app, kind, owner, element, state, version)
        SELECT c.app, c.kind, c.owner, e.element, e.state, c.version - e.behind
        FROM unnest(?, ?, ?, ?, ?, ?) AS e(app, kind, owner, element, state, behind)
        JOIN counted c ON c.app = e.app AND c.kind = e.kind AND c.owner = e.owner
        ON CONFLICT (app, kind, owner, element) DO UPDATE SET state = excluded.state, version = excluded.version
        """;

    private readonly List<(StreamKey Stream, string Element, StreamState State)> _changes = [];

    public void Add(StreamKey stream, string element, StreamState state) => _changes.Add((stream, element, state));

    public void Clear() => _changes.Clear();

    public void Flush(PgSession db)
    {
        if (_changes.Count == 0) return;

        // As if one by one: each change counts its stream on by one, and an element has the version of its last change.
        var counts = new Dictionary<StreamKey, long>();
        var newest = new Dictionary<(StreamKey Stream, string Element), (StreamState State, long Version)>();
        foreach (var (stream, element, state) in _changes)
        {
            var version = counts[stream] = counts.GetValueOrDefault(stream) + 1;
            newest[(stream, element)] = (state, version);
        }

        _changes.Clear();
        db.Prepare(Sql)
            .Bind([.. counts.Keys.Select(s => (long)s.App.Value)]).Bind([.. counts.Keys.Select(s => (long)s.Kind)])
            .Bind([.. counts.Keys.Select(s => s.Owner)]).Bind([.. counts.Values])
            .Bind([.. newest.Keys.Select(e => (long)e.Stream.App.Value)]).Bind([.. newest.Keys.Select(e => (long)e.Stream.Kind)])
            .Bind([.. newest.Keys.Select(e => e.Stream.Owner)]).Bind([.. newest.Keys.Select(e => e.Element)])
            .Bind([.. newest.Values.Select(e => (long)e.State)]).Bind([.. newest.Select(e => counts[e.Key.Stream] - e.Value.Version)])
            .Run();
    }
}
