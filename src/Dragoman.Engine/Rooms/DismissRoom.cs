using Dragoman.Engine.Hooks;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Rooms;

/// <summary>Ends a room; whoever is in hears of it and is out.</summary>
public sealed class DismissRoom(RoomDesk desk, RoomDirectory rooms, Occupancy occupancy, LogWriter journal)
{
    /// <returns>Done; or RoomNotFound, NotRoomOwner.</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, RoomId roomId, CancellationToken ct)
    {
        using var turn = await desk.EnterAsync(caller.App, roomId, ct);
        var found = await desk.FindForAsync(caller, roomId, RoomAction.Dismiss, ct);
        if (!found.TryGet(out _, out var refusal)) return refusal;

        var notice = new RoomDismissed(roomId, caller.User) { At = desk.Now };
        var unit = new WriteUnit([new EndRoom(caller.App, roomId), new TrimRoom(caller.App, roomId, long.MaxValue)])
        {
            Happened = Happened.Of(caller, notice),
            WhenWritten = () => rooms.Forget(caller.App, roomId),
        };
        if (await journal.CommitAsync(unit) is { } failed) return failed;

        desk.Tell(caller, notice);
        foreach (var part in occupancy.Snapshot(caller.App, roomId))
        {
            foreach (var user in part) occupancy.Leave(caller.App, roomId, user);
        }

        return default(Done);
    }
}
