using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.OpenIm.Json;
using Dragoman.Engine;
using Google.Protobuf;

namespace Dragoman.Dialects.OpenIm.Webhooks;

/// <summary>Reads members of answers and writes those of bodies. What is absent, null or of another type was not said.</summary>
internal static class WebhookJson
{
    public static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static long? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    public static int? Int32(JsonElement json, string name) =>
        Number(json, name) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;

    public static bool? Flag(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    public static string[]? Texts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)]
            : null;

    public static UserId[]? Users(JsonElement json, string name) => Texts(json, name) is { } ids ? [.. ids.Select(id => new UserId(id))] : null;

    /// <summary>The objects of a list; null when there is no list.</summary>
    public static JsonElement[]? Objects(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.Object)]
            : null;

    public static JsonArray List(IEnumerable<UserId> users) => [.. users.Select(user => (JsonNode)user.Value)];

    /// <summary>One of the vendor's messages with all of its fields, as the HTTP API writes it.</summary>
    public static JsonObject Of(IMessage message) => JsonNode.Parse(ProtoJson.ToUtf8Bytes(message))!.AsObject();
}
