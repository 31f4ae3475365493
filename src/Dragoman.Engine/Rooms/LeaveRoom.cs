using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Rooms;

/// <summary>Somebody goes out of a room, and what he wrote there for as long as he is in goes with him.</summary>
public sealed class LeaveRoom(RoomDesk desk, RoomDirectory rooms, Occupancy occupancy, RoomNews news)
{
    /// <returns>Done; or NotPermitted, RoomNotFound, NotInRoom, OwnerCannotLeave.</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, UserId user, RoomId roomId, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;
        var found = await desk.FindAsync(caller.App, roomId, ct);
        if (!found.TryGet(out var sheet, out var refusal)) return refusal;
        if (!occupancy.Contains(caller.App, roomId, user)) return new Refusal(Condition.NotInRoom, user.Value);
        if (sheet.Room.Owner == user && !sheet.Type.OwnerMayLeave) return Condition.OwnerCannotLeave;

        await OutAsync(caller, roomId, user, ct);
        return default(Done);
    }

    /// <summary>Takes somebody out of a room, whatever the reason.</summary>
    /// <returns>Whether he was in.</returns>
    internal async ValueTask<bool> OutAsync(Caller caller, RoomId roomId, UserId user, CancellationToken ct)
    {
        if (!occupancy.Leave(caller.App, roomId, user)) return false;

        news.Left(caller.App, roomId, user);
        if (await rooms.FindAsync(caller.App, roomId, ct) is { } sheet && HasLoose(sheet, user)) await DropAsync(caller, roomId, user, ct);
        return true;
    }

    private async ValueTask DropAsync(Caller caller, RoomId roomId, UserId user, CancellationToken ct)
    {
        using var turn = await desk.EnterAsync(caller.App, roomId, ct);
        if (await rooms.FindAsync(caller.App, roomId, ct) is not { } sheet) return;

        string[] loose = [.. sheet.Attributes.Values.Where(attribute => attribute.DropsWithWriter && attribute.Writer == user).Select(attribute => attribute.Key)];
        if (loose.Length == 0 || occupancy.Contains(caller.App, roomId, user)) return; // he is back

        var after = sheet with { Attributes = sheet.Attributes.RemoveRange(loose) };
        var notice = new Notices.RoomAttributesChanged(roomId, user, [], loose) { At = desk.Now };
        await desk.CommitAsync(caller, after, notice, new RemoveRoomAttributes(caller.App, roomId, loose));
    }

    private static bool HasLoose(RoomSheet sheet, UserId user)
    {
        foreach (var attribute in sheet.Attributes.Values)
        {
            if (attribute.DropsWithWriter && attribute.Writer == user) return true;
        }

        return false;
    }
}
