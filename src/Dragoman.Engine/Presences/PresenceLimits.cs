namespace Dragoman.Engine.Presences;

/// <summary>Bounds of presence that the vendors who have it name.</summary>
public static class PresenceLimits
{
    /// <summary>Users to whom one may subscribe, and who may subscribe to one.</summary>
    public const int MaxSubscriptions = 3_000;

    public static readonly TimeSpan LongestSubscription = TimeSpan.FromDays(30);

    /// <summary>What comes and goes within this time is told once.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);
}
