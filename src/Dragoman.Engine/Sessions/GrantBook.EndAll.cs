using Dragoman.Engine.Events;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Sessions;

public sealed partial class GrantBook
{
    /// <summary>Ends all logins of a user but the one that asks (<see cref="Caller.Session"/>), in all dialects.</summary>
    /// <param name="cause">What ends them; written in the same unit.</param>
    /// <returns>Done; or NotPermitted, and what the cause collides with.</returns>
    internal async ValueTask<Result<Done>> EndAllAsync(Caller caller, UserId user, EndReason reason, StoreChange cause, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;

        using var turn = await gate.EnterAsync((caller.App, user), ct);
        SessionInfo[] online = [.. sessions.SessionsOf(caller.App, user)];
        GrantKey? kept = online.Where(s => s.Id == caller.Session).Select(s => (GrantKey?)s.Grant).FirstOrDefault();
        if (kept == default(GrantKey)) kept = null; // good by its signature: nothing to keep but the connection itself
        var grants = await GrantsAsync(caller.App, user, ct);
        var losers = grants.Where(g => g.Key != kept && (g.State == GrantState.Valid || g.UsableUntil > 0))
            .Select(g => g with { State = GrantState.Kicked, UsableUntil = 0 })
            .ToArray();
        var saved = await SaveAsync(caller.App, user, Merge(grants, losers), [cause, .. losers.Select(g => new PutGrant(caller.App, g))]);
        if (!saved.TryGet(out _, out var refusal)) return refusal;

        SessionId[] gone = [.. online.Where(s => s.Id != caller.Session && (kept is null || s.Grant != kept)).Select(s => s.Id)];
        if (gone.Length > 0) bus.Publish(new SessionsKicked(caller.App, user, gone, new SessionEnd(reason)));
        return default(Done);
    }
}
