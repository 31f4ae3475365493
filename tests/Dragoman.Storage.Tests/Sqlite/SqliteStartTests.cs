using System.Diagnostics;
using System.Text;
using Dragoman.Engine;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Sqlite;

[Collection(Alone.Name)]
public sealed class SqliteStartTests : IDisposable
{
    /// <summary>The best one counts: what a disk that is busy with something else takes is not the server's.</summary>
    private const int Starts = 3;

    private readonly TempDirectory _directory = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_start_with_a_million_messages_is_ready_within_2_seconds()
    {
        var path = _directory.File("million.db");
        await FillAsync(path);

        var started = new List<TimeSpan>();
        for (var i = 0; i < Starts; i++) started.Add(await StartAsync(path));

        TestContext.Current.TestOutputHelper?.WriteLine($"ready after {string.Join(", ", started.Select(s => $"{s.TotalMilliseconds:F0}"))} ms");
        Assert.InRange(started.Min(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    private static async Task FillAsync(string path)
    {
        await using var engine = await TestEngine.StartAsync(path, storage: TestStorage.Sqlite);
        var store = engine.Get<ICommitStore>();
        for (var batch = 0; batch < 100; batch++)
            await store.CommitAsync(0, [.. Enumerable.Range(0, 10_000).Select(i => new WriteUnit(Entry(conversation: i % 1000, key: $"{batch}-{i}")))], Ct);
    }

    /// <returns>How long it took until the engine knew the last message.</returns>
    private static async Task<TimeSpan> StartAsync(string path)
    {
        var watch = Stopwatch.StartNew();
        await using var engine = await TestEngine.StartAsync(path, storage: TestStorage.Sqlite);
        var started = watch.Elapsed;

        var unit = new WriteUnit(Entry(conversation: 999, key: "99-9999"));
        Assert.Null(await engine.Get<LogWriter>().CommitAsync(unit));
        Assert.NotNull(unit.RepeatOf);
        return started;
    }

    private static Entry Entry(int conversation, string key) => new()
    {
        Conversation = TestEngine.Direct("alice", $"u{conversation}"),
        Sender = new UserId("alice"),
        Origin = new DialectId(9),
        Body = "hello"u8.ToArray(),
        ClientKey = Encoding.UTF8.GetBytes(key),
    };
}
