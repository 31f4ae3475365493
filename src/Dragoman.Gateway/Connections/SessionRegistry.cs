using System.Collections.Concurrent;
using System.Collections.Immutable;
using Dragoman.Engine;
using Dragoman.Engine.Events;
using Dragoman.Engine.Sessions;

namespace Dragoman.Gateway.Connections;

/// <summary>Who is connected to this node, and who came or left.</summary>
public sealed class SessionRegistry : ISessionDirectory
{
    private static readonly Session[] Nobody = [];
    private readonly ConcurrentDictionary<(AppId, UserId), Session[]> _byUser = new();
    private readonly ConcurrentDictionary<SessionId, Session> _byId = new();
    private readonly ConcurrentDictionary<SessionId, ClientConnection> _connections = new();
    private readonly ConcurrentDictionary<AppId, int> _online = new();
    private IEventBus? _bus;

    /// <summary>Open connections, logged in or not.</summary>
    public int ConnectionCount => _connections.Count;

    public IEnumerable<ClientConnection> Connections => _connections.Values;

    /// <summary>Where comings and goings are told; the bus's own subscribers need this registry first.</summary>
    public void Announce(IEventBus bus) => _bus = bus;

    internal void Add(ClientConnection connection) => _connections[connection.Id] = connection;

    internal void Remove(ClientConnection connection) => _connections.TryRemove(connection.Id, out _);

    public void Add(Session session)
    {
        _byId[session.Id] = session;
        var key = (session.App, session.User);
        while (true)
        {
            var old = _byUser.GetOrAdd(key, Nobody);
            if (!_byUser.TryUpdate(key, [.. old, session], old)) continue;
            if (old.Length == 0) _online.AddOrUpdate(session.App, 1, static (_, count) => count + 1);
            if (!HasSlot(old, session.Slot)) Tell(session, isOnline: true);
            return;
        }
    }

    public void Remove(Session session)
    {
        if (!_byId.TryRemove(session.Id, out _)) return;

        var key = (session.App, session.User);
        while (_byUser.TryGetValue(key, out var old))
        {
            Session[] left = [.. old.Where(s => s.Id != session.Id)];
            var isDone = left.Length == 0
                ? _byUser.TryRemove(new KeyValuePair<(AppId, UserId), Session[]>(key, old))
                : _byUser.TryUpdate(key, left, old);
            if (!isDone) continue;
            if (left.Length == 0) _online.AddOrUpdate(session.App, 0, static (_, count) => count - 1);
            if (!HasSlot(left, session.Slot)) Tell(session, isOnline: false);
            return;
        }
    }

    /// <summary>The user's connections on this node; the array is never changed.</summary>
    public Session[] Of(AppId app, UserId user) => _byUser.GetValueOrDefault((app, user), Nobody);

    public int OnlineUsers(AppId app) => _online.GetValueOrDefault(app);

    public Session? Find(SessionId id) => _byId.GetValueOrDefault(id);

    IReadOnlyList<SessionInfo> ISessionDirectory.SessionsOf(AppId app, UserId user) =>
        Of(app, user) is { Length: > 0 } sessions ? ImmutableArray.CreateRange(sessions.Select(s => s.Info)) : [];

    private static bool HasSlot(Session[] sessions, DeviceSlot slot) => Array.Exists(sessions, s => s.Slot == slot);

    private void Tell(Session session, bool isOnline) =>
        _bus?.Publish(new PresenceChanged(session.App, session.User, session.Slot, isOnline));
}
