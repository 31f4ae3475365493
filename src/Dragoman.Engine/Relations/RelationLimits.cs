using System.ComponentModel.DataAnnotations;

namespace Dragoman.Engine.Relations;

/// <summary>Section <c>Relations</c>: bounds that hold for every app and dialect; a dialect may be narrower.</summary>
public sealed class RelationLimits
{
    /// <summary>Friends of one user. The vendors that name a limit stop at 3,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxFriends { get; set; } = 10_000;

    /// <summary>Requests that may wait for one user's answer.</summary>
    [Range(1, 1_000_000)]
    public int MaxPendingRequests { get; set; } = 1_000;

    /// <summary>Users that one user may block. The vendors that name a limit stop at 1,000 or before.</summary>
    [Range(1, 1_000_000)]
    public int MaxBlocks { get; set; } = 1_000;

    /// <summary>Users that one call may name.</summary>
    [Range(1, 10_000)]
    public int MaxBatch { get; set; } = 1_000;

    /// <summary>UTF-16 units; so for the next ones.</summary>
    [Range(1, 4_096)]
    public int MaxRemarkLength { get; set; } = 400;

    [Range(1, 65_536)]
    public int MaxMessageLength { get; set; } = 1_024;

    [Range(1, 65_536)]
    public int MaxExtraLength { get; set; } = 4_096;

    /// <summary>Days after which a request that nobody answered is as if it had never been; 0 keeps it for ever.</summary>
    [Range(0, 3_650)]
    public int RequestDays { get; set; }

    /// <summary>Pairs of users whose relation is kept in memory.</summary>
    [Range(1_000, 100_000_000)]
    public int CachedRelations { get; set; } = 500_000;

    /// <summary>Requests that are older, and still pending, are gone: Unix milliseconds.</summary>
    internal long PendingSince(DateTimeOffset now) => RequestDays == 0 ? 0 : now.AddDays(-RequestDays).ToUnixTimeMilliseconds();

    internal Refusal? CheckRemark(string? remark) => Check(remark, MaxRemarkLength, "remark");

    internal Refusal? CheckMessage(string? message) => Check(message, MaxMessageLength, "message");

    internal Refusal? CheckExtra(string? extra) => Check(extra, MaxExtraLength, "extra");

    private static Refusal? Check(string? text, int limit, string name) =>
        text?.Length > limit ? new(Condition.RelationTextTooLong, name) : null;
}
