using Dragoman.Engine.Hooks;

namespace Dragoman.Engine.Accounts;

/// <summary>Accounts are about to be created.</summary>
public sealed class RegisteringAccounts(Caller caller, IReadOnlyList<Account> accounts) : Proposal(caller)
{
    public IReadOnlyList<Account> Accounts { get; set; } = accounts;
}

/// <summary>What others see of an account is about to change.</summary>
public sealed class UpdatingProfile(Caller caller, UserId user, ProfileChange change) : Proposal(caller)
{
    public UserId User { get; } = user;
    public ProfileChange Change { get; set; } = change;
}
