using System.Collections.Immutable;

namespace Dragoman.Engine.Relations;

/// <summary>The numbers are stored.</summary>
public enum FriendRequestState : byte
{
    Pending = 0,
    Accepted = 1,
    Refused = 2,
}

/// <summary>Somebody asked another one to be friends. There is one for each ordered pair: asking again makes it new.</summary>
/// <remarks>Immutable; a change swaps the whole record.</remarks>
public sealed record FriendRequest
{
    public required UserId From { get; init; }
    public required UserId To { get; init; }

    /// <summary>What he said with it.</summary>
    public string Message { get; init; } = "";

    public string Extra { get; init; } = "";
    public FriendRequestState State { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long RequestedAt { get; init; }

    /// <summary>Unix milliseconds; 0 while it is pending.</summary>
    public long HandledAt { get; init; }

    /// <summary>Who answered: the receiver or an administrator; empty while it is pending.</summary>
    public string Handler { get; init; } = "";

    /// <summary>What was said with the answer.</summary>
    public string Answer { get; init; } = "";

    /// <summary>What only one dialect knows of, under keys that it prefixes itself.</summary>
    public ImmutableDictionary<string, string> Traits { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>Whose list of requests is meant: one's own, or that of whoever was asked.</summary>
public enum FriendRequestSide
{
    Received,
    Sent,
}

/// <summary>Requests in any of these states.</summary>
[Flags]
public enum FriendRequestStates
{
    None = 0,
    Pending = 1,
    Accepted = 2,
    Refused = 4,
    All = Pending | Accepted | Refused,
}
