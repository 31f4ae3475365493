using Dragoman.Engine;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Postgres.Connections;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Postgres.Writing;

/// <summary>Read positions that gather during a transaction and are written in one statement: a busy server moves thousands a second.</summary>
internal sealed class ReadBatch
{
    private const string Sql =
        """
        UPDATE user_conversations u SET read_seq = t.seq FROM unnest(?, ?, ?, ?) AS t(app, user_id, conv, seq)
        WHERE u.app = t.app AND u.user_id = t.user_id AND u.conv = t.conv AND u.read_seq < t.seq
        """;

    // Sorted: several writers lock the rows in one order.
    private readonly SortedDictionary<(string User, long Conversation, int App), long> _positions =
        new(Comparer<(string User, long Conversation, int App)>.Create(static (x, y) =>
        {
            var users = string.CompareOrdinal(x.User, y.User);
            return users != 0 ? users : (x.Conversation, x.App).CompareTo((y.Conversation, y.App));
        }));

    /// <returns>False when the unit holds more than read positions.</returns>
    public bool TryAdd(WriteScope to, WriteUnit unit)
    {
        if (unit.Entries.Length > 0) return false;
        foreach (var change in unit.Changes)
        {
            if (change is not AdvanceRead) return false;
        }

        foreach (var change in unit.Changes)
        {
            var advance = (AdvanceRead)change;
            var key = (advance.User.Value, to.IdOf(advance.Conversation), advance.App.Value);
            _positions[key] = Math.Max(_positions.GetValueOrDefault(key), advance.ReadSequence);
        }

        return true;
    }

    public void Flush(PgSession db)
    {
        if (_positions.Count == 0) return;

        db.Prepare(Sql)
            .Bind([.. _positions.Keys.Select(k => (long)k.App)]).Bind([.. _positions.Keys.Select(k => k.User)])
            .Bind([.. _positions.Keys.Select(k => k.Conversation)]).Bind([.. _positions.Values])
            .Run();
        Clear();
    }

    public void Clear() => _positions.Clear();
}
