using Dragoman.Engine.Caching;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Presences;

/// <summary>Who wants to hear of a user's presence: from memory, from the store on a miss.</summary>
public sealed class PresenceSubscribers(IPresenceStore store, EngineLimits limits)
{
    private readonly BoundedCache<(AppId, UserId), IReadOnlyList<PresenceSubscription>> _cache = new(limits.CachedGroups);

    /// <summary>Some may be over by now.</summary>
    public ValueTask<IReadOnlyList<PresenceSubscription>> OfAsync(AppId app, UserId user, CancellationToken ct) =>
        _cache.GetAsync((app, user), store, static (store, key, ct) => store.SubscribersAsync(key.Item1, key.Item2, ct), ct);

    /// <summary>To be called after subscriptions to these users were written.</summary>
    internal void Changed(AppId app, IEnumerable<UserId> users)
    {
        foreach (var user in users) _cache.Remove((app, user));
    }
}
