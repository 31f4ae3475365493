using Dragoman.Engine.Accounts.Credentials;

namespace Dragoman.Engine.Accounts;

/// <summary>An account that is to be created, and what it is created with.</summary>
public sealed record Newcomer(Account Account)
{
    /// <summary>Null for one that logs in without a password, or not at all.</summary>
    public Password? Password { get; init; }

    public IReadOnlyList<LoginName> LoginNames { get; init; } = [];

    /// <summary>An invitation that holds once; empty is none.</summary>
    public string Invitation { get; init; } = "";
}
