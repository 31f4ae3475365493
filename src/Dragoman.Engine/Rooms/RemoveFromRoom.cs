using Dragoman.Engine.Events;
using Dragoman.Engine.Notices;

namespace Dragoman.Engine.Rooms;

/// <summary>Puts users out of a room; they may come again.</summary>
public sealed class RemoveFromRoom(RoomDesk desk, LeaveRoom leave, Occupancy occupancy, RoomLimits limits)
{
    /// <returns>
    /// What became of each; or RoomBatchTooLarge, RoomNotFound, NotRoomManager, and what refuses the users: NotInRoom, TargetIsOwner,
    /// TargetOutranks (with the user).
    /// </returns>
    public async ValueTask<Result<Batch<RoomSheet>>> RunAsync(
        Caller caller, RoomId roomId, IReadOnlyList<UserId> users, BatchMode mode, CancellationToken ct)
    {
        if (users.Count > limits.MaxBatch) return Condition.RoomBatchTooLarge;
        var found = await desk.FindForAsync(caller, roomId, RoomAction.Remove, ct);
        if (!found.TryGet(out var sheet, out var refusal)) return refusal;

        var rank = await desk.RankAsync(caller, sheet, ct);
        var sorted = Batch.Sort(users, mode, user => WhyNot(sheet, rank, user));
        if (!sorted.TryGet(out var items, out var whyNot)) return whyNot;

        UserId[] gone = [.. items.Where(item => item.IsDone).Select(item => item.Subject)];
        foreach (var user in gone) await leave.OutAsync(caller, roomId, user, ct);
        desk.Tell(caller, new OccupantsRemoved(roomId, caller.User, gone) { At = desk.Now }, new Audience.Users(gone));
        return new Batch<RoomSheet>(sheet, items);
    }

    private Refusal? WhyNot(RoomSheet sheet, RoomRole rank, UserId user)
    {
        if (!occupancy.Contains(sheet.Room.App, sheet.Room.Id, user)) return new(Condition.NotInRoom, user.Value);
        return Standings.WhyNot(sheet, rank, user);
    }
}
