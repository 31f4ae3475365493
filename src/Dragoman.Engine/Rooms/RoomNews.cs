using System.Collections.Concurrent;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;

namespace Dragoman.Engine.Rooms;

/// <summary>Tells rooms who came and went: at once when it is quiet, together when many do.</summary>
public sealed class RoomNews(Occupancy occupancy, OnlineNews news, RoomLimits limits, TimeProvider clock)
{
    private readonly ConcurrentDictionary<(AppId, RoomId), Traffic> _rooms = new();

    internal void Entered(AppId app, RoomId room, UserId user, string text) => Note(app, room, new Entrance(user, text), isLeaving: false);

    internal void Left(AppId app, RoomId room, UserId user) => Note(app, room, new Entrance(user, ""), isLeaving: true);

    private void Note(AppId app, RoomId room, Entrance who, bool isLeaving)
    {
        Traffic traffic;
        while (true)
        {
            traffic = _rooms.GetOrAdd((app, room), static _ => new());
            lock (traffic)
            {
                if (traffic.IsOver) continue; // taken out of the table just now
                traffic.Add(who, isLeaving, limits.PresenceNames);
                if (traffic.IsTicking) return;
                traffic.IsTicking = true;
                break;
            }
        }

        Flush(app, room, traffic);
        _ = TickAsync(app, room, traffic);
    }

    /// <summary>Tells what gathered, round after round, until a round has nothing to tell.</summary>
    private async Task TickAsync(AppId app, RoomId room, Traffic traffic)
    {
        while (true)
        {
            await Task.Delay(limits.PresenceInterval, clock);
            if (Flush(app, room, traffic)) continue;
            lock (traffic)
            {
                if (!traffic.IsEmpty) continue;
                traffic.IsOver = true;
                _rooms.TryRemove((app, room), out _);
                return;
            }
        }
    }

    private bool Flush(AppId app, RoomId room, Traffic traffic)
    {
        (IReadOnlyList<Entrance> entered, IReadOnlyList<UserId> left) = ([], []);
        lock (traffic)
        {
            if (traffic.IsEmpty) return false;
            (entered, left) = traffic.Take();
        }

        var notice = new RoomPresence(room, entered, left, occupancy.Count(app, room)) { At = clock.GetUtcNow().ToUnixTimeMilliseconds() };
        var caller = new Caller(app, default, IsAdministrator: true);
        news.Tell(caller, ConversationKey.Room(app, room), default, new Audience.Room(occupancy.Snapshot(app, room)), notice);
        return true;
    }

    private sealed class Traffic
    {
        private List<Entrance> _entered = [];
        private List<UserId> _left = [];
        private int _unnamed;

        public bool IsTicking { get; set; }
        public bool IsOver { get; set; }
        public bool IsEmpty => _entered.Count == 0 && _left.Count == 0 && _unnamed == 0;

        /// <summary>Who came and went again before it was told, or the other way round, is not worth telling.</summary>
        public void Add(Entrance who, bool isLeaving, int names)
        {
            if (isLeaving ? _entered.RemoveAll(one => one.User == who.User) > 0 : _left.Remove(who.User)) return;
            if (_entered.Count + _left.Count >= names) _unnamed++;
            else if (isLeaving) _left.Add(who.User);
            else _entered.Add(who);
        }

        public (IReadOnlyList<Entrance> Entered, IReadOnlyList<UserId> Left) Take()
        {
            var taken = (_entered, _left);
            (_entered, _left, _unnamed) = ([], [], 0);
            return taken;
        }
    }
}
