using System.Diagnostics;
using System.Text.Json;
using Dragoman.Load.OpenIm;

namespace Dragoman.Load.Run;

/// <summary>One user reads what a long past has left: lists, pages, whole logins, one call after the other.</summary>
internal sealed class ReadRun(OpenImLibrary library, LibrarySize size, ServerProbe? server)
{
    private const int Seed = 20_261_121;
    private const int Warmups = 100, Lists = 100, Pages = 200, FirstLogins = 10, SecondLogins = 50;

    internal async Task RunAsync(Utf8JsonWriter json, CancellationToken ct)
    {
        await library.BuildAsync(ct);
        var streams = await library.LogInFirstAsync(ct);
        await library.LogInAgainAsync(streams, ct);
        var random = new Random(Seed);

        await MeasureAsync(json, "conversationList", Lists, () => library.ListAsync(ct));
        if (size.History >= 20)
            await MeasureAsync(json, "historyPage", Pages, () => library.ReadHistoryAsync(random.NextInt64(1, size.History - 18), ct));
        await MeasureAsync(json, "firstLogin", FirstLogins, () => library.LogInFirstAsync(ct));
        await MeasureAsync(json, "secondLogin", SecondLogins, () => library.LogInAgainAsync(streams, ct));
    }

    /// <summary>The median of the times that the caller waited, and the server's processor time for each, on average.</summary>
    private async Task MeasureAsync(Utf8JsonWriter json, string name, int times, Func<Task> ask)
    {
        // What runs for the first time is compiled first: that is the start's price, not the call's.
        for (var i = 0; i < Warmups; i++) await ask();

        var waited = new double[times];
        var cpu = server?.CpuTime;
        for (var i = 0; i < times; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await ask();
            waited[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(waited);
        json.WriteNumber($"{name}P50Ms", Math.Round(waited[times / 2], 2));
        json.WriteNumber($"{name}MaxMs", Math.Round(waited[^1], 2));
        if (cpu is { } before) json.WriteNumber($"{name}ServerCpuMs", Math.Round((server!.CpuTime - before).TotalMilliseconds / times, 2));
    }
}
