using Dragoman.Engine.Conversations;
using Dragoman.Storage.Sql.Conversations;

namespace Dragoman.Storage.Sql.Writing;

/// <summary>The ends of the logs, kept in memory: for a database that has one writer only.</summary>
internal sealed class KeptLogHeads(SqlSession db) : ILogHeads
{
    private const int Capacity = 200_000;
    private readonly Dictionary<ConversationKey, LogHead> _heads = [];

    public LogHead Of(ConversationKey key, long now)
    {
        if (_heads.TryGetValue(key, out var head)) return head;
        if (_heads.Count >= Capacity) _heads.Clear();

        head = Find(key) ?? Create(key, now);
        _heads.Add(key, head);
        return head;
    }

    public long IdOf(ConversationKey key, long now) => Of(key, now).Id;

    /// <summary>To be called after a rollback: what was counted up never happened.</summary>
    public void Forget() => _heads.Clear();

    private LogHead? Find(ConversationKey key)
    {
        var id = ConversationRows.FindId(db, key);
        return id == 0 ? null : new LogHead(id, End(id * 2), End((id * 2) + 1));
    }

    private LogEnd End(long log)
    {
        var statement = db.Prepare("SELECT seq, sent_at FROM entries WHERE log = ? ORDER BY seq DESC LIMIT 1").Bind(log);
        var end = statement.Step() ? new LogEnd(statement.Int64(0), statement.Int64(1)) : default;
        statement.Reset();
        return end;
    }

    private LogHead Create(ConversationKey key, long now)
    {
        var head = new LogHead(ConversationRows.Create(db, key), timeline: default, changes: default);
        ConversationRows.AddUsers(db, key, head.Id, now);
        return head;
    }
}
