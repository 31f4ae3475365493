using Dragoman.Engine.Caching;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Rooms;

/// <summary>What all changes of a room share: one at a time, on disk first, then in memory, then told to whoever is in.</summary>
public sealed class RoomDesk(RoomDirectory rooms, Occupancy occupancy, LogWriter journal, OnlineNews news, KeyedGate gate, TimeProvider clock)
{
    internal long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    internal ValueTask<KeyedGate.Holder> EnterAsync(AppId app, RoomId room, CancellationToken ct) => gate.EnterAsync((app, room), ct);

    /// <returns>The room; or RoomNotFound.</returns>
    internal async ValueTask<Result<RoomSheet>> FindAsync(AppId app, RoomId room, CancellationToken ct) =>
        await rooms.FindAsync(app, room, ct) is { } sheet ? sheet : new Refusal(Condition.RoomNotFound, room.Value);

    /// <summary>The room, for whoever may do this in it.</summary>
    /// <returns>The room; or RoomNotFound, NotRoomManager, NotRoomOwner.</returns>
    internal async ValueTask<Result<RoomSheet>> FindForAsync(Caller caller, RoomId room, RoomAction action, CancellationToken ct)
    {
        var found = await FindAsync(caller.App, room, ct);
        if (!found.TryGet(out var sheet, out var refusal)) return refusal;
        return await WhyNotAsync(caller, sheet, action, ct) is { } forbidden ? forbidden : sheet;
    }

    internal async ValueTask<Refusal?> WhyNotAsync(Caller caller, RoomSheet sheet, RoomAction action, CancellationToken ct)
    {
        var least = sheet.Type[action];
        if (await RankAsync(caller, sheet, ct) >= least) return null;
        return new(least == RoomRole.Manager ? Condition.NotRoomManager : least == RoomRole.Owner ? Condition.NotRoomOwner : Condition.NotPermitted, caller.User.Value);
    }

    /// <summary>The caller's rank: who may create rooms is in all of them what the app itself is.</summary>
    internal async ValueTask<RoomRole> RankAsync(Caller caller, RoomSheet sheet, CancellationToken ct)
    {
        if (caller.IsAdministrator) return RoomRole.Administrator;
        var creators = await rooms.CreatorsAsync(caller.App, ct);
        return creators.Count > 0 && creators.Contains(caller.User) ? RoomRole.Administrator : sheet.RoleOf(caller.User);
    }

    /// <summary>Writes changes of a room, and tells whoever is in.</summary>
    internal async ValueTask<Result<RoomSheet>> CommitAsync(Caller caller, RoomSheet after, RoomNotice notice, params StoreChange[] changes)
    {
        var unit = new WriteUnit(changes) { Happened = Happened.Of(caller, notice), WhenWritten = () => rooms.Changed(after) };
        if (await journal.CommitAsync(unit) is { } refusal) return refusal;

        Tell(caller, notice);
        return after;
    }

    internal void Tell(Caller caller, RoomNotice notice) =>
        Tell(caller, notice, new Audience.Room(occupancy.Snapshot(caller.App, notice.Room)));

    internal void Tell(Caller caller, RoomNotice notice, Audience audience) =>
        news.Tell(caller, ConversationKey.Room(caller.App, notice.Room), notice.Operator, audience, notice);
}
