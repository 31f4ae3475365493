using System.ComponentModel.DataAnnotations;

namespace Dragoman.Gateway;

/// <summary>Section <c>Gateway</c>.</summary>
public sealed class GatewayOptions
{
    /// <summary>Long connections on this node; one more is refused in the dialect's own words.</summary>
    [Range(1, 10_000_000)]
    public int MaxConnections { get; set; } = 100_000;

    /// <summary>Frames that may wait for one connection; one more closes it as slow.</summary>
    [Range(16, 1_000_000)]
    public int QueueFrames { get; set; } = 8_192;

    /// <summary>Bytes that may wait for one connection; more closes it as slow.</summary>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public int QueueBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>How often clients are pinged, so that browsers, which cannot ping, show that they are there.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(27);

    /// <summary>How long open connections get to say goodbye when the server stops.</summary>
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(2);
}
