using System.Collections.Concurrent;
using Dragoman.Engine.Events;
using Dragoman.Engine.Sessions;

namespace Dragoman.Engine.Rooms;

/// <summary>Who is in a room and has no connection, and since when.</summary>
public sealed class Absentees(Occupancy occupancy, ISessionDirectory sessions, TimeProvider clock) : IEventSubscriber
{
    private readonly ConcurrentDictionary<(AppId App, UserId User), long> _since = new();

    public void Handle(EngineEvent news, int lane)
    {
        if (news is not PresenceChanged change) return;
        if (change.IsOnline) _since.TryRemove((change.App, change.User), out _);
        else if (occupancy.IsAnywhere(change.App, change.User)) Look(change.App, change.User);
    }

    /// <summary>Notes that somebody is away, if he is.</summary>
    internal void Look(AppId app, UserId user)
    {
        if (sessions.SessionsOf(app, user).Count == 0) _since.TryAdd((app, user), Now());
    }

    /// <summary>Those who have been away for so long; they are looked at again only when they come and go.</summary>
    internal List<(AppId App, UserId User)> Take(TimeSpan patience)
    {
        var (gone, now) = (new List<(AppId, UserId)>(), Now());
        foreach (var item in _since)
        {
            if (now - item.Value < patience.TotalMilliseconds || !_since.TryRemove(item)) continue;
            if (sessions.SessionsOf(item.Key.App, item.Key.User).Count == 0) gone.Add(item.Key);
        }

        return gone;
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
