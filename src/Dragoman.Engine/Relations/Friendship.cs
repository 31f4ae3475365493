using System.Collections.Immutable;

namespace Dragoman.Engine.Relations;

/// <summary>How somebody came onto a list of friends. The numbers are stored.</summary>
public enum FriendSource : byte
{
    Other = 0,

    /// <summary>The app's server put him there.</summary>
    Import = 1,

    /// <summary>One asked and the other one agreed.</summary>
    Request = 2,
}

/// <summary>One direction: the owner has the friend on his list. Two are friends of each other when both directions exist.</summary>
/// <remarks>Immutable; a change swaps the whole record.</remarks>
public sealed record Friendship
{
    public required UserId Owner { get; init; }
    public required UserId Friend { get; init; }

    /// <summary>The owner's name for the friend; empty when he has none.</summary>
    public string Remark { get; init; } = "";

    public string Extra { get; init; } = "";

    /// <summary>Stands before the others in the owner's list.</summary>
    public bool IsPinned { get; init; }

    public FriendSource Source { get; init; }

    /// <summary>Who brought it about: the one who asked, or the administrator.</summary>
    public string Operator { get; init; } = "";

    /// <summary>Unix milliseconds.</summary>
    public long AddedAt { get; init; }

    /// <summary>What only one dialect knows of, under keys that it prefixes itself.</summary>
    public ImmutableDictionary<string, string> Traits { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>Which of the two lists an operation touches.</summary>
public enum FriendSides
{
    /// <summary>The owner's alone.</summary>
    Own,

    Both,
}
