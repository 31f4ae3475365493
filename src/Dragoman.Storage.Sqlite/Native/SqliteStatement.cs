using System.Text;
using Dragoman.Storage.Sql;
using SQLitePCL;

namespace Dragoman.Storage.Sqlite.Native;

internal sealed class SqliteStatement(SqliteDb db, sqlite3_stmt handle) : SqlStatement, IDisposable
{
    private const int StackBytes = 1024;
    private int _next = 1;

    public override SqlStatement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(handle, _next++, value));
        return this;
    }

    public override SqlStatement Bind(string value)
    {
        value = StoredText.Of(value);
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

    public override SqlStatement Bind(ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, _next++, 0) : raw.sqlite3_bind_blob(handle, _next++, value));
        return this;
    }

    public override bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW) return true;

        Reset();
        return code == raw.SQLITE_DONE ? false : throw db.Error(code);
    }

    public override void Run() => Step();

    public override void Reset()
    {
        raw.sqlite3_reset(handle);
        _next = 1;
    }

    public override long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public override string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string() ?? "";

    public override bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public override ReadOnlySpan<byte> Span(int column) => raw.sqlite3_column_blob(handle, column);

    public void Dispose() => handle.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw db.Error(code);
    }
}
