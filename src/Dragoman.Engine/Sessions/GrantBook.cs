using System.Collections.Immutable;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Caching;
using Dragoman.Engine.Events;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Sessions;

/// <summary>The grants of all users: from memory, from the store on a miss; every change is on disk before it counts.</summary>
public sealed partial class GrantBook(
    IAccountStore store, AccountDirectory accounts, LogWriter journal, IEventBus bus, ISessionDirectory sessions, KeyedGate gate, EngineLimits limits, TimeProvider clock)
{
    private readonly BoundedCache<(AppId, UserId), ImmutableArray<Grant>> _cache = new(limits.CachedAccounts);

    /// <summary>Finds the grant behind a token.</summary>
    /// <returns>The grant; or GrantUnknown, GrantKicked, GrantRevoked, AccountDisabled, TokenInvalidated.</returns>
    public async ValueTask<Result<Grant>> FindAsync(AppId app, UserId user, DeviceSlot slot, GrantKey key, CancellationToken ct)
    {
        foreach (var grant in await GrantsAsync(app, user, ct))
        {
            if (grant.Key != key || grant.Slot != slot) continue;
            if (StateOf(grant) is var state && state != Condition.None) return state;
            return Bar(await accounts.FindAsync(app, user, ct), grant.IssuedAt) is { } barred ? barred : grant;
        }

        return Condition.GrantUnknown;
    }

    /// <summary>Issues a grant; the policy says whose place it takes.</summary>
    /// <param name="grace">How long grants that lose stay usable; zero for users, some minutes for administrators.</param>
    /// <returns>Done; or AccountDisabled.</returns>
    public async ValueTask<Result<Done>> IssueAsync(
        AppId app, Grant issued, LoginPolicy policy, TimeSpan grace, CancellationToken ct)
    {
        if (await accounts.FindAsync(app, issued.User, ct) is { State: AccountState.Disabled })
            return new Refusal(Condition.AccountDisabled, issued.User.Value);

        using var turn = await gate.EnterAsync((app, issued.User), ct);
        var now = Now();
        var all = await GrantsAsync(app, issued.User, ct);
        var grants = InScope(policy, issued.Slot.Dialect, all);

        // As all vendors do: what is over anyway is forgotten when a new grant is made.
        var stale = grants.Where(g => g.ExpiresAt <= now || (g.State != GrantState.Valid && g.UsableUntil <= now)).ToArray();
        var living = grants.Except(stale).Where(g => g.Key != issued.Key).OrderBy(g => g.IssuedAt).ToArray();
        var losers = policy.LosersOnIssue(issued.Slot, [.. living.Where(g => g.State == GrantState.Valid)])
            .Select(g => g with { State = GrantState.Kicked, UsableUntil = grace > TimeSpan.Zero ? now + (long)grace.TotalMilliseconds : 0 })
            .ToArray();

        // The newest losers stay on the books, so that their tokens are told "kicked" and not "unknown".
        var changes = new List<StoreChange>();
        if (stale.Length > 0) changes.Add(new RemoveGrants(app, issued.User, [.. stale.Select(g => g.Key)]));
        changes.AddRange(losers.Select(g => new PutGrant(app, g)));
        changes.Add(new PutGrant(app, issued));

        return await SaveAsync(app, issued.User, [.. all.Except(grants), .. Merge(living, [.. losers, issued])], changes);
    }

    /// <summary>Carries out the policy for a connection that is about to be registered: kicks others, marks their grants.</summary>
    /// <returns>Done; or GrantUnknown, GrantKicked (another login was faster).</returns>
    public async ValueTask<Result<Done>> AdmitAsync(AppId app, UserId user, SessionInfo newcomer, LoginPolicy policy, CancellationToken ct)
    {
        using var turn = await gate.EnterAsync((app, user), ct);
        var all = await GrantsAsync(app, user, ct);
        var grants = InScope(policy, newcomer.Dialect, all);

        // Of two that come at the same moment the first may have taken the second one's place by now.
        var own = grants.FirstOrDefault(g => g.Key == newcomer.Grant && g.Slot == newcomer.Slot);
        if (own is null) return Condition.GrantUnknown;
        if (own.State != GrantState.Valid && own.UsableUntil <= Now()) return Condition.GrantKicked;

        var others = InScope(policy, newcomer.Dialect, sessions.SessionsOf(app, user)).Where(s => s.Id != newcomer.Id).ToArray();
        var kicked = policy.LosersOnConnect(newcomer, others).ToArray();
        var losers = policy.LosersOnConnect(newcomer, [.. grants.Where(g => g.State == GrantState.Valid)], kicked)
            .Select(g => g with { State = GrantState.Kicked })
            .ToArray();

        if (losers.Length > 0)
        {
            var saved = await SaveAsync(app, user, Merge(all, losers), [.. losers.Select(g => new PutGrant(app, g))]);
            if (!saved.TryGet(out _, out var refusal)) return refusal;
        }

        Tell(app, user, kicked, new SessionEnd(policy.LoserReason));
        return default(Done);
    }

    /// <summary>
    /// Lets in a connection whose token is no grant of a slot: good by its signature, or issued for all devices of the user. What has the
    /// same device goes without a word, and whom the policy names is told why.
    /// </summary>
    /// <param name="issuedAt">When the token was, Unix milliseconds.</param>
    /// <param name="detail">What those are told whose place is taken.</param>
    /// <param name="enter">Registers the session. Runs while nobody else of this user is let in, so that no two overlook each other.</param>
    /// <returns>Done; or AccountNotFound, ServiceAccountCannotLogIn, AccountDisabled, TokenInvalidated, GrantUnknown, GrantKicked, GrantRevoked, DeviceLimitReached.</returns>
    public async ValueTask<Result<Done>> AdmitSignedAsync(
        AppId app, UserId user, SessionInfo newcomer, long issuedAt, LoginPolicy policy, string detail, Action enter, CancellationToken ct)
    {
        using var turn = await gate.EnterAsync((app, user), ct);
        var account = await accounts.FindAsync(app, user, ct);
        if (account is null) return new Refusal(Condition.AccountNotFound, user.Value);
        if (account.Role == AccountRole.Service) return new Refusal(Condition.ServiceAccountCannotLogIn, user.Value);
        if (Bar(account, issuedAt) is { } barred) return barred;
        if (newcomer.Grant != default && await StateOfAsync(app, user, newcomer, ct) is var state && state != Condition.None) return state;

        var all = sessions.SessionsOf(app, user).Where(s => s.Id != newcomer.Id).ToArray();
        var before = all.Where(s => s.Dialect == newcomer.Dialect && newcomer.Device.Length > 0 && s.Device == newcomer.Device).ToArray();
        var others = InScope(policy, newcomer.Dialect, all).Except(before).ToArray();
        if (policy.Refuses(newcomer, others)) return Condition.DeviceLimitReached;

        var losers = policy.LosersOnConnect(newcomer, others).ToArray();
        enter();
        Tell(app, user, before, new SessionEnd(EndReason.Reconnected));
        Tell(app, user, losers, new SessionEnd(policy.LoserReason, detail));
        return default(Done);
    }

    /// <summary>Ends all logins of a user on a slot.</summary>
    /// <returns>Done; or NotPermitted.</returns>
    public async ValueTask<Result<Done>> KickAsync(Caller caller, UserId user, DeviceSlot slot, CancellationToken ct)
    {
        if (!caller.IsAdministrator) return Condition.NotPermitted;

        using var turn = await gate.EnterAsync((caller.App, user), ct);
        var grants = await GrantsAsync(caller.App, user, ct);
        var losers = grants.Where(g => g.Slot == slot && g.State == GrantState.Valid)
            .Select(g => g with { State = GrantState.Kicked })
            .ToArray();
        if (losers.Length > 0)
        {
            var saved = await SaveAsync(caller.App, user, Merge(grants, losers), [.. losers.Select(g => new PutGrant(caller.App, g))]);
            if (!saved.TryGet(out _, out var refusal)) return refusal;
        }

        Tell(caller.App, user, [.. sessions.SessionsOf(caller.App, user).Where(s => s.Slot == slot)], new SessionEnd(EndReason.ByAdministrator));
        return default(Done);
    }

    private void Tell(AppId app, UserId user, IReadOnlyCollection<SessionInfo> gone, SessionEnd end)
    {
        if (gone.Count > 0) bus.Publish(new SessionsKicked(app, user, [.. gone.Select(s => s.Id)], end));
    }

    private Condition StateOf(Grant grant) => grant.State switch
    {
        GrantState.Valid => Condition.None,
        _ when grant.UsableUntil > Now() => Condition.None,
        GrantState.Kicked => Condition.GrantKicked,
        _ => Condition.GrantRevoked,
    };

    private async ValueTask<Condition> StateOfAsync(AppId app, UserId user, SessionInfo newcomer, CancellationToken ct)
    {
        foreach (var grant in await GrantsAsync(app, user, ct))
        {
            if (grant.Key == newcomer.Grant && grant.Slot.Dialect == newcomer.Dialect) return StateOf(grant);
        }

        return Condition.GrantUnknown;
    }

    private static Refusal? Bar(Account? account, long issuedAt) =>
        account is { State: AccountState.Disabled } ? new Refusal(Condition.AccountDisabled, account.Id.Value)
        : account?.InvalidBefore > issuedAt ? new Refusal(Condition.TokenInvalidated, account.Id.Value)
        : null;

    private static Grant[] InScope(LoginPolicy policy, DialectId dialect, IEnumerable<Grant> grants) =>
        [.. grants.Where(g => policy.Scope == LoginScope.App || g.Slot.Dialect == dialect)];

    private static SessionInfo[] InScope(LoginPolicy policy, DialectId dialect, IEnumerable<SessionInfo> sessions) =>
        [.. sessions.Where(s => policy.Scope == LoginScope.App || s.Dialect == dialect)];

    private ValueTask<ImmutableArray<Grant>> GrantsAsync(AppId app, UserId user, CancellationToken ct) =>
        _cache.GetAsync((app, user), store, static (store, key, ct) => LoadAsync(store, key, ct), ct);

    private static async ValueTask<ImmutableArray<Grant>> LoadAsync(IAccountStore store, (AppId, UserId) key, CancellationToken ct) =>
        [.. await store.GrantsAsync(key.Item1, key.Item2, ct)];

    private async ValueTask<Result<Done>> SaveAsync(
        AppId app, UserId user, ImmutableArray<Grant> grants, IReadOnlyList<StoreChange> changes)
    {
        var unit = new WriteUnit(changes) { WhenWritten = () => _cache.Put((app, user), grants) };
        var refusal = await journal.CommitAsync(unit);
        return refusal is null ? default(Done) : refusal;
    }

    private static ImmutableArray<Grant> Merge(IEnumerable<Grant> grants, IReadOnlyCollection<Grant> changed)
    {
        var keys = changed.Select(g => (g.Slot, g.Key)).ToHashSet();
        return [.. grants.Where(g => !keys.Contains((g.Slot, g.Key))), .. changed];
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
