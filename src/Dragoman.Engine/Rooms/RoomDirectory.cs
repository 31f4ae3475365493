using Dragoman.Engine.Caching;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Rooms;

/// <summary>What is kept of rooms: from memory, from the store on a miss.</summary>
public sealed class RoomDirectory(IRoomStore store, RoomLimits limits)
{
    private readonly BoundedCache<(AppId, RoomId), RoomSheet?> _sheets = new(limits.CachedRooms, mayKeep: static sheet => sheet is not null);
    private readonly BoundedCache<AppId, IReadOnlyList<UserId>> _creators = new(limits.CachedRooms);

    /// <returns>Null when there is no such room, or none any more.</returns>
    public ValueTask<RoomSheet?> FindAsync(AppId app, RoomId room, CancellationToken ct) =>
        _sheets.GetAsync((app, room), store, static (store, key, ct) => store.FindAsync(key.Item1, key.Item2, ct), ct);

    /// <summary>Users who may create rooms, in the order in which they were let.</summary>
    public ValueTask<IReadOnlyList<UserId>> CreatorsAsync(AppId app, CancellationToken ct) =>
        _creators.GetAsync(app, store, static (store, app, ct) => store.CreatorsAsync(app, ct), ct);

    internal void Changed(RoomSheet sheet) => _sheets.Put((sheet.Room.App, sheet.Room.Id), sheet);

    /// <summary>The room is gone; or it is new, and the store gave it a number that is read on the next use.</summary>
    internal void Forget(AppId app, RoomId room) => _sheets.Remove((app, room));

    internal void CreatorsChanged(AppId app) => _creators.Remove(app);
}
