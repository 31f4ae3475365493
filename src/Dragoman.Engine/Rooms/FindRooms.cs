using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Rooms;

/// <summary>Reads what is kept of rooms.</summary>
public sealed class FindRooms(RoomDesk desk, RoomDirectory rooms, IRoomStore store)
{
    /// <returns>The room; or RoomNotFound.</returns>
    public ValueTask<Result<RoomSheet>> FindAsync(AppId app, RoomId room, CancellationToken ct) => desk.FindAsync(app, room, ct);

    /// <summary>What only those may see who may also change it.</summary>
    /// <returns>The room; or RoomNotFound, NotRoomManager, NotRoomOwner.</returns>
    public ValueTask<Result<RoomSheet>> FindForAsync(Caller caller, RoomId room, RoomAction action, CancellationToken ct) =>
        desk.FindForAsync(caller, room, action, ct);

    /// <summary>Living rooms, newest first.</summary>
    /// <returns>How many there are, and some of them.</returns>
    public async ValueTask<(int Total, IReadOnlyList<RoomSheet> Items)> ListAsync(AppId app, long skip, int take, CancellationToken ct)
    {
        var page = await store.ListAsync(app, skip, take, ct);
        var sheets = new List<RoomSheet>(page.Items.Count);
        foreach (var id in page.Items)
        {
            if (await rooms.FindAsync(app, id, ct) is { } sheet) sheets.Add(sheet);
        }

        return (page.Total, sheets);
    }
}
