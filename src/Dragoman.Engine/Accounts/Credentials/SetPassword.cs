using Dragoman.Engine.Ports;
using Dragoman.Engine.Sessions;

namespace Dragoman.Engine.Accounts.Credentials;

/// <summary>Gives a user another password; his logins end with it, but for the connection that asks.</summary>
public sealed class SetPassword(AccountDirectory accounts, CheckPassword check, PasswordDesk desk, GrantBook grants)
{
    /// <param name="old">Null does without: for administrators only.</param>
    /// <returns>
    /// Done; or NotPermitted, PasswordInvalid, AccountNotFound, and with an old one LoginRateExceeded, TooManyFailures, Overloaded, PasswordWrong.
    /// </returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, UserId user, Password? old, Password password, CancellationToken ct)
    {
        if (!caller.MayActFor(user) || (old is null && !caller.IsAdministrator)) return Condition.NotPermitted;
        if (desk.Check(password) is { } invalid) return invalid;

        StoredPassword? before = null;
        if (old is not null)
        {
            var verified = await check.VerifyAsync(caller.App, user, old, ct);
            if (!verified.TryGet(out var found, out var refused)) return refused;
            before = found.Password;
        }
        else if (await accounts.FindAsync(caller.App, user, ct) is null)
        {
            return new Refusal(Condition.AccountNotFound, user.Value);
        }

        var made = await desk.MakeAsync(password, ct);
        if (!made.TryGet(out var stored, out var refusal)) return refusal;
        StoreChange change = before is null
            ? new PutPassword(caller.App, user, stored)
            : new ReplacePassword(caller.App, user, before.Salt, stored); // of two who know the old one the first one wins
        return await grants.EndAllAsync(caller, user, EndReason.PasswordChanged, change, ct);
    }
}
