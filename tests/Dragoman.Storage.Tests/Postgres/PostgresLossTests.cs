using System.Diagnostics;
using System.Text;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Postgres;
using Dragoman.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Dragoman.Storage.Tests.Postgres;

/// <summary>The database goes away at the worst moments, and comes back. Its own cluster, because it is killed.</summary>
[Collection(Alone.Name)]
public sealed class PostgresLossTests : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly TempDirectory _directory = new();
    private readonly PostgresCluster _cluster = PostgresCluster.Start();
    private string _connection = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(_cluster.WhyNot is not null, _cluster.WhyNot ?? "");
        _connection = _cluster.NewSchema();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _cluster.Dispose();
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_killed_database_refuses_in_bounded_time_and_serves_again_within_5_seconds()
    {
        await using var engine = await StartAsync(_connection, writers: 3);
        var acknowledged = new List<Entry>();
        for (var round = 0; round < 3; round++)
        {
            var running = Enumerable.Range(0, 300).Select(i => CommitAsync(engine, Said($"{round}-{i}", i % 20))).ToArray();
            _cluster.Kill();
            foreach (var (refusal, entry) in await Task.WhenAll(running).WaitAsync(Deadline, Ct))
            {
                if (refusal is null) acknowledged.Add(entry);
                else Assert.Equal(Condition.Unavailable, refusal.Condition);
            }

            await AssertAwayAsync(engine);
            _cluster.Restart();
            var back = Stopwatch.StartNew();
            await UntilAsync(async () => (await CommitAsync(engine, Said("back", 0))).Refusal is null, "writes work again");
            await UntilAsync(() => Task.FromResult(engine.Get<IStorageHealth>().IsAvailable), "it is known to be available");
            Assert.InRange(back.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        }

        await AssertStoredAsync(engine, acknowledged);
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_found_and_told_of()
    {
        await using var proxy = new CuttingProxy(_directory.Path, HostOf(_connection));
        await using var engine = await StartAsync(ThroughProxy(), writers: 1);
        await DelayCommitsAsync();

        var first = CommitAsync(engine, Said("lost answer", 0, key: "k"));
        await UntilAsync(() => CountAsync("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"), "the commit runs");
        proxy.HoldAnswers();
        await UntilAsync(() => CountAsync("SELECT count(*) FROM entries"), "it is committed");
        proxy.Cut();

        Assert.Null((await first.WaitAsync(Deadline, Ct)).Refusal);
        var retry = new WriteUnit(Said("lost answer", 0, key: "k"));
        Assert.Null(await engine.Get<LogWriter>().CommitAsync(retry));
        Assert.Equal(1, retry.RepeatOf?.Sequence);
        Assert.Equal([1L], engine.Bus.Entries.Select(e => e.Sequence));
    }

    [Fact]
    public async Task A_commit_that_was_cut_before_it_happened_is_refused_and_can_be_tried_again()
    {
        await using var engine = await StartAsync(_connection, writers: 1);
        await DelayCommitsAsync();

        var first = CommitAsync(engine, Said("cut", 0, key: "k"));
        await UntilAsync(() => CountAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"), "the commit is ended");

        Assert.Equal(Condition.Unavailable, (await first.WaitAsync(Deadline, Ct)).Refusal?.Condition);
        var retry = new WriteUnit(Said("cut", 0, key: "k"));
        Assert.Null(await engine.Get<LogWriter>().CommitAsync(retry));
        Assert.Null(retry.RepeatOf);
        Assert.Equal([1L], engine.Bus.Entries.Select(e => e.Sequence));
    }

    [Fact]
    public async Task A_commit_that_nobody_can_ask_about_is_refused_and_delivered_when_it_is_found()
    {
        await using var proxy = new CuttingProxy(_directory.Path, HostOf(_connection));
        await using var engine = await StartAsync(ThroughProxy(), writers: 1, outcomeWait: TimeSpan.FromMilliseconds(300));
        await DelayCommitsAsync();

        var first = CommitAsync(engine, Said("unknown", 0, key: "k"));
        await UntilAsync(() => CountAsync("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"), "the commit runs");
        proxy.HoldAnswers();
        await UntilAsync(() => CountAsync("SELECT count(*) FROM entries"), "it is committed");
        _cluster.Kill();
        proxy.Cut();

        Assert.Equal(Condition.Unavailable, (await first.WaitAsync(Deadline, Ct)).Refusal?.Condition);
        Assert.Equal(Condition.Unavailable, (await CommitAsync(engine, Said("unknown", 0, key: "k"))).Refusal?.Condition);
        Assert.Equal(Condition.Unavailable, (await CommitAsync(engine, Said("another", 0))).Refusal?.Condition);
        Assert.Empty(engine.Bus.Entries);

        _cluster.Restart();
        await UntilAsync(() => Task.FromResult(engine.Bus.Entries.Count > 0), "what is on disk is delivered");
        var retry = new WriteUnit(Said("unknown", 0, key: "k"));
        Assert.Null(await engine.Get<LogWriter>().CommitAsync(retry));
        Assert.Equal(1, retry.RepeatOf?.Sequence);
    }

    private static async Task AssertAwayAsync(TestEngine engine)
    {
        var watch = Stopwatch.StartNew();
        var (refusal, _) = await CommitAsync(engine, Said("away", 0));
        Assert.Equal(Condition.Unavailable, refusal?.Condition);
        await Assert.ThrowsAsync<StorageAwayException>(() => engine.Get<IEntryStore>().FindAsync(KeyOf(0), LogChannel.Timeline, 1, Ct).AsTask());
        Assert.False(engine.Get<IStorageHealth>().IsAvailable);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    /// <summary>Everything acknowledged is there, in its place; everything there was shown, and nothing else.</summary>
    private static async Task AssertStoredAsync(TestEngine engine, List<Entry> acknowledged)
    {
        foreach (var conversation in Enumerable.Range(0, 20).Select(KeyOf))
        {
            var stored = await engine.Get<IEntryStore>().ReadAsync(conversation, LogChannel.Timeline, 1, long.MaxValue, 10_000, newestFirst: false, Ct);
            Assert.Equal(Enumerable.Range(1, stored.Count).Select(i => (long)i), stored.Select(e => e.Sequence));
            var byId = stored.ToDictionary(e => e.Id);
            Assert.All(acknowledged.Where(e => e.Conversation == conversation), e => Assert.Equal(TestEngine.TextOf(e), TestEngine.TextOf(byId[e.Id])));
            Assert.Equal(stored.Select(e => e.Id), engine.Bus.Entries.Where(e => e.Conversation == conversation).Select(e => e.Id));
        }
    }

    private async Task<TestEngine> StartAsync(string connection, int writers, TimeSpan? outcomeWait = null) =>
        await TestEngine.StartAsync("", services =>
        {
            services.AddSingleton(new PostgresOptions { ConnectionString = connection, WriterCount = writers, ConnectTimeout = TimeSpan.FromSeconds(1) });
            if (outcomeWait is { } wait) services.AddSingleton(new JournalOptions { OutcomeWait = wait });
        }, new GivenSchema());

    private string ThroughProxy() => new NpgsqlConnectionStringBuilder(_connection) { Host = _directory.Path }.ConnectionString;

    private static string HostOf(string connection) => new NpgsqlConnectionStringBuilder(connection).Host!;

    /// <summary>Makes every commit that writes entries take a while, inside of COMMIT.</summary>
    private Task<bool> DelayCommitsAsync() => CountAsync(
        """
        CREATE FUNCTION doze() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.7); RETURN NULL; END';
        CREATE CONSTRAINT TRIGGER doze AFTER INSERT ON entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION doze();
        SELECT 1
        """);

    /// <returns>Whether the first number of the answer is above 0.</returns>
    private async Task<bool> CountAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_connection + ";Pooling=false");
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(Ct), System.Globalization.CultureInfo.InvariantCulture) > 0;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var start = Stopwatch.StartNew();
        while (!await condition())
        {
            if (start.Elapsed > Deadline) throw new TimeoutException($"not within {Deadline}: {what}");
            await Task.Delay(10, Ct);
        }
    }

    private static async Task<(Refusal? Refusal, Entry Entry)> CommitAsync(TestEngine engine, Entry entry) =>
        (await engine.Get<LogWriter>().CommitAsync(new WriteUnit(entry)).WaitAsync(Deadline, Ct), entry);

    private static ConversationKey KeyOf(int conversation) => TestEngine.Direct("alice", $"p{conversation}");

    private static Entry Said(string text, int conversation, string key = "") => new()
    {
        Conversation = KeyOf(conversation),
        Sender = new UserId("alice"),
        Origin = new DialectId(9),
        Body = Encoding.UTF8.GetBytes(text),
        ClientKey = Encoding.UTF8.GetBytes(key),
        Audience = new Audience.Users([]),
    };

    /// <summary>The options are the test's own.</summary>
    private sealed class GivenSchema : TestStorage
    {
        public override string? WhyNot => null;

        public override void AddTo(IServiceCollection services, string path) => services.AddPostgresStorage(new PostgresOptions());

        public override IReadOnlyList<string> ArgumentsOf(string path) => [];
    }
}
