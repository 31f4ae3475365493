using Dragoman.Engine.Messages;
using Dragoman.Storage.Postgres.Connections;

namespace Dragoman.Storage.Postgres.Writing;

/// <summary>Entries that gather during a transaction and are written in one statement.</summary>
internal sealed class EntryBatch
{
    /// <summary>Of bodies; a batch of the largest ones must not become one statement.</summary>
    private const int MaxBytes = 8 * 1024 * 1024;

    private const string Sql =
        """
        INSERT INTO entries (id, log, seq, sent_at, sender, origin, content, flags, client_key, body, type)
        SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private readonly List<Entry> _entries = [];
    private readonly List<long> _logs = [];
    private int _bytes;

    public void Add(PgSession db, Entry entry, long log)
    {
        _entries.Add(entry);
        _logs.Add(log);
        _bytes += entry.Body.Length;
        if (_bytes > MaxBytes) Flush(db);
    }

    public void Flush(PgSession db)
    {
        var count = _entries.Count;
        if (count == 0) return;

        var (ids, sequences, times, origins, contents, flags) =
            (new long[count], new long[count], new long[count], new long[count], new long[count], new long[count]);
        var types = new long[count];
        var senders = new string[count];
        var (keys, bodies) = (new ReadOnlyMemory<byte>[count], new ReadOnlyMemory<byte>[count]);
        for (var i = 0; i < count; i++)
        {
            var entry = _entries[i];
            ids[i] = entry.Id.Value;
            sequences[i] = entry.Sequence;
            times[i] = entry.SentAt;
            senders[i] = entry.Sender.Value;
            origins[i] = entry.Origin.Value;
            contents[i] = (long)entry.Content;
            flags[i] = (long)entry.Flags;
            types[i] = entry.Type;
            keys[i] = entry.ClientKey;
            bodies[i] = entry.Body;
        }

        db.Prepare(Sql)
            .Bind(ids).Bind([.. _logs]).Bind(sequences).Bind(times).Bind(senders).Bind(origins).Bind(contents).Bind(flags)
            .Bind(keys).Bind(bodies).Bind(types)
            .Run();
        if (_bytes > MaxBytes) db.Flush();
        Clear();
    }

    public void Clear()
    {
        _entries.Clear();
        _logs.Clear();
        _bytes = 0;
    }
}
