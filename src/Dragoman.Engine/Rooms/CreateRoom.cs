using Dragoman.Engine.Accounts;
using Dragoman.Engine.Events;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Words;

namespace Dragoman.Engine.Rooms;

/// <summary>Opens a room. Only the app does, and users whom it lets.</summary>
public sealed class CreateRoom(
    RoomDirectory rooms, RoomDesk desk, EnterRoom enter, AccountDirectory accounts, Occupancy occupancy, WordDesk words, IRoomStore store, LogWriter journal,
    RoomLimits limits, TimeProvider clock)
{
    private const int MaxIdLength = 128;

    /// <param name="room">With its id; its times are set here.</param>
    /// <param name="occupants">Whoever is in from the beginning; the owner always is.</param>
    /// <param name="most">Rooms that the app may have; 0 is as many as the server lets it.</param>
    /// <returns>
    /// The room; or NotPermitted, RoomIdInvalid, RoomNameTooLong, RoomDescriptionTooLong, RoomTextTooLong, RoomCapacityTooLarge (with the bound),
    /// WordRejected, RoomFull, AccountNotFound, UserRoomLimitReached (with the user), RoomLimitReached, RoomExists (with the id).
    /// </returns>
    public async ValueTask<Result<RoomSheet>> RunAsync(Caller caller, Room room, IReadOnlyList<UserId> occupants, CancellationToken ct, int most = 0)
    {
        if (!caller.IsAdministrator && !(await rooms.CreatorsAsync(caller.App, ct)).Contains(caller.User)) return new Refusal(Condition.NotPermitted, caller.User.Value);
        if (room.Id.IsEmpty || room.Id.Value.Length > MaxIdLength || room.Id.Value.Any(c => char.IsControl(c) || char.IsSurrogate(c)))
            return new Refusal(Condition.RoomIdInvalid, room.Id.Value);

        room = room with { App = caller.App, CreatedAt = clock.GetUtcNow().ToUnixTimeMilliseconds(), MutedUntil = 0 };
        if (RoomTexts.WhyNot(limits, words, ref room) is { } refusal) return refusal;

        UserId[] everybody = [.. occupants.Prepend(room.Owner).Distinct()];
        if (everybody.Length > room.Capacity) return Condition.RoomFull;
        foreach (var user in everybody)
        {
            if (await accounts.FindAsync(caller.App, user, ct) is null) return new Refusal(Condition.AccountNotFound, user.Value);
            if (occupancy.RoomsOf(caller.App, user).Count >= limits.MaxPerUser) return new Refusal(Condition.UserRoomLimitReached, user.Value);
        }

        if (most == 0 || (limits.MaxPerApp > 0 && limits.MaxPerApp < most)) most = limits.MaxPerApp;
        if (most > 0 && (await store.ListAsync(caller.App, skip: 0, take: 1, ct)).Total >= most) return Condition.RoomLimitReached;

        var unit = new WriteUnit([new AddRoom(caller.App, room)])
        {
            Happened = Happened.Of(caller, new RoomCreated(room.Id, caller.User, room) { At = room.CreatedAt }),
            WhenWritten = () => rooms.Forget(caller.App, room.Id),
        };
        if (await journal.CommitAsync(unit) is { } taken) return taken with { Subject = room.Id.Value };

        var sheet = await rooms.FindAsync(caller.App, room.Id, ct) ?? new RoomSheet(room);
        foreach (var user in everybody) enter.In(caller.App, sheet, user, text: "", isQuiet: true);
        if (everybody.Length > 1)
        {
            UserId[] others = everybody[1..];
            desk.Tell(caller, new OccupantsBrought(room.Id, caller.User, others, room.Name) { At = room.CreatedAt }, new Audience.Users(others));
        }

        return sheet;
    }
}
