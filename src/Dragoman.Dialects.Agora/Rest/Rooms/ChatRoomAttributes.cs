using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Rooms;

namespace Dragoman.Dialects.Agora.Rest.Rooms;

/// <summary><c>POST /metadata/chatroom/{r}</c> <c>{"keys"}</c>: those attributes, or all.</summary>
internal sealed class GetChatRoomAttributes(FindRooms rooms) : AgoraEndpoint("POST", "/metadata/chatroom/{r}", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var found = await rooms.FindAsync(call.App.Id, call.Room(), ct);
        if (!found.TryGet(out var sheet, out var refusal)) return RoomErrors.Of(refusal, call);

        var data = new JsonObject();
        var keys = call.Body.Texts("keys") is { Count: > 0 } asked ? asked : [.. sheet.Attributes.Keys.Order(StringComparer.Ordinal)];
        foreach (var key in keys)
        {
            if (sheet.Attributes.TryGetValue(key, out var attribute)) data[key] = attribute.Value;
        }

        return new() { Data = data };
    }
}

/// <summary><c>PUT</c> and <c>DELETE /metadata/chatroom/{r}/user/{u}[/forced]</c>.</summary>
internal abstract class ChangeChatRoomAttributes(RoomAttributes attributes, string template, bool isForced) : AgoraEndpoint("PUT,DELETE", template, Access.Users)
{
    private const int MaxKeys = 10;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var writer = call.UserIn("u");
        if (!call.Caller.MayActFor(writer)) return new AgoraError(400, "metadata_error", "others are not allowed to be set", ErrorCode: 60010);

        var isWrite = string.Equals(call.Http.Request.Method, "PUT", StringComparison.OrdinalIgnoreCase);
        var done = isWrite ? await WriteAsync(call, writer, ct) : await RemoveAsync(call, writer, ct);
        if (done is not { } result) return AgoraErrors.IllegalArgument.With(isWrite ? "metaData must be provided" : "keys must be provided");
        if (!result.TryGet(out var outcomes, out var refusal)) return ErrorOf(refusal, call);

        var errors = new JsonObject();
        foreach (var outcome in outcomes)
        {
            if (outcome.Refusal is not null) errors[outcome.Key] = ReasonOf(outcome);
        }

        var keys = RoomCalls.Texts(outcomes.Where(outcome => outcome.Refusal is null).Select(outcome => outcome.Key));
        return new()
        {
            Data = new JsonObject { ["successKeys"] = keys, ["errorKeys"] = errors },
            Beside = new JsonObject { ["status"] = "ok" },
        };
    }

    /// <returns>Null when there is nothing to write.</returns>
    private async ValueTask<Result<IReadOnlyList<AttributeOutcome>>?> WriteAsync(AgoraCall call, UserId writer, CancellationToken ct)
    {
        if (call.Body.ValueKind != JsonValueKind.Object || !call.Body.TryGetProperty("metaData", out var given) || given.ValueKind != JsonValueKind.Object) return null;
        KeyValuePair<string, string>[] pairs =
            [.. given.EnumerateObject().Select(one => KeyValuePair.Create(one.Name, one.Value.ValueKind == JsonValueKind.String ? one.Value.GetString()! : one.Value.GetRawText()))];
        if (pairs.Length == 0) return null;
        return await attributes.WriteAsync(call.Caller, call.Room(), writer, pairs, call.Body.Text("autoDelete") != "NO_DELETE", isForced, ct);
    }

    private async ValueTask<Result<IReadOnlyList<AttributeOutcome>>?> RemoveAsync(AgoraCall call, UserId writer, CancellationToken ct) =>
        call.Body.Texts("keys") is { Count: > 0 } keys
            ? await attributes.RemoveAsync(call.Caller, call.Room(), writer, keys, isForced, ct)
            : default(Result<IReadOnlyList<AttributeOutcome>>?);

    private static AgoraError ErrorOf(Refusal refusal, AgoraCall call) => refusal.Condition switch
    {
        Condition.NotInRoom => new(400, "MetadataException", "user is not in chatroom", ErrorCode: 60011),
        Condition.AttributeBatchTooLarge => AgoraErrors.Of(refusal).With($"exceed allowed batch size {MaxKeys}"),
        _ => RoomErrors.Of(refusal, call),
    };

    /// <summary>Clients look for parts of these texts.</summary>
    private static string ReasonOf(AttributeOutcome outcome) => outcome.Refusal!.Condition switch
    {
        Condition.AttributeKeyInvalid => $"properties key '{outcome.Key}' is not Legal",
        Condition.AttributeKeyTooLong => $"properties key '{outcome.Key}' is exceeding maximum limit 128",
        Condition.AttributeValueTooLong => $"properties values of key '{outcome.Key}' is exceeding maximum limit 4096",
        Condition.AttributeLimitReached => "size of metadata for this single chatroom exceeds the user defined limit",
        Condition.AttributeNotOwned => $"properties key '{outcome.Key}' is not part of you",
        Condition.AttributeNotFound => $"properties key '{outcome.Key}' does not exist",
        _ => "update metadata failed",
    };
}

/// <inheritdoc/>
internal sealed class ChangeOwnChatRoomAttributes(RoomAttributes attributes)
    : ChangeChatRoomAttributes(attributes, "/metadata/chatroom/{r}/user/{u}", isForced: false);

/// <summary>Also those that others have written.</summary>
internal sealed class ForceChatRoomAttributes(RoomAttributes attributes)
    : ChangeChatRoomAttributes(attributes, "/metadata/chatroom/{r}/user/{u}/forced", isForced: true);
