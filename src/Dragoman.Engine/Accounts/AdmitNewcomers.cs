using Dragoman.Engine.Caching;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Rates;

namespace Dragoman.Engine.Accounts;

/// <summary>What an app's edition allows.</summary>
/// <param name="MaxAccounts">0 is without limit.</param>
/// <param name="Rate">How fast accounts may come into being.</param>
public readonly record struct AccountQuota(int MaxAccounts, Rate Rate);

/// <summary>Creates accounts as far as the app's edition allows, all or none.</summary>
public sealed class AdmitNewcomers(RegisterAccounts register, IAccountStore store, RateDesk rates, KeyedGate gate)
{
    /// <returns>As <see cref="RegisterAccounts"/>; or RegistrationRateExceeded, AccountQuotaReached.</returns>
    public async ValueTask<Result<IReadOnlyList<Account>>> RunAsync(
        Caller caller, IReadOnlyList<Newcomer> newcomers, AccountQuota quota, CancellationToken ct)
    {
        foreach (var _ in newcomers)
        {
            if (rates.Take(new RateKey(caller.App, RateName.Registration), quota.Rate) is { } tooFast) return tooFast;
        }

        if (quota.MaxAccounts == 0) return await register.RunAsync(caller, newcomers, ct);

        // One at a time, so that no two of them count the last place as free.
        using var turn = await gate.EnterAsync((caller.App, nameof(AccountQuota)), ct);
        var (total, _) = await store.PageIdsAsync(caller.App, skip: 0, take: 0, ct);
        return total + newcomers.Count > quota.MaxAccounts ? Condition.AccountQuotaReached : await register.RunAsync(caller, newcomers, ct);
    }
}
