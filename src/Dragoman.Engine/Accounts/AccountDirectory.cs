using Dragoman.Engine.Caching;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Accounts;

/// <summary>Accounts as the operations see them: from memory, from the store on a miss.</summary>
public sealed class AccountDirectory(IAccountStore store, EngineLimits limits)
{
    private readonly BoundedCache<(AppId, UserId), Account?> _cache = new(limits.CachedAccounts);
    private readonly BoundedCache<(AppId, string Folded), IReadOnlyList<UserId>> _alike = new(limits.CachedAccounts);

    public ValueTask<Account?> FindAsync(AppId app, UserId user, CancellationToken ct) =>
        _cache.GetAsync((app, user), store, static (store, key, ct) => store.FindAsync(key.Item1, key.Item2, ct), ct);

    /// <summary>Accounts whose ids differ from a name in nothing but case, itself included; two at most.</summary>
    public ValueTask<IReadOnlyList<UserId>> FindAlikeAsync(AppId app, string name, CancellationToken ct) =>
        _alike.GetAsync((app, NameFolding.Fold(name)), store, static (store, key, ct) => store.FindAlikeAsync(key.Item1, key.Folded, ct), ct);

    /// <summary>To be called after the account has been written.</summary>
    public void Changed(Account account) => _cache.Put((account.App, account.Id), account);

    /// <summary>To be called after an account was created: the store gave it a number that is read on the next use.</summary>
    public void Created(AppId app, UserId user) => Removed(app, user);

    /// <summary>To be called after an account was deleted.</summary>
    public void Removed(AppId app, UserId user)
    {
        _cache.Remove((app, user));
        _alike.Remove((app, NameFolding.Fold(user.Value)));
    }
}
