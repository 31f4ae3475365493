using Dragoman.Dialects.Agora.Apps;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Rates;

namespace Dragoman.Dialects.Agora.Auth;

/// <summary>The account behind a user's token. Where the app wants it, a dynamic token of somebody new makes the account.</summary>
internal sealed class UserFinder(AccountDirectory accounts, IAccountStore store, AdmitNewcomers admit)
{
    /// <returns>The account, whatever its state; or AccountNotFound, AccountQuotaReached, RegistrationRateExceeded.</returns>
    public async ValueTask<Result<Account>> OfAsync(AgoraApp app, Bearer bearer, CancellationToken ct)
    {
        var user = await NamedAsync(app, bearer.User.Value, ct);
        if (await accounts.FindAsync(app.Id, user, ct) is { } known) return known;

        // A dynamic token may name the user by the id that we gave him.
        if (bearer.IsDynamic && UserUuids.NumberOf(app, bearer.User.Value) is { } number)
        {
            return await store.FindByNumberAsync(app.Id, number, ct) is { } named ? named : Missing(bearer.User);
        }

        return bearer.IsDynamic && app.Settings.AutoRegister && UserNames.Check(bearer.User.Value) is null
            ? await CreateAsync(app, UserNames.Fold(bearer.User.Value), ct)
            : Missing(bearer.User);
    }

    /// <summary>Makes an account without a password.</summary>
    /// <returns>The account; or AccountExists, AccountQuotaReached, RegistrationRateExceeded.</returns>
    public async ValueTask<Result<Account>> CreateAsync(AgoraApp app, UserId user, CancellationToken ct)
    {
        var made = await admit.RunAsync(app.Itself, [new Newcomer(new Account { App = app.Id, Id = user })], QuotaOf(app), ct);
        if (!made.TryGet(out _, out var refusal) && refusal.Condition != Condition.AccountExists) return refusal;
        return await accounts.FindAsync(app.Id, user, ct) is { } account ? account : Missing(user);
    }

    /// <summary>Whom a client or the app's server means by a name; he need not exist.</summary>
    /// <remarks>
    /// Who is spelled so; else the only one who is spelled so but for case. Of two that other dialects made before this app spoke this one,
    /// either is found under his own spelling alone, so that nobody is taken for another.
    /// </remarks>
    public async ValueTask<UserId> NamedAsync(AgoraApp app, string name, CancellationToken ct)
    {
        var spelled = new UserId(name);
        if (!UserIds.IsValid(spelled)) return UserNames.Fold(name);
        if (await accounts.FindAsync(app.Id, spelled, ct) is not null) return spelled;

        var alike = await accounts.FindAlikeAsync(app.Id, name, ct);
        return alike.Count switch
        {
            0 => UserNames.Fold(name),
            1 => alike[0],
            _ => spelled,
        };
    }

    public static AccountQuota QuotaOf(AgoraApp app) => new(app.Settings.Limits.Users, Rate.Of(app.Settings.RateLimit.Registrations));

    private static Refusal Missing(UserId user) => new(Condition.AccountNotFound, user.Value);
}
