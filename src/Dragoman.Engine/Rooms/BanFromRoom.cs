using Dragoman.Engine.Events;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Rooms;

/// <summary>Puts users out of a room for good, or lets them come again.</summary>
public sealed class BanFromRoom(RoomDesk desk, LeaveRoom leave, Occupancy occupancy, RoomLimits limits)
{
    /// <returns>
    /// What became of each; or RoomBatchTooLarge, RoomNotFound, NotRoomManager, and what refuses the users: NotInRoom, TargetIsOwner,
    /// TargetOutranks (with the user).
    /// </returns>
    public async ValueTask<Result<Batch<RoomSheet>>> RunAsync(
        Caller caller, RoomId roomId, IReadOnlyList<UserId> users, BatchMode mode, CancellationToken ct)
    {
        if (users.Count > limits.MaxBatch) return Condition.RoomBatchTooLarge;
        var banned = await NoteAsync(caller, roomId, users, mode, ct);
        if (!banned.TryGet(out var batch, out var refusal)) return refusal;

        UserId[] gone = [.. batch.Done];
        foreach (var user in gone) await leave.OutAsync(caller, roomId, user, ct);
        desk.Tell(caller, new OccupantsRemoved(roomId, caller.User, gone) { At = desk.Now }, new Audience.Users(gone));
        return batch;
    }

    /// <returns>What became of each; who was not banned is refused with NotInRoom.</returns>
    public async ValueTask<Result<Batch<RoomSheet>>> LiftAsync(
        Caller caller, RoomId roomId, IReadOnlyList<UserId> users, BatchMode mode, CancellationToken ct)
    {
        if (users.Count > limits.MaxBatch) return Condition.RoomBatchTooLarge;
        using var turn = await desk.EnterAsync(caller.App, roomId, ct);
        var found = await desk.FindForAsync(caller, roomId, RoomAction.Ban, ct);
        if (!found.TryGet(out var sheet, out var refusal)) return refusal;

        var sorted = Batch.Sort(users, mode, user => sheet.Has(RoomStanding.Banned, user) ? null : new Refusal(Condition.NotInRoom, user.Value));
        if (!sorted.TryGet(out var items, out var whyNot)) return whyNot;

        string[] names = [.. items.Where(item => item.IsDone).Select(item => item.Subject.Value)];
        var after = sheet.Removing(RoomStanding.Banned, names);
        var notice = new OccupantsBanned(roomId, caller.User, [.. names.Select(name => new UserId(name))], IsBanned: false) { At = desk.Now };
        var done = await desk.CommitAsync(caller, after, notice, new RemoveStandings(caller.App, roomId, RoomStanding.Banned, names));
        return done.TryGet(out _, out refusal) ? new Batch<RoomSheet>(after, items) : refusal;
    }

    private async ValueTask<Result<Batch<RoomSheet>>> NoteAsync(
        Caller caller, RoomId roomId, IReadOnlyList<UserId> users, BatchMode mode, CancellationToken ct)
    {
        using var turn = await desk.EnterAsync(caller.App, roomId, ct);
        var found = await desk.FindForAsync(caller, roomId, RoomAction.Ban, ct);
        if (!found.TryGet(out var sheet, out var refusal)) return refusal;

        var rank = await desk.RankAsync(caller, sheet, ct);
        var sorted = Batch.Sort(users, mode, user =>
            occupancy.Contains(caller.App, roomId, user) ? Standings.WhyNot(sheet, rank, user) : new Refusal(Condition.NotInRoom, user.Value));
        if (!sorted.TryGet(out var items, out var whyNot)) return whyNot;

        string[] names = [.. items.Where(item => item.IsDone).Select(item => item.Subject.Value)];
        var after = sheet.Adding(RoomStanding.Banned, names, long.MaxValue);
        if (after.With(RoomStanding.Banned).Count > limits.MaxStandings) return Condition.RoomBatchTooLarge;

        var notice = new OccupantsBanned(roomId, caller.User, [.. names.Select(name => new UserId(name))], IsBanned: true) { At = desk.Now };
        var done = await desk.CommitAsync(caller, after, notice, new PutStandings(caller.App, roomId, RoomStanding.Banned, names, long.MaxValue));
        return done.TryGet(out _, out refusal) ? new Batch<RoomSheet>(after, items) : refusal;
    }
}
