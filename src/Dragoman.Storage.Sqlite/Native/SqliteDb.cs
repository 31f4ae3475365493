using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql;
using SQLitePCL;

namespace Dragoman.Storage.Sqlite.Native;

internal sealed class SqliteDb : SqlSession, IDisposable
{
    private readonly sqlite3 _handle;
    private readonly Dictionary<string, SqliteStatement> _statements = [];

    private SqliteDb(sqlite3 handle) => _handle = handle;

    public static SqliteDb Open(string path, bool isReadOnly)
    {
        var flags = raw.SQLITE_OPEN_NOMUTEX | (isReadOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        var code = raw.sqlite3_open_v2(path, out var handle, flags, null);
        if (code != raw.SQLITE_OK)
        {
            handle?.Dispose();
            throw new SqliteException(code, "cannot open the database file");
        }

        var db = new SqliteDb(handle);
        raw.sqlite3_busy_timeout(handle, 10_000);
        db.Execute(isReadOnly
            ? "PRAGMA query_only=ON; PRAGMA cache_size=-16384; PRAGMA mmap_size=1073741824"
            : "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=OFF; PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824; PRAGMA wal_autocheckpoint=8000");
        return db;
    }

    /// <summary>Runs statements that take no parameters and return nothing of interest.</summary>
    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(_handle, sql);
        if (code != raw.SQLITE_OK) throw Error(code);
    }

    public override SqlStatement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            var code = raw.sqlite3_prepare_v2(_handle, sql, out var stmt);
            if (code != raw.SQLITE_OK) throw Error(code);
            statement = new(this, stmt);
            _statements.Add(sql, statement);
        }

        statement.Reset();
        return statement;
    }

    public override void BeginWrite() => Execute("BEGIN IMMEDIATE");

    public override void BeginRead() => Execute("BEGIN");

    public override void Commit() => Execute("COMMIT");

    public override void Rollback() => Execute("ROLLBACK");

    public override void Savepoint() => Execute("SAVEPOINT unit");

    public override void RollbackToSavepoint() => Execute("ROLLBACK TO unit");

    public override void ReleaseSavepoint() => Execute("RELEASE unit");

    internal SqliteException Error(int code) => new(code, raw.sqlite3_errmsg(_handle).utf8_to_string());

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _handle.Dispose();
    }
}

internal sealed class SqliteException(int code, string message) : StorageException($"SQLite error {code}: {message}");
