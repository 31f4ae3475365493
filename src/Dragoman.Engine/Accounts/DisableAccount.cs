using Dragoman.Engine.Caching;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Sessions;

namespace Dragoman.Engine.Accounts;

/// <summary>Shuts an account, or opens it again. Whoever is connected as it has to go; his tokens come back with the account.</summary>
public sealed class DisableAccount(LogWriter journal, AccountDirectory accounts, EndSessions sessions, KeyedGate gate, TimeProvider clock)
{
    /// <returns>The account as it is now; or NotPermitted, AccountNotFound.</returns>
    public async ValueTask<Result<Account>> RunAsync(Caller caller, UserId user, bool isDisabled, CancellationToken ct)
    {
        if (!caller.IsAdministrator) return Condition.NotPermitted;

        using var turn = await gate.EnterAsync((caller.App, user), ct);
        var account = await accounts.FindAsync(caller.App, user, ct);
        if (account is null) return new Refusal(Condition.AccountNotFound, user.Value);

        var state = isDisabled ? AccountState.Disabled : AccountState.Living;
        if (account.State == state) return account;

        var changed = account with { State = state, UpdatedAt = clock.GetUtcNow().ToUnixTimeMilliseconds() };
        var unit = new WriteUnit([new PutAccount(caller.App, changed)]) { WhenWritten = () => accounts.Changed(changed) };
        if (await journal.CommitAsync(unit) is { } refusal) return refusal;

        if (isDisabled) sessions.Run(caller.App, user, SessionSelection.All, new SessionEnd(EndReason.AccountDisabled));
        return changed;
    }
}
