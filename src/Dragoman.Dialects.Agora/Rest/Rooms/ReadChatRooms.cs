using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Rooms;

namespace Dragoman.Dialects.Agora.Rest.Rooms;

/// <summary><c>GET /chatrooms?limit=&amp;cursor=</c>, and <c>?pagenum=&amp;pagesize=</c> as clients ask.</summary>
internal sealed class ListChatRooms(FindRooms rooms, Occupancy occupancy) : AgoraEndpoint("GET", "/chatrooms", Access.Users)
{
    private const int Usual = 10;
    private const int Most = 1_000;

    public override int CallsPerSecond => 50;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var (skip, take) = call.PageOf(Usual, Most);
        if (call.Query("pagenum") is null)
        {
            if (SkipOf(call.Query("cursor")) is not { } after) return AgoraErrors.IllegalArgument.With("cursor is invalid");
            skip = after;
        }

        var (total, page) = await rooms.ListAsync(call.App.Id, skip, take, ct);
        return new()
        {
            Data = new JsonArray([.. page.Select(sheet => new JsonObject
            {
                ["id"] = sheet.Room.Id.Value,
                ["name"] = sheet.Room.Name,
                ["owner"] = sheet.Room.Owner.Value,
                ["affiliations_count"] = occupancy.Count(call.App.Id, sheet.Room.Id),
            })]),
            Count = page.Count,
            Cursor = skip + take < total ? CursorAt(skip + take) : null,
        };
    }

    private static string CursorAt(int skip) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(skip.ToString(CultureInfo.InvariantCulture)));

    /// <returns>Null for a cursor that is none of ours.</returns>
    private static int? SkipOf(string? cursor)
    {
        if (cursor is null) return 0;
        try
        {
            return cursor.Length <= 32 && int.TryParse(Base64Url.DecodeFromChars(cursor), NumberStyles.None, CultureInfo.InvariantCulture, out var skip) ? skip : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

/// <summary><c>GET /chatrooms/{r,…}</c>.</summary>
internal sealed class GetChatRooms(FindRooms rooms, Occupancy occupancy, TimeProvider clock) : AgoraEndpoint("GET", "/chatrooms/{r}", Access.Users)
{
    private const int MaxRooms = 100;
    private const int MaxShown = 10_000;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        string[] ids = [.. call.TextIn("r").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        if (ids.Length > MaxRooms) return AgoraErrors.InvalidParameter.With("some of [chatroom_id] are not valid fields");

        var found = new JsonArray();
        foreach (var id in ids)
        {
            var room = await rooms.FindAsync(call.App.Id, new RoomId(id), ct);
            if (!room.TryGet(out var sheet, out _)) return RoomErrors.Missing(id);
            found.Add(Describe(sheet));
        }

        return new() { Data = found, Count = found.Count };
    }

    private JsonObject Describe(RoomSheet sheet)
    {
        var room = sheet.Room;
        var inside = occupancy.List(room.App, room.Id);
        return new()
        {
            ["id"] = room.Id.Value,
            ["name"] = room.Name,
            ["description"] = room.Description,
            ["membersonly"] = false,
            ["allowinvites"] = false,
            ["maxusers"] = room.Capacity,
            ["owner"] = room.Owner.Value,
            ["created"] = room.CreatedAt,
            ["custom"] = room.Extra,
            ["mute"] = room.MutedUntil > clock.GetUtcNow().ToUnixTimeMilliseconds(),
            ["affiliations_count"] = occupancy.Count(room.App, room.Id),
            ["affiliations"] = new JsonArray(
            [
                .. inside.Where(one => one.User != room.Owner).Take(MaxShown).Select(one => new JsonObject { ["member"] = one.User.Value }),
                new JsonObject { ["owner"] = room.Owner.Value },
            ]),
            ["public"] = true,
            ["shieldgroup"] = false,
        };
    }
}

/// <summary><c>GET /users/{u}/joined_chatrooms</c>; clients ask for more of each room with <c>detail=true</c>.</summary>
internal sealed class ListJoinedChatRooms(FindRooms rooms, Occupancy occupancy) : AgoraEndpoint("GET", "/users/{u}/joined_chatrooms", Access.Owner)
{
    private const int Usual = 500;
    private const int Most = 1_000;

    public override int CallsPerSecond => 50;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var (skip, take) = call.PageOf(Usual, Most);
        var page = new JsonArray();
        foreach (var id in occupancy.RoomsOf(call.App.Id, call.UserIn("u")).Reverse().Skip(skip).Take(take))
        {
            var found = await rooms.FindAsync(call.App.Id, id, ct);
            if (found.TryGet(out var sheet, out _)) page.Add(Describe(call.App, sheet.Room, call.Query("detail") == "true"));
        }

        return new() { Data = page, Count = page.Count };
    }

    private static JsonObject Describe(AgoraApp app, Room room, bool isDetailed)
    {
        var body = new JsonObject { ["id"] = room.Id.Value, ["name"] = room.Name, ["disabled"] = "false" };
        if (!isDetailed) return body;

        body["title"] = room.Name;
        body["owner"] = $"{app.Key}_{room.Owner.Value}";
        body["created"] = room.CreatedAt;
        body["description"] = room.Description;
        body["max_users"] = room.Capacity;
        body["maxusers"] = room.Capacity;
        return body;
    }
}
