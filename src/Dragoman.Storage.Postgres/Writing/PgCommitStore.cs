using Dragoman.Engine;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql;
using Dragoman.Storage.Postgres.Connections;

namespace Dragoman.Storage.Postgres.Writing;

/// <summary>Writes batches on as many connections as there are writers.</summary>
internal sealed class PgCommitStore : ICommitStore, IDisposable
{
    /// <summary>What writers that are gone have left behind is swept after so long, milliseconds.</summary>
    private const long KeepCommits = 7L * 24 * 60 * 60 * 1000;

    private readonly PgServer _server;
    private readonly PgWriter[] _writers;
    private readonly MessageIds _ids;
    private readonly TimeProvider _clock;

    /// <param name="setup">Asked for, so that the database is migrated before anything is written.</param>
    public PgCommitStore(PgServer server, ISqlSetup setup, PostgresOptions options, MessageIds ids, TimeProvider clock)
    {
        _ = setup.StorageId;
        _server = server;
        _ids = ids;
        _clock = clock;
        var process = Guid.NewGuid().ToString("N");
        _writers = [.. Enumerable.Range(0, options.WriterCount).Select(i => new PgWriter(server, ids, clock, $"{process}/{i}"))];
    }

    public int WriterCount => _writers.Length;

    public ValueTask CommitAsync(int writer, IReadOnlyList<WriteUnit> units, CancellationToken ct)
    {
        _writers[writer].Commit(units);
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> WasCommittedAsync(int writer, CancellationToken ct) => new(_writers[writer].WasCommitted());

    public ValueTask<JournalMemory> RecallAsync(int count, CancellationToken ct)
    {
        using var db = _server.Open();
        db.Prepare("DELETE FROM commits WHERE at < ?").Bind(_clock.GetUtcNow().ToUnixTimeMilliseconds() - KeepCommits).Run();
        var lastId = new MessageId(db.Prepare("SELECT coalesce(max(id), 0) FROM entries").ScalarOr(0));
        if (lastId.Value > 0) _ids.StartAfter(lastId);

        var rows = db.Prepare(
            """
            SELECT c.app, e.sender, e.client_key, e.id, e.seq, e.sent_at
            FROM entries e JOIN conversations c ON c.id = e.log / 2 WHERE e.client_key <> ? ORDER BY e.id DESC LIMIT ?
            """).Bind(ReadOnlySpan<byte>.Empty).Bind(count);
        var recent = new List<RememberedSend>();
        while (rows.Step())
        {
            var sent = new SentMessage(new(rows.Int64(3)), rows.Int64(4), rows.Int64(5), IsRepeat: false);
            recent.Add(new(DedupKey.Of(new AppId(rows.Int32(0)), rows.Span(1), rows.Span(2)), sent));
        }

        return new(new JournalMemory(lastId, recent));
    }

    public void Dispose()
    {
        foreach (var writer in _writers) writer.Dispose();
    }
}
