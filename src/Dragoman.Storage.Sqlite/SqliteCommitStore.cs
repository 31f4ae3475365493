using Dragoman.Engine;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Entries;
using Dragoman.Storage.Sql.Writing;
using Dragoman.Storage.Sqlite.Native;

namespace Dragoman.Storage.Sqlite;

/// <summary>Writes batches: one transaction, one fsync, on the log writer's thread.</summary>
internal sealed class SqliteCommitStore(SqliteFile file, MessageIds ids, TimeProvider clock) : ICommitStore
{
    private readonly SqliteDb _db = file.Writer;
    private readonly KeptLogHeads _heads = file.Heads;
    private readonly WriteScope _scope = new(file.Writer, file.Heads);
    private readonly ChangeTable _changes = ChangeTable.OfAllFeatures();

    /// <summary>SQLite has one writer at a time.</summary>
    public int WriterCount => 1;

    public ValueTask CommitAsync(int writer, IReadOnlyList<WriteUnit> units, CancellationToken ct)
    {
        _scope.Now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        _db.BeginWrite();
        try
        {
            foreach (var unit in units)
            {
                if (unit.Changes.Count == 0) Append(unit.Entries);
                else WriteAtomically(unit);
            }

            _db.Commit();
        }
        catch
        {
            _heads.Forget();
            _db.Rollback();
            throw;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Never asked: a commit that fails has not happened.</summary>
    public ValueTask<bool> WasCommittedAsync(int writer, CancellationToken ct) => new(false);

    public ValueTask<JournalMemory> RecallAsync(int count, CancellationToken ct)
    {
        var lastId = new MessageId(_db.Prepare("SELECT coalesce(max(id), 0) FROM entries").ScalarOr(0));
        if (lastId.Value > 0) ids.StartAfter(lastId);

        var rows = _db.Prepare(
            """
            SELECT e.log / 2, e.sender, e.client_key, e.id, e.seq, e.sent_at
            FROM entries e WHERE e.client_key <> x'' ORDER BY e.id DESC LIMIT ?
            """).Bind(count);
        var apps = AppsOfConversations();
        var recent = new List<RememberedSend>();
        while (rows.Step())
        {
            var sent = new SentMessage(new(rows.Int64(3)), rows.Int64(4), rows.Int64(5), IsRepeat: false);
            recent.Add(new(DedupKey.Of(apps[rows.Int64(0)], rows.Span(1), rows.Span(2)), sent));
        }

        return new(new JournalMemory(lastId, recent));
    }

    private Dictionary<long, AppId> AppsOfConversations()
    {
        var rows = _db.Prepare("SELECT id, app FROM conversations");
        var apps = new Dictionary<long, AppId>();
        while (rows.Step()) apps.Add(rows.Int64(0), new AppId(rows.Int32(1)));
        return apps;
    }

    private void WriteAtomically(WriteUnit unit)
    {
        _db.Savepoint();
        unit.Conflict = _changes.Apply(_scope, unit.Changes);
        if (unit.Conflict == Condition.None)
        {
            Append(unit.Entries);
            _changes.ApplyAfterEntries(_scope, unit.Changes);
        }
        else
        {
            // A conversation may have been created and counted on before the collision showed.
            _heads.Forget();
            _db.RollbackToSavepoint();
        }

        _db.ReleaseSavepoint();
    }

    private void Append(Entry[] entries)
    {
        foreach (var entry in entries)
        {
            var (log, place) = _scope.HeadOf(entry.Conversation).Next(entry.Channel, _scope.Now);
            entry.Place(place.Sequence, ids.Next(), place.SentAt);
            EntryRows.Insert(_db, entry, log);
        }
    }
}
