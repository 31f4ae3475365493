using Dragoman.Engine.Conversations;
using Dragoman.Storage.Sqlite.Conversations;
using Dragoman.Storage.Sqlite.Native;

namespace Dragoman.Storage.Sqlite.Entries;

/// <summary>Where each conversation's logs end, for the one who writes them. Used inside the log writer's transaction only.</summary>
internal sealed class LogHeads(SqliteDb db)
{
    private const int Capacity = 200_000;
    private readonly Dictionary<ConversationKey, LogHead> _heads = [];

    /// <summary>The head of a conversation, which is created when it does not exist.</summary>
    public LogHead Of(ConversationKey key, long now)
    {
        if (_heads.TryGetValue(key, out var head)) return head;
        if (_heads.Count >= Capacity) _heads.Clear();

        head = Find(key) ?? Create(key, now);
        _heads.Add(key, head);
        return head;
    }

    /// <summary>To be called after a rollback: what was counted up never happened.</summary>
    public void Forget() => _heads.Clear();

    private LogHead? Find(ConversationKey key)
    {
        var id = ConversationRows.FindId(db, key);
        return id == 0 ? null : new LogHead(id, End(id * 2), End((id * 2) + 1));
    }

    private long End(long log)
    {
        var statement = db.Prepare("SELECT coalesce(max(seq), 0) FROM entries WHERE log = ?").Bind(log);
        statement.Step();
        var end = statement.Int64(0);
        statement.Reset();
        return end;
    }

    private LogHead Create(ConversationKey key, long now)
    {
        var head = new LogHead(ConversationRows.Create(db, key), timeline: 0, changes: 0);

        // The first word of two people puts the conversation on both their lists; members of a group got it by joining.
        if (key.Kind is ConversationKind.Direct or ConversationKind.Announcement)
        {
            ConversationRows.AddUser(db, key, new(key.A), head.Id, now);
            if (key.A != key.B) ConversationRows.AddUser(db, key, new(key.B), head.Id, now);
        }

        return head;
    }
}

internal sealed class LogHead(long id, long timeline, long changes)
{
    private long _timeline = timeline;
    private long _changes = changes;

    /// <summary>The conversation's row.</summary>
    public long Id { get; } = id;

    public long Timeline => _timeline;

    /// <summary>Takes the next place in a log.</summary>
    public (long Log, long Sequence) Next(LogChannel channel) =>
        channel == LogChannel.Timeline ? (Id * 2, ++_timeline) : ((Id * 2) + 1, ++_changes);
}
