using Dragoman.Engine.Accounts;
using Dragoman.Engine.Events;
using Dragoman.Engine.Notices;

namespace Dragoman.Engine.Rooms;

/// <summary>Puts users into a room without asking them.</summary>
public sealed class BringIntoRoom(RoomDesk desk, EnterRoom enter, AccountDirectory accounts, Occupancy occupancy, RoomLimits limits)
{
    /// <returns>
    /// What became of each; or RoomBatchTooLarge, RoomNotFound, NotRoomManager, and what refuses the users: AccountNotFound, BannedFromRoom,
    /// AlreadyInRoom, RoomFull, UserRoomLimitReached (with the user).
    /// </returns>
    public async ValueTask<Result<Batch<RoomSheet>>> RunAsync(
        Caller caller, RoomId roomId, IReadOnlyList<UserId> users, BatchMode mode, CancellationToken ct)
    {
        if (users.Count > limits.MaxBatch) return Condition.RoomBatchTooLarge;
        var found = await desk.FindForAsync(caller, roomId, RoomAction.BringIn, ct);
        if (!found.TryGet(out var sheet, out var refusal)) return refusal;

        var items = new List<ItemOutcome>();
        foreach (var user in users.Distinct()) items.Add(new(user, await WhyNotAsync(caller.App, sheet, user, ct)));
        if (Batch.WhyNot(items, mode) is { } whyNot) return whyNot;

        for (var i = 0; i < items.Count; i++)
        {
            if (!items[i].IsDone) continue;
            var outcome = enter.In(caller.App, sheet, items[i].Subject, text: "");
            if (outcome != Condition.None) items[i] = items[i] with { Refusal = new(outcome, items[i].Subject.Value) };
        }

        if (Batch.WhyNot(items, BatchMode.EachAlone) is { } nobody) return nobody;
        UserId[] brought = [.. items.Where(item => item.IsDone).Select(item => item.Subject)];
        var notice = new OccupantsBrought(roomId, caller.User, brought, sheet.Room.Name) { At = desk.Now };
        desk.Tell(caller, notice, new Audience.Users(brought));
        return new Batch<RoomSheet>(sheet, items);
    }

    private async ValueTask<Refusal?> WhyNotAsync(AppId app, RoomSheet sheet, UserId user, CancellationToken ct)
    {
        if (await accounts.FindAsync(app, user, ct) is null) return new(Condition.AccountNotFound, user.Value);
        if (occupancy.Contains(app, sheet.Room.Id, user)) return new(Condition.AlreadyInRoom, user.Value);
        return enter.IsBanned(sheet, user) ? new(Condition.BannedFromRoom, user.Value) : null;
    }
}
