using System.Text;
using SQLitePCL;

namespace Dragoman.Storage.Sqlite.Native;

/// <summary>A prepared statement; parameters and columns are counted as SQLite counts them (from 1 and from 0).</summary>
internal sealed class SqliteStatement(SqliteDb db, sqlite3_stmt handle) : IDisposable
{
    private const int StackBytes = 1024;
    private int _next = 1;

    public SqliteStatement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(handle, _next++, value));
        return this;
    }

    public SqliteStatement Bind(bool value) => Bind(value ? 1L : 0L);

    public SqliteStatement Bind(string value)
    {
        if (value.Length == 0)
        {
            // An empty span has no address, and SQLite takes that for NULL.
            Check(raw.sqlite3_bind_text(handle, _next++, ""));
        }
        else if (value.Length <= StackBytes / 3)
        {
            Span<byte> utf8 = stackalloc byte[StackBytes];
            Check(raw.sqlite3_bind_text(handle, _next++, utf8[..Encoding.UTF8.GetBytes(value, utf8)]));
        }
        else
        {
            Check(raw.sqlite3_bind_text(handle, _next++, Encoding.UTF8.GetBytes(value).AsSpan()));
        }

        return this;
    }

    public SqliteStatement Bind(ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, _next++, 0) : raw.sqlite3_bind_blob(handle, _next++, value));
        return this;
    }

    /// <summary>Moves to the next row; false at the end, when the statement is reset.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW) return true;

        Reset();
        return code == raw.SQLITE_DONE ? false : throw db.Error(code);
    }

    /// <summary>Runs a statement that returns no rows.</summary>
    public void Run() => Step();

    public void Reset()
    {
        raw.sqlite3_reset(handle);
        _next = 1;
    }

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public int Int32(int column) => raw.sqlite3_column_int(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string() ?? "";

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    /// <summary>The column's text as UTF-8, valid until the next step.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => Span(column);

    /// <summary>The column's bytes, valid until the next step.</summary>
    public ReadOnlySpan<byte> Span(int column) => raw.sqlite3_column_blob(handle, column);

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(handle, column).ToArray();

    public void Dispose() => handle.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw db.Error(code);
    }
}
