using Dragoman.Engine;
using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Streams;

/// <summary>Notes what one write changes in streams of one kind: each is counted on once, however much of it changes.</summary>
internal sealed class StreamNotes(SqlSession db, AppId app, StreamKind kind)
{
    private readonly Dictionary<string, long> _versions = [];

    public void Add(string owner, string element, StreamState state)
    {
        var stream = new StreamKey(app, kind, owner);
        if (!_versions.TryGetValue(owner, out var version)) _versions.Add(owner, version = StreamRows.Bump(db, stream));
        StreamRows.Note(db, stream, element, state, version);
    }
}
