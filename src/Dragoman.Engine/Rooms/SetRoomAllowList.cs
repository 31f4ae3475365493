using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Rooms;

/// <summary>Says who speaks while the room is muted, is heard before others, and stays in while he is offline.</summary>
public sealed class SetRoomAllowList(RoomDesk desk, Occupancy occupancy, RoomLimits limits)
{
    /// <returns>
    /// What became of each; or RoomBatchTooLarge, RoomNotFound, NotRoomManager, and what refuses the users: NotInRoom (with the user).
    /// </returns>
    public async ValueTask<Result<Batch<RoomSheet>>> RunAsync(
        Caller caller, RoomId roomId, IReadOnlyList<UserId> users, bool isAllowed, BatchMode mode, CancellationToken ct)
    {
        if (users.Count > limits.MaxBatch) return Condition.RoomBatchTooLarge;
        using var turn = await desk.EnterAsync(caller.App, roomId, ct);
        var found = await desk.FindForAsync(caller, roomId, RoomAction.SetAllowList, ct);
        if (!found.TryGet(out var sheet, out var refusal)) return refusal;

        var sorted = Batch.Sort(users, mode, user =>
            (isAllowed ? occupancy.Contains(caller.App, roomId, user) : sheet.Has(RoomStanding.Allowed, user))
                ? null
                : new Refusal(Condition.NotInRoom, user.Value));
        if (!sorted.TryGet(out var items, out var whyNot)) return whyNot;

        string[] names = [.. items.Where(item => item.IsDone).Select(item => item.Subject.Value)];
        var after = isAllowed ? sheet.Adding(RoomStanding.Allowed, names, long.MaxValue) : sheet.Removing(RoomStanding.Allowed, names);
        if (after.With(RoomStanding.Allowed).Count > limits.MaxStandings) return Condition.RoomBatchTooLarge;

        StoreChange change = isAllowed
            ? new PutStandings(caller.App, roomId, RoomStanding.Allowed, names, long.MaxValue)
            : new RemoveStandings(caller.App, roomId, RoomStanding.Allowed, names);
        var notice = new OccupantsAllowed(roomId, caller.User, [.. names.Select(name => new UserId(name))], isAllowed) { At = desk.Now };
        var done = await desk.CommitAsync(caller, after, notice, change);
        return done.TryGet(out _, out refusal) ? new Batch<RoomSheet>(after, items) : refusal;
    }
}
