using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Rooms;

/// <summary>Makes an occupant a manager, or a manager an occupant again.</summary>
public sealed class AppointRoomManager(RoomDesk desk, Occupancy occupancy, RoomLimits limits)
{
    /// <returns>
    /// The room after it; or RoomNotFound, NotRoomOwner, TargetIsOwner, NotInRoom (who is to become one), RoomManagerUnknown (who is none),
    /// RoomManagerLimitReached.
    /// </returns>
    public async ValueTask<Result<RoomSheet>> RunAsync(Caller caller, RoomId roomId, UserId user, bool isManager, CancellationToken ct)
    {
        using var turn = await desk.EnterAsync(caller.App, roomId, ct);
        var found = await desk.FindForAsync(caller, roomId, RoomAction.Appoint, ct);
        if (!found.TryGet(out var sheet, out var refusal)) return refusal;
        if (WhyNot(sheet, user, isManager) is { } whyNot) return whyNot;
        if (sheet.Has(RoomStanding.Manager, user) == isManager) return sheet;

        var after = isManager
            ? sheet.Adding(RoomStanding.Manager, [user.Value], long.MaxValue)
            : sheet.Removing(RoomStanding.Manager, [user.Value]);
        StoreChange change = isManager
            ? new PutStandings(caller.App, roomId, RoomStanding.Manager, [user.Value], long.MaxValue)
            : new RemoveStandings(caller.App, roomId, RoomStanding.Manager, [user.Value]);
        return await desk.CommitAsync(caller, after, new RoomManagerChanged(roomId, caller.User, user, isManager) { At = desk.Now }, change);
    }

    private Refusal? WhyNot(RoomSheet sheet, UserId user, bool isManager)
    {
        if (!isManager) return sheet.Has(RoomStanding.Manager, user) ? null : new(Condition.RoomManagerUnknown, user.Value);
        if (sheet.Room.Owner == user) return new(Condition.TargetIsOwner, user.Value);
        if (sheet.Has(RoomStanding.Manager, user)) return null;
        if (!occupancy.Contains(sheet.Room.App, sheet.Room.Id, user)) return new(Condition.NotInRoom, user.Value);
        return sheet.With(RoomStanding.Manager).Count >= limits.MaxManagers ? new(Condition.RoomManagerLimitReached) : null;
    }
}
