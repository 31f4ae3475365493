namespace Dragoman.Engine.Accounts;

/// <summary>A log file that a client has uploaded, for whoever looks into a complaint.</summary>
public sealed record ClientLog
{
    /// <summary>Random, made when it is stored.</summary>
    public string Id { get; init; } = "";

    public UserId User { get; init; }
    public required DeviceSlot Device { get; init; }
    public required string Url { get; init; }
    public string FileName { get; init; } = "";
    public string Framework { get; init; } = "";
    public string Version { get; init; } = "";
    public string Extra { get; init; } = "";

    /// <summary>Unix milliseconds.</summary>
    public long CreatedAt { get; init; }
}

/// <param name="UserPart">Only logs of users whose id contains this; empty is all.</param>
/// <param name="From">Unix milliseconds, inclusive; so is <paramref name="To"/>.</param>
public sealed record ClientLogQuery(string UserPart, long From, long To, long Skip, int Take);

/// <param name="Total">How many there are on all pages.</param>
public sealed record ClientLogPage(int Total, IReadOnlyList<ClientLog> Logs);
