using Dragoman.Engine.Ports;
using Dragoman.Storage.Sqlite;
using Dragoman.Storage.Sqlite.Native;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Sqlite;

public sealed class SqliteFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_database_of_a_newer_version_is_refused()
    {
        var path = _directory.File("new.db");
        using (var db = SqliteDb.Open(path, isReadOnly: false)) db.Execute("PRAGMA user_version=9999");

        Assert.Contains("9999", Assert.Throws<StorageException>(() => SqliteFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_wait_for_the_disk_in_a_write_ahead_log()
    {
        using var file = SqliteFile.Open(_directory.File("durable.db"));

        Assert.Equal("wal", Pragma(file.Writer, "journal_mode"));
        Assert.Equal("2", Pragma(file.Writer, "synchronous")); // FULL
    }

    private static string Pragma(SqliteDb db, string name)
    {
        var statement = db.Prepare($"PRAGMA {name}");
        statement.Step();
        var value = statement.Text(0);
        statement.Reset();
        return value;
    }
}
