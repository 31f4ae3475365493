using Dragoman.Engine.Accounts;
using Dragoman.Engine.Caching;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Sessions;

/// <summary>Declares void whatever was issued for a user until now, signed or stored, and ends his connections.</summary>
public sealed class InvalidateTokens(LogWriter journal, AccountDirectory accounts, EndSessions sessions, KeyedGate gate, TimeProvider clock)
{
    /// <returns>How many connections there were; or NotPermitted, AccountNotFound.</returns>
    public async ValueTask<Result<int>> RunAsync(Caller caller, UserId user, CancellationToken ct)
    {
        if (!caller.IsAdministrator) return Condition.NotPermitted;

        using var turn = await gate.EnterAsync((caller.App, user), ct);
        var account = await accounts.FindAsync(caller.App, user, ct);
        if (account is null) return new Refusal(Condition.AccountNotFound, user.Value);

        var changed = account with { InvalidBefore = clock.GetUtcNow().ToUnixTimeMilliseconds() };
        var unit = new WriteUnit([new PutAccount(caller.App, changed)]) { WhenWritten = () => accounts.Changed(changed) };
        if (await journal.CommitAsync(unit) is { } refusal) return refusal;
        return sessions.Run(caller.App, user, SessionSelection.All, new SessionEnd(EndReason.TokenInvalidated));
    }
}
