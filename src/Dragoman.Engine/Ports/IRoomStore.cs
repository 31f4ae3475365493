using Dragoman.Engine.Rooms;

namespace Dragoman.Engine.Ports;

public interface IRoomStore
{
    /// <summary>All that is kept of a room; null when there is none, or none any more.</summary>
    ValueTask<RoomSheet?> FindAsync(AppId app, RoomId room, CancellationToken ct);

    /// <summary>Living rooms, newest first.</summary>
    ValueTask<RoomPage> ListAsync(AppId app, long skip, int take, CancellationToken ct);

    /// <summary>Who may create rooms, in the order in which they were let.</summary>
    ValueTask<IReadOnlyList<UserId>> CreatorsAsync(AppId app, CancellationToken ct);
}

/// <param name="Total">Of all pages.</param>
public sealed record RoomPage(int Total, IReadOnlyList<RoomId> Items);
