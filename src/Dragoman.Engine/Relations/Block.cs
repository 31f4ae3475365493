namespace Dragoman.Engine.Relations;

/// <summary>The owner does not want to hear from the other one. Friends may stay friends meanwhile.</summary>
public sealed record Block
{
    public required UserId Owner { get; init; }
    public required UserId Blocked { get; init; }
    public string Extra { get; init; } = "";

    /// <summary>The owner, or the administrator who did it for him.</summary>
    public string Operator { get; init; } = "";

    /// <summary>Unix milliseconds.</summary>
    public long BlockedAt { get; init; }
}
