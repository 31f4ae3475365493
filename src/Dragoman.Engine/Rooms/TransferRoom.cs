using Dragoman.Engine.Accounts;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Rooms;

/// <summary>Gives a room to another owner.</summary>
public sealed class TransferRoom(RoomDesk desk, AccountDirectory accounts)
{
    /// <returns>The room after it; or RoomNotFound, NotRoomOwner, AccountNotFound (the new owner), NewOwnerIsOwner.</returns>
    public async ValueTask<Result<RoomSheet>> RunAsync(Caller caller, RoomId roomId, UserId owner, CancellationToken ct)
    {
        using var turn = await desk.EnterAsync(caller.App, roomId, ct);
        var found = await desk.FindForAsync(caller, roomId, RoomAction.Transfer, ct);
        if (!found.TryGet(out var sheet, out var refusal)) return refusal;
        if (await accounts.FindAsync(caller.App, owner, ct) is null) return new Refusal(Condition.AccountNotFound, owner.Value);
        if (sheet.Room.Owner == owner) return new Refusal(Condition.NewOwnerIsOwner, owner.Value);

        // An owner needs none of what others are given, and nothing holds him back.
        RoomStanding[] given = [RoomStanding.Manager, RoomStanding.Muted, RoomStanding.Banned];
        var after = given.Aggregate(sheet, (left, standing) => left.Removing(standing, [owner.Value]));
        after = after with { Room = sheet.Room with { Owner = owner } };
        StoreChange[] changes =
        [
            new PutRoom(caller.App, after.Room),
            .. given.Where(standing => sheet.Has(standing, owner)).Select(standing => new RemoveStandings(caller.App, roomId, standing, [owner.Value])),
        ];
        var notice = new RoomTransferred(roomId, caller.User, sheet.Room.Owner, owner) { At = desk.Now };
        return await desk.CommitAsync(caller, after, notice, changes);
    }
}
