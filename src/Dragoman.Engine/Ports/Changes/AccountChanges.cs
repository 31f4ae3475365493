using Dragoman.Engine.Accounts;
using Dragoman.Engine.Sessions;

namespace Dragoman.Engine.Ports;

/// <summary>Conflicts with <see cref="Condition.AccountExists"/>. The store gives the account its number.</summary>
public sealed record CreateAccount(AppId App, Account Account) : StoreChange(App)
{
    /// <summary>It also conflicts when its id differs from another one's in nothing but case.</summary>
    public bool IsFolded { get; init; }

    public override int OrderingKey => IsFolded ? HashCode.Combine(App, NameFolding.Fold(Account.Id.Value)) : HashCode.Combine(App, Account.Id);
}

/// <summary>Takes an account and what belongs to it alone out of the store; its friendships and memberships have ended before.</summary>
/// <param name="At">Unix milliseconds: an account that gets the id later does not know tokens from before.</param>
public sealed record EraseAccount(AppId App, UserId User, long At) : StoreChange(App)
{
    public override int OrderingKey => HashCode.Combine(App, User);
}

public sealed record PutAccount(AppId App, Account Account) : StoreChange(App)
{
    public override int OrderingKey => HashCode.Combine(App, Account.Id);
}

/// <param name="Day">Since 1970.</param>
public sealed record PutActiveDay(AppId App, UserId User, int Day) : StoreChange(App)
{
    public override int OrderingKey => HashCode.Combine(App, User);
}

public sealed record PutGrant(AppId App, Grant Grant) : StoreChange(App)
{
    public override int OrderingKey => HashCode.Combine(App, Grant.User);
}

public sealed record RemoveGrants(AppId App, UserId User, IReadOnlyList<GrantKey> Keys) : StoreChange(App)
{
    public override int OrderingKey => HashCode.Combine(App, User);
}
