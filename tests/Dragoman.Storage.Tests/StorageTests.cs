using System.Diagnostics;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sqlite;
using Dragoman.Storage.Sqlite.Native;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests;

public sealed class StorageTests : IDisposable
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
    public async Task A_unit_that_collides_leaves_no_trace_and_its_neighbours_stay()
    {
        await using var engine = await TestEngine.StartAsync(_directory.File("units.db"));
        await engine.GivenUsersAsync("alice");
        var collides = new WriteUnit([Create("new"), Create("alice")], Entry("lost"));
        var (before, after) = (new WriteUnit(Entry("1")), new WriteUnit(Entry("2")));

        await Task.WhenAll(
            engine.Get<LogWriter>().CommitAsync(before),
            engine.Get<LogWriter>().CommitAsync(collides),
            engine.Get<LogWriter>().CommitAsync(after));

        Assert.Equal(Condition.AccountExists, collides.Conflict);
        Assert.Null(await engine.Get<IAccountStore>().FindAsync(TestEngine.App, new UserId("new"), Ct));
        Assert.Equal([1L, 2L], new[] { before, after }.Select(u => u.Entries[0].Sequence));
        var stored = await engine.Get<IEntryStore>().ReadAsync(Pair, LogChannel.Timeline, 1, 10, 10, newestFirst: false, Ct);
        Assert.Equal(["1", "2"], stored.Select(TestEngine.TextOf));
    }

    [Fact]
    public async Task The_same_ids_in_two_apps_are_two_accounts_and_two_conversations()
    {
        await using var engine = await TestEngine.StartAsync(_directory.File("tenants.db"));
        var other = new AppId(2);
        var unit = new WriteUnit([new CreateAccount(other, new Account { App = other, Id = new UserId("alice"), Nickname = "another" })]);
        await engine.GivenUsersAsync("alice", "bob");
        Assert.Null(await engine.Get<LogWriter>().CommitAsync(unit));
        await engine.SayAsync("alice", "bob", "hello");

        Assert.Equal("nick alice", (await engine.Get<IAccountStore>().FindAsync(TestEngine.App, new UserId("alice"), Ct))!.Nickname);
        Assert.Equal("another", (await engine.Get<IAccountStore>().FindAsync(other, new UserId("alice"), Ct))!.Nickname);
        var foreign = ConversationKey.Direct(other, new UserId("alice"), new UserId("bob"));
        Assert.Empty(await engine.Get<IEntryStore>().ReadAsync(foreign, LogChannel.Timeline, 1, 10, 10, newestFirst: false, Ct));
    }

    [Fact]
    public async Task Text_of_every_kind_comes_back_as_it_went_in()
    {
        await using var engine = await TestEngine.StartAsync(_directory.File("text.db"));
        const string odd = "'; DROP TABLE accounts; -- 你好 🙂 \0 end";
        var account = new Account { App = TestEngine.App, Id = new UserId("odd"), Nickname = odd, Avatar = "", Extra = new string('长', 5000) };
        await engine.Get<RegisterAccounts>().RunAsync(TestEngine.Admin, [account], Ct);

        var stored = await engine.Get<IAccountStore>().FindAsync(TestEngine.App, new UserId("odd"), Ct);
        Assert.Equal((account.Nickname.Split('\0')[0], "", account.Extra), (stored!.Nickname.Split('\0')[0], stored.Avatar, stored.Extra));
    }

    [Fact]
    public async Task A_start_with_a_million_messages_is_ready_within_2_seconds()
    {
        var path = _directory.File("million.db");
        await using (var engine = await TestEngine.StartAsync(path))
        {
            var store = engine.Get<ICommitStore>();
            for (var batch = 0; batch < 100; batch++)
                await store.CommitAsync(0, [.. Enumerable.Range(0, 10_000).Select(i => new WriteUnit(Entry("hello", conversation: i % 1000, key: $"{batch}-{i}")))], Ct);
        }

        var watch = Stopwatch.StartNew();
        await using var restarted = await TestEngine.StartAsync(path);
        var started = watch.Elapsed;

        TestContext.Current.TestOutputHelper?.WriteLine($"ready after {started.TotalMilliseconds:F0} ms");
        Assert.InRange(started, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        var unit = new WriteUnit(Entry("again", conversation: 999, key: "99-9999"));
        Assert.Null(await restarted.Get<LogWriter>().CommitAsync(unit));
        Assert.NotNull(unit.RepeatOf);
    }

    private static ConversationKey Pair => TestEngine.Direct("alice", "bob");

    private static CreateAccount Create(string user) =>
        new(TestEngine.App, new Account { App = TestEngine.App, Id = new UserId(user) });

    private static Entry Entry(string text, int conversation = -1, string key = "") => new()
    {
        Conversation = conversation < 0 ? Pair : TestEngine.Direct("alice", $"u{conversation}"),
        Sender = new UserId("alice"),
        Origin = new DialectId(9),
        Body = System.Text.Encoding.UTF8.GetBytes(text),
        ClientKey = System.Text.Encoding.UTF8.GetBytes(key),
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
