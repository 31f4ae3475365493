using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Rooms;

/// <summary>Takes the word from users until a time, or gives it back; a mute outlives their stay.</summary>
public sealed class MuteInRoom(RoomDesk desk, Occupancy occupancy, RoomLimits limits)
{
    /// <param name="until">Unix milliseconds; <see cref="long.MaxValue"/> is for ever, 0 ends the mutes.</param>
    /// <returns>
    /// What became of each; or RoomBatchTooLarge, RoomNotFound, NotRoomManager, and what refuses the users: NotInRoom (neither in nor muted),
    /// TargetIsOwner, TargetOutranks (with the user).
    /// </returns>
    public async ValueTask<Result<Batch<RoomSheet>>> RunAsync(
        Caller caller, RoomId roomId, IReadOnlyList<UserId> users, long until, BatchMode mode, CancellationToken ct)
    {
        if (users.Count > limits.MaxBatch) return Condition.RoomBatchTooLarge;
        using var turn = await desk.EnterAsync(caller.App, roomId, ct);
        var found = await desk.FindForAsync(caller, roomId, RoomAction.MuteOccupants, ct);
        if (!found.TryGet(out var sheet, out var refusal)) return refusal;

        var rank = await desk.RankAsync(caller, sheet, ct);
        var sorted = Batch.Sort(users, mode, user => WhyNot(sheet, rank, user, isLifted: until == 0));
        if (!sorted.TryGet(out var items, out var whyNot)) return whyNot;

        string[] names = [.. items.Where(item => item.IsDone).Select(item => item.Subject.Value)];
        var after = until > 0 ? sheet.Adding(RoomStanding.Muted, names, until) : sheet.Removing(RoomStanding.Muted, names);
        if (after.With(RoomStanding.Muted).Count > limits.MaxStandings) return Condition.RoomBatchTooLarge;

        StoreChange change = until > 0
            ? new PutStandings(caller.App, roomId, RoomStanding.Muted, names, until)
            : new RemoveStandings(caller.App, roomId, RoomStanding.Muted, names);
        var notice = new OccupantsMuted(roomId, caller.User, [.. names.Select(name => new UserId(name))], until) { At = desk.Now };
        var done = await desk.CommitAsync(caller, after, notice, change);
        return done.TryGet(out _, out refusal) ? new Batch<RoomSheet>(after, items) : refusal;
    }

    private Refusal? WhyNot(RoomSheet sheet, RoomRole rank, UserId user, bool isLifted)
    {
        if (!occupancy.Contains(sheet.Room.App, sheet.Room.Id, user) && !(isLifted && sheet.Has(RoomStanding.Muted, user)))
            return new(Condition.NotInRoom, user.Value);
        return Standings.WhyNot(sheet, rank, user);
    }
}
