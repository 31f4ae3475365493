namespace Dragoman.Engine.Groups;

/// <summary>Somebody may not come into a group; it outlives his membership.</summary>
public sealed record GroupBan
{
    public required GroupId Group { get; init; }
    public required UserId User { get; init; }

    /// <summary>Unix milliseconds; <see cref="long.MaxValue"/> is for ever.</summary>
    public required long Until { get; init; }

    public string Reason { get; init; } = "";
    public string Operator { get; init; } = "";

    /// <summary>Unix milliseconds.</summary>
    public long BannedAt { get; init; }
}
