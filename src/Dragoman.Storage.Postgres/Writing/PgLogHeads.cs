using Dragoman.Engine.Conversations;
using Dragoman.Engine.Journal;
using Dragoman.Storage.Postgres.Connections;
using Dragoman.Storage.Sql.Conversations;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Postgres.Writing;

/// <summary>
/// Where logs end, for one transaction: the conversation's row is the sequencer. Whoever appends locks it first, several rows
/// in the order of their ids, and writes the new ends back before it commits.
/// </summary>
internal sealed class PgLogHeads(PgSession db) : ILogHeads
{
    private const int Capacity = 200_000;

    private const string Ends = "id, last_seq, last_at, changes_seq, changes_at, last_id";

    private const string FindSql =
        """
        SELECT k.place, c.id FROM unnest(?, ?, ?, ?) WITH ORDINALITY AS k(app, kind, a, b, place)
        JOIN conversations c ON c.app = k.app AND c.kind = k.kind AND c.a = k.a AND c.b = k.b
        """;

    private const string CreateSql =
        """
        INSERT INTO conversations (app, kind, a, b)
        SELECT * FROM unnest(?, ?, ?, ?) AS k(app, kind, a, b) ORDER BY k.app, k.kind, k.a, k.b
        ON CONFLICT (app, kind, a, b) DO NOTHING RETURNING id
        """;

    private const string SaveSql =
        """
        UPDATE conversations c
        SET last_seq = t.last_seq, last_at = t.last_at, changes_seq = t.changes_seq, changes_at = t.changes_at, last_id = t.last_id
        FROM unnest(?, ?, ?, ?, ?, ?) AS t(id, last_seq, last_at, changes_seq, changes_at, last_id) WHERE c.id = t.id
        """;

    // Rows are never deleted, so an id that is committed stays right. Emptied between transactions when it is full.
    private readonly Dictionary<ConversationKey, long> _ids = [];
    private readonly Dictionary<ConversationKey, LogHead> _locked = [];
    private readonly List<ConversationKey> _created = [];
    private readonly List<ConversationKey> _unknown = [];
    private readonly SortedDictionary<long, ConversationKey> _toLock = [];

    /// <summary>Conversations that this transaction has created so far.</summary>
    public int CreatedCount => _created.Count;

    /// <summary>Locks the conversations of all entries of a batch.</summary>
    /// <param name="mayCreate">Whether those of a unit are created when they do not exist; others are when their turn comes.</param>
    public void Lock(IReadOnlyList<WriteUnit> units, Func<WriteUnit, bool> mayCreate, long now)
    {
        if (_ids.Count >= Capacity) _ids.Clear();
        foreach (var unit in units)
        {
            foreach (var entry in unit.Entries) Want(entry.Conversation);
        }

        if (_unknown.Count > 0)
        {
            Find();
            if (_unknown.Count > 0) Create(units, mayCreate, now);
        }

        if (_toLock.Count == 0) return;
        var rows = db.Prepare($"SELECT {Ends} FROM conversations WHERE id = ANY(?) ORDER BY id FOR UPDATE").Bind([.. _toLock.Keys]);
        while (rows.Step()) _locked[_toLock[rows.Int64(0)]] = Read((PgStatement)rows);
        _toLock.Clear();
    }

    public LogHead Of(ConversationKey key, long now)
    {
        if (_locked.TryGetValue(key, out var head)) return head;

        var row = db.Prepare($"SELECT {Ends} FROM conversations WHERE id = ? FOR UPDATE").Bind(IdOf(key, now));
        if (!row.Step()) throw new InvalidOperationException("A conversation's row is gone.");
        head = Read((PgStatement)row);
        row.Reset();
        _locked.Add(key, head);
        return head;
    }

    public long IdOf(ConversationKey key, long now)
    {
        if (_ids.TryGetValue(key, out var id)) return id;

        id = ConversationRows.FindId(db, key);
        if (id == 0) id = Create(key, now);
        return _ids[key] = id;
    }

