using System.Collections.Concurrent;
using Dragoman.Storage.Sql;

namespace Dragoman.Storage.Sqlite.Native;

/// <summary>A few read-only connections, opened when they are first needed. Reads run on the caller's thread: they are short.</summary>
internal sealed class SqliteReaders(string path) : ISqlReaders, IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _free = new(Count, Count);
    private readonly ConcurrentBag<SqliteDb> _idle = [];

    private static int Count { get; } = Math.Max(4, Environment.ProcessorCount * 2);

    public async ValueTask<T> ReadAsync<TState, T>(TState state, Func<SqlSession, TState, T> read, CancellationToken ct)
    {
        if (!await _free.WaitAsync(Deadline, ct)) throw new TimeoutException("No connection for reading became free.");
        SqliteDb? db = null;
        try
        {
            db = _idle.TryTake(out var idle) ? idle : SqliteDb.Open(path, isReadOnly: true);
            return read(db, state);
        }
        finally
        {
            if (db is not null) _idle.Add(db);
            _free.Release();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var db)) db.Dispose();
        _free.Dispose();
    }
}
