using System.Collections.Immutable;

namespace Dragoman.Engine.Accounts;

/// <summary>What an account may do beyond being a user. The numbers are stored.</summary>
public enum AccountRole : byte
{
    User = 0,
    Administrator = 1,

    /// <summary>Speaks for the app (announcements, robots); nobody logs in as it.</summary>
    Service = 2,
}

/// <summary>The numbers are stored.</summary>
public enum AccountState : byte
{
    Living = 0,

    /// <summary>Nobody logs in as it until it is enabled again.</summary>
    Disabled = 1,
}

/// <summary>Which messages of others reach the account at all. The numbers are stored.</summary>
public enum ReceiveOption : byte
{
    Notify = 0,

    /// <summary>Messages are refused to their senders.</summary>
    Refuse = 1,

    /// <summary>Messages arrive without waking the phone.</summary>
    Silent = 2,

    /// <summary>As <see cref="Silent"/>, except for messages that call the user by name.</summary>
    MentionsOnly = 3,
}

/// <summary>Who may make an account his friend. The numbers are stored.</summary>
public enum AddMode : byte
{
    Anyone = 0,

    /// <summary>The account is asked first.</summary>
    Confirm = 1,

    Nobody = 2,
}

/// <summary>A user of an app. Immutable; a change swaps the whole record.</summary>
public sealed record Account
{
    public required AppId App { get; init; }
    public required UserId Id { get; init; }

    /// <summary>Positive and unique on the server; 0 until the store gave it.</summary>
    public long Number { get; init; }

    public string Nickname { get; init; } = "";
    public string Avatar { get; init; } = "";
    public string Extra { get; init; } = "";
    public AccountRole Role { get; init; }
    public ReceiveOption Receive { get; init; }

    /// <summary>When he is not to be woken at all.</summary>
    public QuietHours Quiet { get; init; } = QuietHours.None;

    public AddMode Adding { get; init; } = AddMode.Confirm;

    /// <summary>Unix milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Unix milliseconds; of what others see, and of its state.</summary>
    public long UpdatedAt { get; init; }

    public AccountState State { get; init; }

    /// <summary>Tokens that were issued before are void. Unix milliseconds; 0 when all count.</summary>
    public long InvalidBefore { get; init; }

    /// <summary>The standard fields of a profile, by their <see cref="ProfileKeys"/>; those that are empty are not there.</summary>
    public ImmutableDictionary<string, string> Profile { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Fields that the app made up itself.</summary>
    public ImmutableDictionary<string, string> Fields { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What only one dialect knows of, under keys that it prefixes itself.</summary>
    public ImmutableDictionary<string, string> Traits { get; init; } = ImmutableDictionary<string, string>.Empty;
}
