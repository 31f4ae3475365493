using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Rooms;

/// <summary>Takes the word from everybody but managers and the allowed, or gives it back.</summary>
public sealed class MuteRoom(RoomDesk desk)
{
    /// <param name="until">Unix milliseconds; <see cref="long.MaxValue"/> is for ever, 0 ends the mute.</param>
    /// <returns>The room after it; or RoomNotFound, NotRoomManager.</returns>
    public async ValueTask<Result<RoomSheet>> RunAsync(Caller caller, RoomId roomId, long until, CancellationToken ct)
    {
        using var turn = await desk.EnterAsync(caller.App, roomId, ct);
        var found = await desk.FindForAsync(caller, roomId, RoomAction.MuteRoom, ct);
        if (!found.TryGet(out var sheet, out var refusal)) return refusal;

        var after = sheet with { Room = sheet.Room with { MutedUntil = until } };
        return await desk.CommitAsync(caller, after, new RoomMuted(roomId, caller.User, until) { At = desk.Now }, new PutRoom(caller.App, after.Room));
    }
}
