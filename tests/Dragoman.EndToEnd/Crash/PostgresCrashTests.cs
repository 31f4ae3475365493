using System.Diagnostics;
using System.Net;
using Dragoman.Testing;

namespace Dragoman.EndToEnd.Crash;

/// <summary>The same on PostgreSQL, where either of the two may be killed.</summary>
public sealed class PostgresCrashTests(ITestOutputHelper output) : CrashLedger(output)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>What the server promises after the database is back.</summary>
    private static readonly TimeSpan ServesWithin = TimeSpan.FromSeconds(5);

    private readonly PostgresCluster _cluster = PostgresCluster.Start();

    protected override string Options => $" --Storage=postgres '--Storage:ConnectionString={_cluster.Connection};Search Path=crash'";

    protected override bool MayRefuse => true;

    public override ValueTask InitializeAsync()
    {
        Assert.SkipWhen(_cluster.WhyNot is not null, _cluster.WhyNot ?? "");
        return base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _cluster.Dispose();
    }

    [Fact(Timeout = 180_000)]
    public Task What_was_acknowledged_survives_eight_kills_of_the_server() => RunAsync(rounds: 8, KillServerAsync);

    [Fact(Timeout = 180_000)]
    public async Task What_was_acknowledged_survives_five_kills_of_the_database()
    {
        const int Rounds = 5;
        await RunAsync(Rounds, KillDatabaseAsync);

        var log = Server.Output.Split('\n');
        Assert.Equal(Rounds, log.Count(line => line.Contains("The database is away", StringComparison.Ordinal)));
        Assert.Equal(Rounds, log.Count(line => line.Contains("The database is back", StringComparison.Ordinal)));
        Assert.Equal(Rounds, log.Count(line => line.Contains(" fail: ", StringComparison.Ordinal)));
    }

    private async Task<TimeSpan> KillDatabaseAsync(Random random, CancellationToken ct)
    {
        await RunLoadAsync(random, ct, _cluster.Kill);
        await Eventually.TrueAsync(() => HealthAsync().GetAwaiter().GetResult() == HttpStatusCode.ServiceUnavailable, "the server says so", Deadline, ct);

        _cluster.Restart();
        var start = Stopwatch.GetTimestamp();
        await Eventually.TrueAsync(() => HealthAsync().GetAwaiter().GetResult() == HttpStatusCode.OK, "the server serves again", ServesWithin, ct);
        await ReconnectAsync(ct);
        return Stopwatch.GetElapsedTime(start);
    }

    private async Task<HttpStatusCode> HealthAsync()
    {
        using var http = new HttpClient { Timeout = Deadline };
        using var reply = await http.GetAsync(new Uri(Server.Url, "/healthz"));
        return reply.StatusCode;
    }
}
