using Dragoman.Engine.Accounts;
using Dragoman.Engine.Sessions;

namespace Dragoman.Engine.Ports;

/// <summary>Conflicts with <see cref="Condition.AccountExists"/>. The store gives the account its number.</summary>
public sealed record CreateAccount(AppId App, Account Account) : StoreChange(App)
{
    public override int OrderingKey => HashCode.Combine(App, Account.Id);
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
