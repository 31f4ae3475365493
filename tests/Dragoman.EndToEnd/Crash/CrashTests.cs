namespace Dragoman.EndToEnd.Crash;

public sealed class CrashTests(ITestOutputHelper output) : CrashLedger(output)
{
    [Fact(Timeout = 180_000)]
    public Task What_was_acknowledged_survives_twenty_kills() => RunAsync(rounds: 20, KillServerAsync);
}
