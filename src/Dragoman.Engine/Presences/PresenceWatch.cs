using System.Collections.Concurrent;
using Dragoman.Engine.Events;

namespace Dragoman.Engine.Presences;

/// <summary>Whose presence has changed and was not told yet, for <see cref="PresenceTeller"/>.</summary>
/// <remarks>Of apps alone that have the feature: elsewhere a login costs a lookup.</remarks>
public sealed class PresenceWatch(TimeProvider clock) : IEventSubscriber
{
    private readonly ConcurrentDictionary<(AppId App, UserId User), (long At, bool CameOrWent)> _changed = new();

    private readonly ConcurrentDictionary<AppId, bool> _apps = new();

    /// <summary>An app has subscriptions that outlive connections.</summary>
    public void Use(AppId app) => _apps[app] = true;

    public void Handle(EngineEvent news, int lane)
    {
        if (news is PresenceChanged changed && _apps.ContainsKey(changed.App)) Note(changed.App, changed.User, cameOrWent: true);
    }

    internal void Note(AppId app, UserId user, bool cameOrWent = false) => _changed.AddOrUpdate(
        (app, user),
        static (_, now) => now,
        static (_, old, now) => (old.At, old.CameOrWent || now.Item2),
        (clock.GetUtcNow().ToUnixTimeMilliseconds(), cameOrWent));

    /// <summary>Those whose first change lies long enough behind.</summary>
    internal IEnumerable<(AppId App, UserId User, bool CameOrWent)> TakeSettled()
    {
        var settled = (clock.GetUtcNow() - PresenceLimits.Settling).ToUnixTimeMilliseconds();
        foreach (var (who, change) in _changed)
        {
            if (change.At <= settled && _changed.TryRemove(who, out var last)) yield return (who.App, who.User, last.CameOrWent);
        }
    }
}
