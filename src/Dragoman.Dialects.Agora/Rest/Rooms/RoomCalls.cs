using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;

namespace Dragoman.Dialects.Agora.Rest.Rooms;

/// <summary>What the routes of chat rooms share.</summary>
internal static class RoomCalls
{
    /// <summary>Users that one call may name.</summary>
    public const int MaxUsers = 60;

    public static RoomId Room(this AgoraCall call) => new(call.TextIn("r"));

    /// <summary>Users whom the path names: <c>a,b</c>.</summary>
    public static UserId[] UsersIn(this AgoraCall call, string place) =>
        [.. call.TextIn(place).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(UserNames.Fold).Distinct()];

    /// <returns>Null when the body names nobody.</returns>
    public static UserId[]? UsersInBody(this AgoraCall call) =>
        call.Body.Texts("usernames") is { Count: > 0 } names ? [.. names.Select(UserNames.Fold).Distinct()] : null;

    /// <summary>Newer clients want lists where the others take single objects.</summary>
    public static bool IsV3(this AgoraCall call) => call.Query("version") == "v3";

    /// <summary>What became of somebody: <c>{"result","action","user","id","chatroomid","reason"?}</c>.</summary>
    public static JsonObject ItemOf(AgoraCall call, string action, ItemOutcome item)
    {
        var room = call.Room();
        var body = new JsonObject
        {
            ["result"] = item.IsDone,
            ["action"] = action,
            ["user"] = item.Subject.Value,
            ["id"] = room.Value,
            ["chatroomid"] = room.Value,
        };
        if (item.Refusal is { } refusal) body["reason"] = RoomErrors.ReasonOf(refusal, room);
        return body;
    }

    /// <summary>One object for one user whom the path names, a list for all else.</summary>
    public static AgoraReply ReplyOf<T>(AgoraCall call, string action, Result<Batch<T>> done, bool isSingle)
    {
        if (!done.TryGet(out var batch, out var refusal)) return RoomErrors.Of(refusal, call);
        return isSingle
            ? new AgoraReply { Data = ItemOf(call, action, batch.Items[0]) }
            : new AgoraReply { Data = new JsonArray([.. batch.Items.Select(item => ItemOf(call, action, item))]) };
    }

    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)JsonValue.Create(text))]);

    /// <summary>A page as clients number it, from 1.</summary>
    public static (int Skip, int Take) PageOf(this AgoraCall call, int usual, int most)
    {
        var size = call.Query("pagesize") is { } text && int.TryParse(text, out var asked) && asked > 0 ? Math.Min(asked, most) : call.Limit(usual, most);
        var page = call.Query("pagenum") is { } number && int.TryParse(number, out var which) && which > 0 ? Math.Min(which, int.MaxValue / most) : 1;
        return ((page - 1) * size, size);
    }
}
