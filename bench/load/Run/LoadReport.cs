using System.Text.Json;

namespace Dragoman.Load.Run;

/// <param name="Delivered">To other users' connections.</param>
/// <param name="Echoed">To the sender's own.</param>
internal record struct Counts(long Sent, long Acked, long Delivered, long Echoed);

/// <summary>What a run of pairs or groups found out; <c>bench/README.md</c> explains each figure.</summary>
internal sealed record LoadReport
{
    public required double Seconds { get; init; }
    public required Counts Measured { get; init; }
    public required Counts Total { get; init; }
    public required LatencyHistogram Delivery { get; init; }
    public required LatencyHistogram Ack { get; init; }
    public required TimeSpan ServerCpu { get; init; }
    public required TimeSpan ClientCpu { get; init; }
    public required long ClientAllocatedBytes { get; init; }
    public required double ServerRssMiB { get; init; }
    public required double ServerPeakRssMiB { get; init; }
    public required bool Drained { get; init; }
    public required long Unanswered { get; init; }
    public required long NotSent { get; init; }
    public required long Lost { get; init; }
    public required long Duplicated { get; init; }
    public required long OutOfOrder { get; init; }
    public required long Corrupt { get; init; }
    public required int Disconnects { get; init; }
    public required string? FirstFailure { get; init; }
    public required SortedDictionary<int, long> Errors { get; init; }

    /// <summary>Whether the server kept its promises: nothing lost, doubled, reordered, changed, refused or left without an answer.</summary>
    internal bool IsExact =>
        Lost + Duplicated + OutOfOrder + Corrupt + Disconnects + Unanswered + NotSent == 0 && Errors.Count == 0 && Total.Acked > 0;

    internal void Write(Utf8JsonWriter json)
    {
        var messages = Math.Max(1, Measured.Acked);
        json.WriteNumber("seconds", Round(Seconds, 3));
        json.WriteNumber("sent", Measured.Sent);
        json.WriteNumber("acked", Measured.Acked);
        json.WriteNumber("delivered", Measured.Delivered);
        json.WriteNumber("echoed", Measured.Echoed);
        json.WriteNumber("sentPerSecond", Round(Measured.Sent / Seconds, 1));
        json.WriteNumber("deliveredPerSecond", Round(Measured.Delivered / Seconds, 1));
        json.WriteNumber("p50Ms", Round(Delivery.Milliseconds(0.50), 3));
        json.WriteNumber("p95Ms", Round(Delivery.Milliseconds(0.95), 3));
        json.WriteNumber("p99Ms", Round(Delivery.Milliseconds(0.99), 3));
        json.WriteNumber("maxMs", Round(Delivery.MaxMilliseconds, 3));
        json.WriteNumber("ackP50Ms", Round(Ack.Milliseconds(0.50), 3));
        json.WriteNumber("ackP99Ms", Round(Ack.Milliseconds(0.99), 3));
        json.WriteNumber("serverCpuMicrosPerMessage", Round(ServerCpu.TotalMicroseconds / messages, 2));
        json.WriteNumber("serverCpuMicrosPerDelivery", Round(ServerCpu.TotalMicroseconds / Math.Max(1, Measured.Delivered + Measured.Echoed), 2));
        json.WriteNumber("clientCpuMicrosPerMessage", Round(ClientCpu.TotalMicroseconds / messages, 2));
        json.WriteNumber("clientBytesAllocatedPerMessage", Round(ClientAllocatedBytes / (double)messages, 1));
        json.WriteNumber("serverCores", Round(ServerCpu.TotalSeconds / Seconds, 2));
        json.WriteNumber("serverRssMiB", Round(ServerRssMiB, 1));
        json.WriteNumber("serverPeakRssMiB", Round(ServerPeakRssMiB, 1));
        json.WriteNumber("totalSent", Total.Sent);
        json.WriteNumber("totalAcked", Total.Acked);
        json.WriteNumber("totalDelivered", Total.Delivered);
        json.WriteNumber("totalEchoed", Total.Echoed);
        json.WriteBoolean("drained", Drained);
        json.WriteNumber("unanswered", Unanswered);
        json.WriteNumber("notSent", NotSent);
        json.WriteNumber("lost", Lost);
        json.WriteNumber("duplicated", Duplicated);
        json.WriteNumber("outOfOrder", OutOfOrder);
        json.WriteNumber("corrupt", Corrupt);
        json.WriteNumber("disconnects", Disconnects);
        if (FirstFailure is not null) json.WriteString("firstFailure", FirstFailure);
        json.WriteStartObject("errors");
        foreach (var (code, count) in Errors) json.WriteNumber(code.ToString(System.Globalization.CultureInfo.InvariantCulture), count);
        json.WriteEndObject();
    }

    private static double Round(double value, int digits) => double.IsFinite(value) ? Math.Round(value, digits) : 0;
}

/// <summary>What connections cost that only sit there.</summary>
internal sealed record IdleReport
{
    public required int Connections { get; init; }
    public required double ConnectsPerSecond { get; init; }
    public required int Disconnects { get; init; }
    public required string? FirstFailure { get; init; }
    public required double HeldSeconds { get; init; }
    public required double ServerRssBeforeMiB { get; init; }
    public required double ServerRssAfterConnectMiB { get; init; }
    public required double ServerRssLowestMiB { get; init; }
    public required double KibPerConnection { get; init; }
    public required double KibPerConnectionSettled { get; init; }
    public required double ServerCpuPercentWhileIdle { get; init; }

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("connections", Connections);
        json.WriteNumber("connectsPerSecond", Math.Round(ConnectsPerSecond));
        json.WriteNumber("heldSeconds", Math.Round(HeldSeconds, 1));
        json.WriteNumber("disconnects", Disconnects);
        if (FirstFailure is not null) json.WriteString("firstFailure", FirstFailure);
        json.WriteNumber("serverRssBeforeMiB", Math.Round(ServerRssBeforeMiB, 1));
        json.WriteNumber("serverRssAfterConnectMiB", Math.Round(ServerRssAfterConnectMiB, 1));
        json.WriteNumber("serverRssLowestMiB", Math.Round(ServerRssLowestMiB, 1));
        json.WriteNumber("kibPerConnection", Math.Round(KibPerConnection, 1));
        json.WriteNumber("kibPerConnectionSettled", Math.Round(KibPerConnectionSettled, 1));
        json.WriteNumber("serverCpuPercentWhileIdle", Math.Round(ServerCpuPercentWhileIdle, 2));
    }
}
