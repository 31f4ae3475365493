using Dragoman.Engine.Accounts;

namespace Dragoman.Engine.Notices;

/// <summary>What others see of an account changed; told to its own devices.</summary>
public sealed record ProfileChanged(UserId User) : Notice
{
    /// <summary>What was asked for; null where the notice is older than this member.</summary>
    public ProfileChange? Change { get; init; }
}

/// <summary>Accounts were created; for hooks alone.</summary>
public sealed record AccountsRegistered(IReadOnlyList<Account> Accounts) : Notice;
