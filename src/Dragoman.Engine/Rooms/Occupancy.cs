using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Dragoman.Engine.Rooms;

/// <summary>Who is in which room now, in memory: both ways. On each node by itself.</summary>
public sealed class Occupancy(TimeProvider clock)
{
    private readonly ConcurrentDictionary<(AppId, RoomId), Crowd> _crowds = new();
    private readonly ConcurrentDictionary<(AppId, UserId), Visits> _visits = new();
    private long _order;

    public int Count(AppId app, RoomId room) => _crowds.TryGetValue((app, room), out var crowd) ? crowd.Count : 0;

    public bool Contains(AppId app, RoomId room, UserId user) => TryFind(app, room, user, out _);

    public bool TryFind(AppId app, RoomId room, UserId user, [NotNullWhen(true)] out Occupant? occupant)
    {
        occupant = null;
        return _crowds.TryGetValue((app, room), out var crowd) && crowd.TryFind(user, out occupant);
    }

    /// <summary>Whoever is in now, in parts; never changed.</summary>
    public UserId[][] Snapshot(AppId app, RoomId room) => _crowds.TryGetValue((app, room), out var crowd) ? crowd.Snapshot() : [];

    /// <summary>Everybody by time of entrance; of more than a thousand it may be a second old.</summary>
    public IReadOnlyList<Occupant> List(AppId app, RoomId room) => _crowds.TryGetValue((app, room), out var crowd) ? crowd.List(clock) : [];

    /// <summary>The rooms in which a user is, the latest last.</summary>
    public IReadOnlyList<RoomId> RoomsOf(AppId app, UserId user)
    {
        if (!_visits.TryGetValue((app, user), out var visits)) return [];
        lock (visits) return [.. visits.Rooms];
    }

    public bool IsAnywhere(AppId app, UserId user) => _visits.ContainsKey((app, user));

    /// <param name="capacity">Of the room.</param>
    /// <param name="most">Rooms in which he may be.</param>
    /// <returns>None when he came in; else AlreadyInRoom, RoomFull, UserRoomLimitReached.</returns>
    internal Condition Enter(AppId app, RoomId room, UserId user, int capacity, int most)
    {
        while (true)
        {
            var visits = _visits.GetOrAdd((app, user), static _ => new());
            lock (visits)
            {
                if (visits.IsOver) continue;
                var outcome = Enter(app, room, user, capacity, most, visits);
                if (visits.Rooms.Count == 0) EndVisits(app, user, visits);
                return outcome;
            }
        }
    }

    internal bool Leave(AppId app, RoomId room, UserId user)
    {
        if (!_visits.TryGetValue((app, user), out var visits)) return false;
        lock (visits)
        {
            if (!visits.Rooms.Remove(room)) return false;
            if (_crowds.TryGetValue((app, room), out var crowd))
            {
                crowd.TryLeave(user);
                if (crowd.TryClose()) _crowds.TryRemove((app, room), out _);
            }

            if (visits.Rooms.Count == 0) EndVisits(app, user, visits);
            return true;
        }
    }

    /// <returns>False when he is not in.</returns>
    internal bool Change(AppId app, RoomId room, UserId user, Func<Occupant, Occupant> change) =>
        _crowds.TryGetValue((app, room), out var crowd) && crowd.TryChange(user, change);

    private Condition Enter(AppId app, RoomId room, UserId user, int capacity, int most, Visits visits)
    {
        if (visits.Rooms.Contains(room)) return Condition.AlreadyInRoom;
        if (visits.Rooms.Count >= most) return Condition.UserRoomLimitReached;

        var occupant = new Occupant(user, Interlocked.Increment(ref _order), clock.GetUtcNow().ToUnixTimeMilliseconds());
        while (true)
        {
            switch (_crowds.GetOrAdd((app, room), static _ => new()).TryEnter(occupant, capacity))
            {
                case Crowd.Entering.Entered:
                    visits.Rooms.Add(room);
                    return Condition.None;
                case Crowd.Entering.Full:
                    return Condition.RoomFull;
                case Crowd.Entering.WasInside:
                    return Condition.AlreadyInRoom;
                default:
                    Thread.Yield(); // whoever closed it takes it out of the table now
                    break;
            }
        }
    }

    private void EndVisits(AppId app, UserId user, Visits visits)
    {
        visits.IsOver = true;
        _visits.TryRemove((app, user), out _);
    }

    private sealed class Visits
    {
        public List<RoomId> Rooms { get; } = [];
        public bool IsOver { get; set; }
    }
}
