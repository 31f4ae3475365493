using System.Collections.Immutable;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Rooms;

/// <summary>Tags that occupants wear while they are in, and by which they are muted together.</summary>
public sealed class RoomTags(RoomDesk desk, Occupancy occupancy, RoomLimits limits)
{
    /// <summary>Replaces what somebody wears.</summary>
    /// <returns>Done; or RoomNotFound, NotRoomManager, NotInRoom, RoomTagLimitReached, RoomTagTooLong.</returns>
    public async ValueTask<Result<Done>> WearAsync(Caller caller, RoomId roomId, UserId user, IReadOnlyList<string> tags, CancellationToken ct)
    {
        var found = await desk.FindForAsync(caller, roomId, RoomAction.MuteOccupants, ct);
        if (!found.TryGet(out _, out var refusal)) return refusal;
        ImmutableArray<string> worn = [.. tags.Distinct(StringComparer.Ordinal)];
        if (worn.Length > limits.MaxTags) return Condition.RoomTagLimitReached;
        if (worn.FirstOrDefault(tag => tag.Length == 0 || tag.Length > limits.MaxTagChars) is { } bad) return new Refusal(Condition.RoomTagTooLong, bad);
        return occupancy.Change(caller.App, roomId, user, occupant => occupant with { Tags = worn }) ? default(Done) : new Refusal(Condition.NotInRoom, user.Value);
    }

    /// <summary>What somebody wears, and until when each tag is muted.</summary>
    /// <returns>The tags; or RoomNotFound, NotInRoom.</returns>
    public async ValueTask<Result<IReadOnlyList<KeyValuePair<string, long>>>> FindAsync(Caller caller, RoomId roomId, UserId user, CancellationToken ct)
    {
        var found = await desk.FindAsync(caller.App, roomId, ct);
        if (!found.TryGet(out var sheet, out var refusal)) return refusal;
        if (!occupancy.TryFind(caller.App, roomId, user, out var occupant)) return new Refusal(Condition.NotInRoom, user.Value);
        return occupant.Tags.Select(tag => KeyValuePair.Create(tag, sheet.Until(RoomStanding.MutedTag, tag))).ToArray();
    }

    /// <summary>Mutes whoever wears a tag, now or later.</summary>
    /// <param name="until">Unix milliseconds; <see cref="long.MaxValue"/> is for ever, 0 ends the mute.</param>
    /// <returns>The room after it; or RoomTagTooLong, RoomNotFound, NotRoomManager, RoomTagNotFound (nobody wears it).</returns>
    public async ValueTask<Result<RoomSheet>> MuteAsync(Caller caller, RoomId roomId, string tag, long until, CancellationToken ct)
    {
        if (tag.Length == 0 || tag.Length > limits.MaxTagChars) return new Refusal(Condition.RoomTagTooLong, tag);
        using var turn = await desk.EnterAsync(caller.App, roomId, ct);
        var found = await desk.FindForAsync(caller, roomId, RoomAction.MuteOccupants, ct);
        if (!found.TryGet(out var sheet, out var refusal)) return refusal;

        UserId[] wearers = [.. occupancy.List(caller.App, roomId).Where(occupant => occupant.Tags.Contains(tag)).Select(occupant => occupant.User)];
        if (wearers.Length == 0 && sheet.Until(RoomStanding.MutedTag, tag) == 0) return new Refusal(Condition.RoomTagNotFound, tag);

        var after = until > 0 ? sheet.Adding(RoomStanding.MutedTag, [tag], until) : sheet.Removing(RoomStanding.MutedTag, [tag]);
        StoreChange change = until > 0
            ? new PutStandings(caller.App, roomId, RoomStanding.MutedTag, [tag], until)
            : new RemoveStandings(caller.App, roomId, RoomStanding.MutedTag, [tag]);
        return await desk.CommitAsync(caller, after, new OccupantsMuted(roomId, caller.User, wearers, until) { At = desk.Now }, change);
    }
}
