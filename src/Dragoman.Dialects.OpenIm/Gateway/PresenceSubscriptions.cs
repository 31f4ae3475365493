using System.Collections.Concurrent;
using Dragoman.Dialects.OpenIm.Auth;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Events;
using Dragoman.Engine.Sessions;
using Google.Protobuf;

namespace Dragoman.Dialects.OpenIm.Gateway;

/// <summary>Who wants to know who is online (request 2005). A subscription belongs to a connection and ends with it.</summary>
internal sealed class PresenceSubscriptions(ISessionDirectory sessions) : IEventSubscriber
{
    /// <summary>Users that one connection may watch.</summary>
    private const int MaxWatched = 3_000;

    // Held while a set of watchers is made or dropped: one that is dropped must not gain a watcher meanwhile.
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<(AppId, UserId), ConcurrentDictionary<SessionId, OpenImSession>> _watchers = new();
    private readonly ConcurrentDictionary<SessionId, HashSet<UserId>> _watched = new();

    /// <returns>Where each newly watched user is online.</returns>
    public SubUserOnlineStatusTips Change(OpenImSession session, SubUserOnlineStatus request)
    {
        var watched = _watched.GetOrAdd(session.Id, _ => []);
        var tips = new SubUserOnlineStatusTips();
        lock (watched)
        {
            foreach (var userId in request.UnsubscribeUserID)
            {
                if (watched.Remove(new UserId(userId))) Unwatch(session, new UserId(userId));
            }

            foreach (var userId in request.SubscribeUserID)
            {
                var user = new UserId(userId);
                if (watched.Count >= MaxWatched && !watched.Contains(user)) continue;

                watched.Add(user);
                lock (_gate) _watchers.GetOrAdd((session.App, user), _ => new())[session.Id] = session;
                tips.Subscribers.Add(StateOf(session.App, user));
            }
        }

        return tips;
    }

    public void Forget(OpenImSession session)
    {
        if (!_watched.TryRemove(session.Id, out var watched)) return;
        lock (watched)
        {
            foreach (var user in watched) Unwatch(session, user);
        }
    }

    public void Handle(EngineEvent news, int lane)
    {
        if (news is not PresenceChanged change || !_watchers.TryGetValue((change.App, change.User), out var watchers)) return;

        var tips = new SubUserOnlineStatusTips();
        tips.Subscribers.Add(StateOf(change.App, change.User));
        var data = tips.ToByteArray();
        var frames = new byte[WireFormat.Count][];
        foreach (var (_, session) in watchers)
        {
            ref var frame = ref frames[session.Format.Index];
            frame ??= OutboundFrames.Make(session.Format, Requests.SubUserOnlineStatus, default, default, 0, default, data);
            session.Connection.TrySend(frame);
        }
    }

    private void Unwatch(OpenImSession session, UserId user)
    {
        var key = (session.App, user);
        lock (_gate)
        {
            if (!_watchers.TryGetValue(key, out var watchers)) return;

            watchers.TryRemove(session.Id, out _);
            if (watchers.IsEmpty) _watchers.TryRemove(key, out _);
        }
    }

    private SubUserOnlineStatusElem StateOf(AppId app, UserId user)
    {
        var state = new SubUserOnlineStatusElem { UserID = user.Value };
        state.OnlinePlatformIDs.Add(sessions.SessionsOf(app, user).Select(s => Platforms.Of(s)).Distinct().Order());
        return state;
    }
}
