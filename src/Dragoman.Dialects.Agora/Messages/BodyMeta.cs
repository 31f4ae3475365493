using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Gateway.Http;

namespace Dragoman.Dialects.Agora.Messages;

/// <summary>The JSON beside a message (field <c>meta</c> of its body): some of it is the client's to say, the rest what became of the message.</summary>
internal static class BodyMeta
{
    private const int MaxDepth = 16;
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Clients = ["translations"];

    /// <returns>What of it a client may say; null when nothing is left.</returns>
    public static string? OfClient(string meta)
    {
        using var said = JsonInput.TryParse(Encoding.UTF8.GetBytes(meta), MaxDepth);
        if (said is not { RootElement.ValueKind: JsonValueKind.Object }) return null;

        var kept = new JsonObject();
        foreach (var name in Clients)
        {
            if (said.RootElement.TryGetProperty(name, out var value)) kept[name] = JsonNode.Parse(value.GetRawText());
        }

        return kept.Count == 0 ? null : kept.ToJsonString(Json);
    }

    /// <summary>Whether there is an object of this name.</summary>
    public static bool Has(MessageBody body, string name) => body.HasMeta && Read(body)[name] is JsonObject;

    /// <summary>Says of a message where it is, or what became of it.</summary>
    public static void Add(MessageBody body, string name, JsonNode value)
    {
        var meta = Read(body);
        meta[name] = value;
        body.Meta = meta.ToJsonString(Json);
    }

    private static JsonObject Read(MessageBody body)
    {
        if (!body.HasMeta || body.Meta.Length == 0) return [];
        using var said = JsonInput.TryParse(Encoding.UTF8.GetBytes(body.Meta), MaxDepth);
        return said is { RootElement.ValueKind: JsonValueKind.Object } ? JsonNode.Parse(said.RootElement.GetRawText())!.AsObject() : [];
    }
}
