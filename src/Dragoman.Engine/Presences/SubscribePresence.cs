using Dragoman.Engine.Accounts;
using Dragoman.Engine.Caching;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Presences;

/// <summary>Subscriptions to others' presence that have an end, and outlive connections.</summary>
public sealed class SubscribePresence(
    IPresenceStore store, PresenceSubscribers subscribers, AccountDirectory accounts, LogWriter journal, KeyedGate gate, TimeProvider clock)
{
    /// <summary>Subscribes to those who exist; a subscription that is there gets the new end.</summary>
    /// <param name="life">At most <see cref="PresenceLimits.LongestSubscription"/>.</param>
    /// <returns>When they end (Unix milliseconds); or NotPermitted, CannotSubscribeToSelf, SubscriptionLimitReached (with whose).</returns>
    public async ValueTask<Result<long>> RunAsync(Caller caller, UserId user, IReadOnlyList<UserId> targets, TimeSpan life, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return new Refusal(Condition.NotPermitted, user.Value);
        if (targets.Contains(user)) return new Refusal(Condition.CannotSubscribeToSelf, user.Value);

        var now = clock.GetUtcNow();
        var endsAt = (now + (life < PresenceLimits.LongestSubscription ? life : PresenceLimits.LongestSubscription)).ToUnixTimeMilliseconds();
        using var turn = await gate.EnterAsync((caller.App, user), ct);
        var wanted = new List<UserId>();
        foreach (var target in targets.Distinct())
        {
            if (await accounts.FindAsync(caller.App, target, ct) is null) continue;
            var known = (await subscribers.OfAsync(caller.App, target, ct)).Where(s => s.ExpiresAt > now.ToUnixTimeMilliseconds()).ToArray();
            if (known.Length >= PresenceLimits.MaxSubscriptions && known.All(s => s.User != user))
                return new Refusal(Condition.SubscriptionLimitReached, target.Value);
            wanted.Add(target);
        }

        var own = await store.CountAsync(caller.App, user, now.ToUnixTimeMilliseconds(), except: wanted, ct);
        if (own + wanted.Count > PresenceLimits.MaxSubscriptions) return new Refusal(Condition.SubscriptionLimitReached, user.Value);
        if (wanted.Count == 0) return endsAt;

        var unit = new WriteUnit([new PutPresenceSubscriptions(caller.App, user, wanted, endsAt, now.ToUnixTimeMilliseconds())])
        {
            WhenWritten = () => subscribers.Changed(caller.App, wanted),
        };
        return await journal.CommitAsync(unit) is { } refusal ? refusal : endsAt;
    }

    /// <returns>Done, also for those to whom he was not subscribed; or NotPermitted.</returns>
    public async ValueTask<Result<Done>> EndAsync(Caller caller, UserId user, IReadOnlyList<UserId> targets, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return new Refusal(Condition.NotPermitted, user.Value);

        using var turn = await gate.EnterAsync((caller.App, user), ct);
        var unit = new WriteUnit([new RemovePresenceSubscriptions(caller.App, user, targets)])
        {
            WhenWritten = () => subscribers.Changed(caller.App, targets),
        };
        return await journal.CommitAsync(unit) is { } refusal ? refusal : default(Done);
    }

    /// <returns>How many there are, and one page in the order of their users' ids; or NotPermitted.</returns>
    public async ValueTask<Result<(int Total, IReadOnlyList<PresenceSubscription> Page)>> ListAsync(
        Caller caller, UserId user, long skip, int take, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return new Refusal(Condition.NotPermitted, user.Value);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var total = await store.CountAsync(caller.App, user, now, except: [], ct);
        return (total, await store.ListAsync(caller.App, user, now, skip, take, ct));
    }
}
