using Dragoman.Engine;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Storage.Postgres.Connections;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Postgres.Writing;

/// <summary>
/// Writes batches on one connection. A batch of messages is two round trips: lock the conversations; insert the entries, move
/// the ends, commit.
/// </summary>
internal sealed class PgTransaction : IDisposable
{
    private readonly MessageIds _ids;
    private readonly PgLogHeads _heads;
    private readonly WriteScope _scope;
    private readonly ChangeTable _changes = ChangeTable.OfAllFeatures();
    private readonly EntryBatch _entries = new();
    private readonly StreamBatch _streams = new();
    private readonly ReadBatch _reads = new();

    public PgTransaction(PgSession session, MessageIds ids)
    {
        Session = session;
        _ids = ids;
        _heads = new(session);
        _scope = new(session, _heads);
        session.Streams = _streams;
    }

    public PgSession Session { get; }

    /// <summary>The commit is on its way: when the connection breaks now, nobody knows.</summary>
    public bool IsCommitting { get; private set; }

    public void Write(IReadOnlyList<WriteUnit> units, string writer, long batch, long now)
    {
        _scope.Now = now;
        Session.BeginWrite();
        Session.Prepare("UPDATE commits SET batch = ?, at = ? WHERE writer = ?").Bind(batch).Bind(now).Bind(writer).Run();
        _heads.Lock(units, unit => !_changes.MayCollide(unit.Changes), now);
        foreach (var unit in units) Write(unit);

        _entries.Flush(Session);
        _streams.Flush(Session);
        _reads.Flush(Session);
        _heads.Save();
        IsCommitting = true;
        Session.Commit();
        IsCommitting = false;
        _heads.End(wasCommitted: true);
    }

    /// <summary>After a failure that the connection survived; otherwise the object is thrown away.</summary>
    public void Rollback()
    {
        IsCommitting = false;
        Session.Rollback();
        _entries.Clear();
        _streams.Clear();
        _reads.Clear();
        _heads.End(wasCommitted: false);
    }

    public void Dispose() => Session.Dispose();

    private void Write(WriteUnit unit)
    {
        unit.Conflict = Condition.None;
        if (unit.Changes.Count == 0)
        {
            Append(unit.Entries);
            return;
        }

        if (_reads.TryAdd(_scope, unit)) return;

        // Changes find what was said before them.
        if (!_changes.AreAllAfterEntries(unit.Changes)) _entries.Flush(Session);
        if (!_changes.MayCollide(unit.Changes))
        {
            _changes.Apply(_scope, unit.Changes);
            Append(unit.Entries);
            _changes.ApplyAfterEntries(_scope, unit.Changes);
            return;
        }

        // What other units did must not be undone with this one.
        _streams.Flush(Session);
        var created = _heads.CreatedCount;
        Session.Savepoint();
        unit.Conflict = _changes.Apply(_scope, unit.Changes);
        if (unit.Conflict == Condition.None)
        {
            Append(unit.Entries);
            _changes.ApplyAfterEntries(_scope, unit.Changes);
        }
        else
        {
            Session.RollbackToSavepoint();
            _streams.Clear();
            _heads.ForgetCreated(created);
        }

        Session.ReleaseSavepoint();
    }

    private void Append(Entry[] entries)
    {
        foreach (var entry in entries)
        {
            var head = _scope.HeadOf(entry.Conversation);
            var (log, place) = head.Next(entry.Channel, _scope.Now);
            var id = _ids.NextAfter(new(head.LastId));
            head.LastId = id.Value;
            entry.Place(place.Sequence, id, place.SentAt);
            _entries.Add(Session, entry, log);
        }
    }
}
