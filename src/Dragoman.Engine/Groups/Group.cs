using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Dragoman.Engine.Groups;

/// <summary>The numbers are stored, and ordered by rank.</summary>
public enum GroupRole : byte
{
    None = 0,
    Member = 1,
    Manager = 2,
    Owner = 3,
}

/// <summary>Who comes in by himself. The numbers are stored.</summary>
public enum ApplyRule : byte
{
    Open = 0,

    /// <summary>Applications wait for approval.</summary>
    Approval = 1,
    Closed = 2,
}

/// <summary>Whose invitations count. The numbers are stored.</summary>
public enum InviteRule : byte
{
    Anybody = 0,

    /// <summary>Who is invited by an ordinary member waits for approval.</summary>
    ApprovalForMembers = 1,
    ManagersOnly = 2,

    /// <summary>Only the app brings people in.</summary>
    Closed = 3,
}

/// <summary>The numbers are stored; 1 was used before mutes of groups could end.</summary>
public enum GroupState : byte
{
    Normal = 0,
    Dismissed = 2,

    /// <summary>The app stopped it: nothing can be done in it until it is enabled again.</summary>
    Disabled = 3,
}

/// <summary>A durable group. Immutable; a change swaps the whole record.</summary>
public sealed record Group
{
    public required AppId App { get; init; }
    public required GroupId Id { get; init; }

    /// <summary>Positive, below 2^31; 0 until the store gave it.</summary>
    public int Number { get; init; }

    public GroupTypeId Type { get; init; } = GroupTypes.Team.Id;

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

    public ApplyRule Apply { get; init; } = ApplyRule.Approval;
    public InviteRule Invite { get; init; }

    /// <summary>Who is invited must agree himself, unless the app itself brings him in.</summary>
    public bool InviteeConsents { get; init; }

    /// <summary>Whether the app's public list shows it.</summary>
    public bool IsListed { get; init; }

    /// <summary>Members at most, everybody counted; 0 is what its type allows.</summary>
    public int MemberLimit { get; init; }

    /// <summary>Told to clients, which hide members from each other; the lists are not closed.</summary>
    public bool MembersSeeMembers { get; init; } = true;

    /// <summary>Told to clients, which do not offer it.</summary>
    public bool MembersMayBefriend { get; init; } = true;

    /// <summary>Whether who comes in later reads what was said before.</summary>
    public bool NewcomersSeeHistory { get; init; } = true;

    public GroupState State { get; init; }

    /// <summary>Until when only those speak who may while the group is muted: Unix milliseconds; 0 is not muted.</summary>
    public long MutedUntil { get; init; }

    /// <summary>What only one dialect knows of, under keys that it prefixes itself.</summary>
    public ImmutableDictionary<string, string> Traits { get; init; } = ImmutableDictionary<string, string>.Empty;

    [JsonIgnore]
    public bool IsDismissed => State == GroupState.Dismissed;

    [JsonIgnore]
    public bool IsDisabled => State == GroupState.Disabled;

    [JsonIgnore]
    public GroupRights Rights => GroupTypes.Of(Type).Rights;
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

    /// <summary>Speaks while the group is muted, whatever his rank.</summary>
    public bool IsAllowListed { get; init; }
}
