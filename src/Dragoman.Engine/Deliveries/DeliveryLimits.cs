using System.ComponentModel.DataAnnotations;

namespace Dragoman.Engine.Deliveries;

/// <summary>Section <c>Deliveries</c>: what waits for devices that acknowledge.</summary>
public sealed class DeliveryLimits
{
    /// <summary>Messages of one conversation that wait for a device at most; older ones are history.</summary>
    [Range(1, 100_000)]
    public int Backlog { get; set; } = 500;

    /// <summary>Devices of one user and dialect whose places are kept; the ones that were away longest make room.</summary>
    [Range(1, 1_000)]
    public int DevicesPerUser { get; set; } = 20;

    /// <summary>How long a device may be away without being forgotten.</summary>
    public TimeSpan DeviceLife { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How often acknowledgements are written.</summary>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromMilliseconds(500);
}
