using System.Security.Cryptography;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Rates;

namespace Dragoman.Engine.Accounts.Credentials;

/// <summary>Whether somebody knows a user's password.</summary>
/// <remarks>Who has no password, or does not exist, costs the time of one who has: the answer's time tells nobody apart.</remarks>
public sealed class CheckPassword(
    AccountDirectory accounts, IPasswordStore passwords, PasswordDesk desk, LogWriter journal, RateDesk rates, CredentialLimits limits)
{
    private static readonly byte[] NobodysSalt = StoredPassword.NewSalt();

    /// <returns>The account; or LoginRateExceeded, TooManyFailures (both until), Overloaded, AccountNotFound, PasswordWrong.</returns>
    public async ValueTask<Result<Account>> RunAsync(AppId app, UserId user, Password password, CancellationToken ct)
    {
        var verified = await VerifyAsync(app, user, password, ct);
        return verified.TryGet(out var found, out var refusal) ? found.Account : refusal;
    }

    /// <returns>The account and what is kept of its password; or as <see cref="RunAsync"/>.</returns>
    internal async ValueTask<Result<(Account Account, StoredPassword Password)>> VerifyAsync(
        AppId app, UserId user, Password password, CancellationToken ct)
    {
        if (!UserIds.IsValid(user)) return new Refusal(Condition.AccountNotFound, user.Value);

        // It counts as a failure until it turns out to be none: many at once do not get past the limit.
        var failures = new RateKey(app, RateName.FailedLogin, user.Value);
        if (rates.Take(failures, limits.Failures) is { } locked) return locked;
        if (rates.Take(new RateKey(app, RateName.Login, user.Value), limits.Logins) is { } tooOften)
        {
            rates.GiveBack(failures, limits.Failures);
            return tooOften;
        }

        var account = await accounts.FindAsync(app, user, ct);
        var stored = account is null ? null : await passwords.FindAsync(app, user, ct);
        var known = password.IsValid(limits) && stored?.Form == password.Form;
        var hashed = await desk.HashAsync(password, known ? stored!.Salt : NobodysSalt, known ? stored!.Rounds : limits.Rounds, ct);
        if (!hashed.TryGet(out var hash, out var overloaded))
        {
            rates.GiveBack(failures, limits.Failures);
            return overloaded;
        }

        if (account is null) return new Refusal(Condition.AccountNotFound, user.Value);
        if (!known || !CryptographicOperations.FixedTimeEquals(hash, stored!.Hash)) return new Refusal(Condition.PasswordWrong, user.Value);

        rates.GiveBack(failures, limits.Failures);
        if (stored.Rounds < limits.Rounds) await RaiseAsync(app, user, password, stored, ct);
        return (account, stored);
    }

    /// <summary>Hashes it again with the rounds of today. It does not matter if somebody is faster with another one.</summary>
    private async ValueTask RaiseAsync(AppId app, UserId user, Password password, StoredPassword stored, CancellationToken ct)
    {
        var made = await desk.MakeAsync(password, ct);
        if (made.TryGet(out var raised, out _))
            await journal.CommitAsync(new WriteUnit([new ReplacePassword(app, user, stored.Salt, raised with { ChangedAt = stored.ChangedAt })]));
    }
}
