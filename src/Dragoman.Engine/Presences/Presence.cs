using System.Collections.Immutable;

namespace Dragoman.Engine.Presences;

/// <summary>What is kept of a user's presence while he is away. Immutable; a change swaps the whole record.</summary>
public sealed record Presence
{
    public const int MaxTextBytes = 1024;

    public required UserId User { get; init; }

    /// <summary>In his own words.</summary>
    public string Text { get; init; } = "";

    /// <summary>What the app said of devices that are not connected here, by their names.</summary>
    public ImmutableDictionary<string, string> States { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>When he last came or went, Unix milliseconds; 0 when he never did.</summary>
    public long SeenAt { get; init; }
}

/// <param name="Name">As the client calls itself; empty in dialects that know only kinds.</param>
/// <param name="State">"1" is online, "0" is offline although connected; others are the app's own.</param>
public readonly record struct DevicePresence(string Name, DeviceKind Kind, string State);

/// <summary>How a user appears to others at one moment.</summary>
/// <param name="Devices">Those that are connected, and those of which the app has said something.</param>
/// <param name="SeenAt">Unix milliseconds; 0 when he never came.</param>
public sealed record PresenceView(UserId User, string Text, IReadOnlyList<DevicePresence> Devices, long SeenAt);

/// <param name="ExpiresAt">Unix milliseconds.</param>
public readonly record struct PresenceSubscription(UserId User, long ExpiresAt);