    /// <summary>Writes the ends back.</summary>
    public void Save()
    {
        var moved = new List<LogHead>(_locked.Count);
        foreach (var head in _locked.Values)
        {
            if (head.IsMoved) moved.Add(head);
        }

        if (moved.Count == 0) return;
        db.Prepare(SaveSql)
            .Bind([.. moved.Select(h => h.Id)])
            .Bind([.. moved.Select(h => h.TimelineEnd.Sequence)]).Bind([.. moved.Select(h => h.TimelineEnd.SentAt)])
            .Bind([.. moved.Select(h => h.ChangesEnd.Sequence)]).Bind([.. moved.Select(h => h.ChangesEnd.SentAt)])
            .Bind([.. moved.Select(h => h.LastId)])
            .Run();
    }

    /// <summary>To be called when the transaction has ended.</summary>
    public void End(bool wasCommitted)
    {
        if (!wasCommitted) ForgetCreated(0);
        _created.Clear();
        _locked.Clear();
        _unknown.Clear();
        _toLock.Clear();
    }

    /// <summary>Forgets what was created after the first so many, which is undone.</summary>
    public void ForgetCreated(int count)
    {
        for (var i = count; i < _created.Count; i++)
        {
            _ids.Remove(_created[i]);
            _locked.Remove(_created[i]);
        }

        _created.RemoveRange(count, _created.Count - count);
    }

    private void Want(ConversationKey key)
    {
        if (_ids.TryGetValue(key, out var id)) _toLock[id] = key;
        else if (!_unknown.Contains(key)) _unknown.Add(key);
    }

    /// <summary>Looks the unknown ones up; what remains unknown does not exist.</summary>
    private void Find()
    {
        var rows = BindKeys(db.Prepare(FindSql), _unknown);
        var found = new HashSet<ConversationKey>();
        while (rows.Step())
        {
            var key = _unknown[(int)rows.Int64(0) - 1];
            found.Add(key);
            _ids[key] = rows.Int64(1);
            _toLock[rows.Int64(1)] = key;
        }

        _unknown.RemoveAll(found.Contains);
    }

    private void Create(IReadOnlyList<WriteUnit> units, Func<WriteUnit, bool> mayCreate, long now)
    {
        var wanted = new HashSet<ConversationKey>();
        foreach (var unit in units.Where(mayCreate))
        {
            foreach (var entry in unit.Entries) wanted.Add(entry.Conversation);
        }

        _unknown.RemoveAll(key => !wanted.Contains(key));
        if (_unknown.Count == 0) return;

        ConversationKey[] asked = [.. _unknown];
        var rows = BindKeys(db.Prepare(CreateSql), asked);
        var created = new HashSet<long>();
        while (rows.Step()) created.Add(rows.Int64(0));

        // Another node may have been faster with some: whoever creates a conversation puts it on the users' lists.
        Find();
        foreach (var key in asked)
        {
            if (!_ids.TryGetValue(key, out var id) || !created.Contains(id)) continue;
            _created.Add(key);
            ConversationRows.AddUsers(db, key, id, now);
        }
    }

    private long Create(ConversationKey key, long now)
    {
        var rows = BindKeys(db.Prepare(CreateSql), [key]);
        var isNew = rows.Step();
        var id = isNew ? rows.Int64(0) : 0;
        rows.Reset();
        if (!isNew) return ConversationRows.FindId(db, key);

        _created.Add(key);
        ConversationRows.AddUsers(db, key, id, now);
        return id;
    }

    private static PgStatement BindKeys(PgStatement statement, IReadOnlyList<ConversationKey> keys) => statement
        .Bind([.. keys.Select(k => (long)k.App.Value)]).Bind([.. keys.Select(k => (long)k.Kind)])
        .Bind([.. keys.Select(k => k.A)]).Bind([.. keys.Select(k => k.B)]);

    private static LogHead Read(PgStatement row) =>
        new(row.Int64(0), new LogEnd(row.Int64(1), row.Int64(2)), new LogEnd(row.Int64(3), row.Int64(4))) { LastId = row.Int64(5) };
}
