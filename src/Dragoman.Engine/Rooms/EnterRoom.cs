using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Rooms;

/// <param name="Count">How many are in.</param>
/// <param name="WasInside">He was in already; nobody is told.</param>
/// <param name="Replay">The newest messages, in their order, as many as the room shows to newcomers.</param>
public sealed record EnteredRoom(RoomSheet Sheet, int Count, bool WasInside, IReadOnlyList<Entry> Replay);

/// <summary>Somebody comes into a room: until he leaves, or has been without a connection for a while.</summary>
public sealed class EnterRoom(
    RoomDesk desk, Occupancy occupancy, AccountDirectory accounts, LeaveRoom leave, Absentees absentees, RoomNews news, IEntryStore entries, RoomLimits limits)
{
    /// <param name="text">What he says of himself; the others hear it.</param>
    /// <param name="leavesOthers">He leaves all other rooms.</param>
    /// <param name="replay">How many messages he is shown; null is what the room says.</param>
    /// <returns>
    /// The room; or NotPermitted, AccountNotFound, RoomNotFound, BannedFromRoom, RoomFull, UserRoomLimitReached. Somebody who is in
    /// already is welcome.
    /// </returns>
    public async ValueTask<Result<EnteredRoom>> RunAsync(
        Caller caller, UserId user, RoomId roomId, string text, bool leavesOthers, int? replay, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;
        if (await accounts.FindAsync(caller.App, user, ct) is null) return new Refusal(Condition.AccountNotFound, user.Value);
        var found = await desk.FindAsync(caller.App, roomId, ct);
        if (!found.TryGet(out var sheet, out var refusal)) return refusal;
        if (IsBanned(sheet, user)) return new Refusal(Condition.BannedFromRoom, user.Value);

        if (leavesOthers)
        {
            foreach (var other in occupancy.RoomsOf(caller.App, user))
            {
                if (other != roomId) await leave.OutAsync(caller, other, user, ct);
            }
        }

        var outcome = In(caller.App, sheet, user, text.Length > limits.MaxEntranceChars ? text[..limits.MaxEntranceChars] : text);
        if (outcome is not (Condition.None or Condition.AlreadyInRoom)) return new Refusal(outcome, user.Value);
        if (await desk.FindAsync(caller.App, roomId, ct) is var again && !again.TryGet(out sheet, out refusal))
        {
            // Dismissed a moment ago, by somebody who did not see him come.
            occupancy.Leave(caller.App, roomId, user);
            return refusal;
        }

        var shown = await ReplayAsync(sheet, replay ?? sheet.Room.Replay, ct);
        return new EnteredRoom(sheet, occupancy.Count(caller.App, roomId), outcome == Condition.AlreadyInRoom, shown);
    }

    /// <summary>Puts somebody into the room.</summary>
    /// <param name="isQuiet">The others are not told.</param>
    /// <returns>None; or AlreadyInRoom, RoomFull, UserRoomLimitReached.</returns>
    internal Condition In(AppId app, RoomSheet sheet, UserId user, string text, bool isQuiet = false)
    {
        var outcome = occupancy.Enter(app, sheet.Room.Id, user, Math.Min(sheet.Room.Capacity, limits.MaxOccupants), limits.MaxPerUser);
        if (outcome != Condition.None) return outcome;

        if (!isQuiet) news.Entered(app, sheet.Room.Id, user, text);
        absentees.Look(app, user);
        return Condition.None;
    }

    internal bool IsBanned(RoomSheet sheet, UserId user) => sheet.Until(RoomStanding.Banned, user.Value) > desk.Now;

    private async ValueTask<IReadOnlyList<Entry>> ReplayAsync(RoomSheet sheet, int count, CancellationToken ct) =>
        count <= 0
            ? []
            : await entries.ReadAsync(
                ConversationKey.Room(sheet.Room.App, sheet.Room.Id), LogChannel.Timeline, 1, long.MaxValue, Math.Min(count, limits.KeptMessages), newestFirst: true, ct);
}
