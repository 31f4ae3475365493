using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Words;

namespace Dragoman.Engine.Rooms;

/// <summary>What is to be changed of a room; null keeps.</summary>
public sealed record RoomEdit
{
    public string? Name { get; init; }
    public string? Description { get; init; }
    public string? Announcement { get; init; }
    public string? Extra { get; init; }
    public int? Capacity { get; init; }

    internal RoomFields Fields =>
        (Name is null ? 0 : RoomFields.Name) | (Description is null ? 0 : RoomFields.Description) | (Announcement is null ? 0 : RoomFields.Announcement)
        | (Extra is null ? 0 : RoomFields.Extra) | (Capacity is null ? 0 : RoomFields.Capacity);
}

/// <summary>Changes what a room says of itself.</summary>
public sealed class UpdateRoom(RoomDesk desk, WordDesk words, RoomLimits limits)
{
    /// <returns>
    /// The room after it; or RoomNotFound, NotRoomOwner, RoomNameTooLong, RoomDescriptionTooLong, RoomTextTooLong, RoomCapacityTooLarge (with
    /// the bound), WordRejected.
    /// </returns>
    public async ValueTask<Result<RoomSheet>> RunAsync(Caller caller, RoomId roomId, RoomEdit edit, CancellationToken ct)
    {
        using var turn = await desk.EnterAsync(caller.App, roomId, ct);
        var action = edit.Fields == RoomFields.Announcement ? RoomAction.Announce : RoomAction.Edit;
        var found = await desk.FindForAsync(caller, roomId, action, ct);
        if (!found.TryGet(out var sheet, out var refusal)) return refusal;
        if (edit.Fields == RoomFields.None) return sheet;

        var room = sheet.Room with
        {
            Name = edit.Name ?? sheet.Room.Name,
            Description = edit.Description ?? sheet.Room.Description,
            Announcement = edit.Announcement ?? sheet.Room.Announcement,
            Extra = edit.Extra ?? sheet.Room.Extra,
            Capacity = edit.Capacity ?? sheet.Room.Capacity,
        };
        if (RoomTexts.WhyNot(limits, words, ref room) is { } tooLong) return tooLong;
        var notice = new RoomUpdated(roomId, caller.User, edit.Fields, room) { At = desk.Now };
        return await desk.CommitAsync(caller, sheet with { Room = room }, notice, new PutRoom(caller.App, room));
    }
}
