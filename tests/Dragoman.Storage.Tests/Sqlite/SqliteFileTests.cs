using System.Diagnostics;
using System.Text;
using Dragoman.Engine;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sqlite;
using Dragoman.Storage.Sqlite.Native;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Sqlite;

public sealed class SqliteFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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

    [Fact]
    public async Task A_start_with_a_million_messages_is_ready_within_2_seconds()
    {
        var path = _directory.File("million.db");
        await using (var engine = await TestEngine.StartAsync(path, storage: TestStorage.Sqlite))
        {
            var store = engine.Get<ICommitStore>();
            for (var batch = 0; batch < 100; batch++)
                await store.CommitAsync(0, [.. Enumerable.Range(0, 10_000).Select(i => new WriteUnit(Entry(conversation: i % 1000, key: $"{batch}-{i}")))], Ct);
        }

        var watch = Stopwatch.StartNew();
        await using var restarted = await TestEngine.StartAsync(path, storage: TestStorage.Sqlite);
        var started = watch.Elapsed;

        TestContext.Current.TestOutputHelper?.WriteLine($"ready after {started.TotalMilliseconds:F0} ms");
        Assert.InRange(started, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        var unit = new WriteUnit(Entry(conversation: 999, key: "99-9999"));
        Assert.Null(await restarted.Get<LogWriter>().CommitAsync(unit));
        Assert.NotNull(unit.RepeatOf);
    }

    private static Entry Entry(int conversation, string key) => new()
    {
        Conversation = TestEngine.Direct("alice", $"u{conversation}"),
        Sender = new UserId("alice"),
        Origin = new DialectId(9),
        Body = "hello"u8.ToArray(),
        ClientKey = Encoding.UTF8.GetBytes(key),
    };

    private static string Pragma(SqliteDb db, string name)
    {
        var statement = db.Prepare($"PRAGMA {name}");
        statement.Step();
        var value = statement.Text(0);
        statement.Reset();
        return value;
    }
}
