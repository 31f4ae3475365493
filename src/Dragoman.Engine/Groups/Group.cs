using System.Collections.Immutable;

namespace Dragoman.Engine.Groups;

/// <summary>The numbers are stored, and ordered by rank.</summary>
public enum GroupRole : byte
{
    None = 0,
    Member = 1,
    Manager = 2,
    Owner = 3,
}

/// <summary>How somebody becomes a member. The numbers are stored.</summary>
public enum JoinMode : byte
{
    /// <summary>Applications wait for approval; who is invited is in.</summary>
    Approval = 0,

    /// <summary>Applications and members' invitations wait for approval; only managers bring people in at once.</summary>
    ApprovalForAll = 1,

    Open = 2,
}

/// <summary>The numbers are stored.</summary>
public enum GroupState : byte
{
    Normal = 0,
    Muted = 1,
    Dismissed = 2,
}

/// <summary>A durable group. Immutable; a change swaps the whole record.</summary>
public sealed record Group
{
    public required AppId App { get; init; }
    public required GroupId Id { get; init; }

    /// <summary>Positive, below 2^31; 0 until the store gave it.</summary>
    public int Number { get; init; }

    public string Name { get; init; } = "";
    public string Avatar { get; init; } = "";
    public string Introduction { get; init; } = "";
    public string Announcement { get; init; } = "";

    /// <summary>Unix milliseconds; 0 when there never was one.</summary>
    public long AnnouncedAt { get; init; }

    public string AnnouncedBy { get; init; } = "";
    public string Extra { get; init; } = "";
    public required UserId Owner { get; init; }
    public required UserId Creator { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long CreatedAt { get; init; }

    public JoinMode Join { get; init; }
    public GroupState State { get; init; }

    /// <summary>What only one dialect knows of, under keys that it prefixes itself.</summary>
    public ImmutableDictionary<string, string> Traits { get; init; } = ImmutableDictionary<string, string>.Empty;

    public bool IsDismissed => State == GroupState.Dismissed;
}

/// <summary>How a member came in. The numbers are stored.</summary>
public enum JoinSource : byte
{
    Unknown = 0,
    Administrator = 1,
    Invitation = 2,
    Search = 3,
    Code = 4,
}

/// <summary>A member of a group. Immutable; a change swaps the whole record.</summary>
public sealed record Member
{
    public required UserId User { get; init; }
    public required GroupRole Role { get; init; }

    /// <summary>The name in this group; empty means the account's own.</summary>
    public string Nickname { get; init; } = "";

    public string Avatar { get; init; } = "";
    public string Extra { get; init; } = "";

    /// <summary>Unix milliseconds.</summary>
    public long JoinedAt { get; init; }

    public JoinSource Source { get; init; }
    public string Inviter { get; init; } = "";
    public string Operator { get; init; } = "";

    /// <summary>Unix milliseconds; 0 is not muted.</summary>
    public long MutedUntil { get; init; }
}
