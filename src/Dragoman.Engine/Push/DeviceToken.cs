namespace Dragoman.Engine.Push;

/// <summary>Whose service wakes the device. The numbers are stored.</summary>
public enum PushProvider : byte
{
    None = 0,
    Apns = 1,
    Fcm = 2,
}

/// <summary>How a device of a user is reached when it has no connection. One for each kind of device.</summary>
public sealed record DeviceToken
{
    public required UserId User { get; init; }
    public required DeviceSlot Device { get; init; }
    public PushProvider Provider { get; init; }

    /// <summary>Empty while only the badge is known.</summary>
    public string Token { get; init; } = "";

    /// <summary>The number that the app's icon shows.</summary>
    public int Badge { get; init; }

    /// <summary>Unix milliseconds; 0 is never.</summary>
    public long ExpiresAt { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long UpdatedAt { get; init; }
}
