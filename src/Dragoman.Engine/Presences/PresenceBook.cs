using Dragoman.Engine.Caching;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Sessions;

namespace Dragoman.Engine.Presences;

/// <summary>How users appear: who is connected, what their devices and the app have said, and when they were last here.</summary>
public sealed class PresenceBook(IPresenceStore store, ISessionDirectory sessions, LogWriter journal, EngineLimits limits, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(1);
    private readonly BoundedCache<(AppId, UserId), Presence> _cache = new(limits.CachedAccounts);
    private readonly BoundedCache<(AppId, UserId, string Device), string> _states = new(limits.CachedAccounts);
    private readonly Coalesced<(AppId App, UserId User), long> _seen = new(
        journal, Math.Max, static (key, at) => new SeeUser(key.App, key.User, at), FlushInterval, clock);

    public void Start() => _seen.Start();

    public ValueTask DisposeAsync() => _seen.DisposeAsync();

    /// <summary>Writes what was seen since the last time.</summary>
    public Task FlushAsync() => _seen.FlushAsync();

    public async ValueTask<PresenceView> ViewAsync(AppId app, UserId user, CancellationToken ct)
    {
        var kept = await FindAsync(app, user, ct);
        var devices = new List<DevicePresence>();
        foreach (var session in sessions.SessionsOf(app, user))
        {
            if (session.Device.Length == 0 && devices.Exists(d => d.Name.Length == 0 && d.Kind == session.Kind)) continue;
            var said = _states.TryGet((app, user, session.Device), out var state) ? state : "1";
            devices.Add(new(session.Device, session.Kind, said));
        }

        foreach (var (name, state) in kept.States)
        {
            if (!devices.Exists(d => d.Name == name)) devices.Add(new(name, DeviceKind.Other, state));
        }

        return new(user, kept.Text, devices, _seen.Apply((app, user), kept.SeenAt));
    }

    internal ValueTask<Presence> FindAsync(AppId app, UserId user, CancellationToken ct) =>
        _cache.GetAsync((app, user), store, static async (store, key, ct) => await store.FindAsync(key.Item1, key.Item2, ct) ?? new Presence { User = key.Item2 }, ct);

    internal void Seen(AppId app, UserId user) => _seen.Move((app, user), clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>To be called after what is kept of a user was written.</summary>
    internal void Changed(AppId app, UserId user) => _cache.Remove((app, user));

    /// <summary>What a connected device says of itself; its next connection may still say so.</summary>
    internal void Say(AppId app, UserId user, string device, string state) => _states.Put((app, user, device), state);
}
