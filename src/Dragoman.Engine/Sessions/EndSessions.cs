using Dragoman.Engine.Accounts;
using Dragoman.Engine.Events;

namespace Dragoman.Engine.Sessions;

/// <summary>Which of a user's connections; what is null does not select.</summary>
public sealed record SessionSelection(DialectId? Dialect = null, string? Device = null, SessionId? Except = null)
{
    public static readonly SessionSelection All = new();

    internal bool Has(in SessionInfo session) =>
        (Dialect is not { } dialect || session.Dialect == dialect)
        && (Device is null || session.Device == Device)
        && (Except is not { } except || session.Id != except);
}

/// <summary>Ends connections of a user; his tokens stay good, so that he may come back.</summary>
public sealed class EndSessions(AccountDirectory accounts, ISessionDirectory sessions, IEventBus bus)
{
    /// <returns>How many there were; or NotPermitted, AccountNotFound.</returns>
    public async ValueTask<Result<int>> RunAsync(Caller caller, UserId user, SessionSelection which, SessionEnd end, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return new Refusal(Condition.NotPermitted, user.Value);
        if (await accounts.FindAsync(caller.App, user, ct) is null) return new Refusal(Condition.AccountNotFound, user.Value);
        return Run(caller.App, user, which, end);
    }

    /// <summary>For operations that have asked who may.</summary>
    internal int Run(AppId app, UserId user, SessionSelection which, SessionEnd end)
    {
        SessionId[] gone = [.. sessions.SessionsOf(app, user).Where(s => which.Has(s)).Select(s => s.Id)];
        if (gone.Length > 0) bus.Publish(new SessionsKicked(app, user, gone, end));
        return gone.Length;
    }
}
