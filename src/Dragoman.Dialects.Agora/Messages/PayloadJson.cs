using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Protos;
using Part = Dragoman.Dialects.Agora.Protos.MessageBody.Types.Content;

namespace Dragoman.Dialects.Agora.Messages;

/// <summary>Messages as the HTTP API shows them: the payload of section 12, <c>{type, from, to, bodies, ext}</c>.</summary>
internal static class PayloadJson
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string ToText(MessageBody body) => ToJson(body).ToJsonString(Json);

    public static JsonObject ToJson(MessageBody body) => new()
    {
        ["type"] = body.Type switch
        {
            MessageBody.Types.Type.Groupchat => "groupchat",
            MessageBody.Types.Type.Chatroom => "chatroom",
            _ => "chat",
        },
        ["from"] = body.From.Name,
        ["to"] = body.To.Name,
        ["bodies"] = new JsonArray([.. body.Contents.Select(PartOf)]),
        ["ext"] = KeyValues.ToJson(body.Ext) is { Length: > 0 } ext ? JsonNode.Parse(ext) : new JsonObject(),
    };

    private static JsonObject PartOf(Part part)
    {
        switch (part.Type)
        {
            case Part.Types.Type.Text when Bodies.IsBundle(part):
            case Part.Types.Type.Combine:
                return WithFile(part, new()
                {
                    ["type"] = "txt",
                    ["subType"] = "sub_combine",
                    ["msg"] = part.Text,
                    ["title"] = part.Title,
                    ["summary"] = part.Summary,
                    ["combineLevel"] = part.CombineLevel,
                });
            case Part.Types.Type.Text:
                return new() { ["type"] = "txt", ["msg"] = part.Text };
            case Part.Types.Type.Image:
                var image = WithFile(part, new() { ["type"] = "img", ["size"] = SizeOf(part.Size) });
                if (part.HasSubType && part.SubType == Part.Types.SubType.SubGif) image["subType"] = "sub_gif";
                return image;
            case Part.Types.Type.Voice:
                return WithFile(part, new() { ["type"] = "audio", ["length"] = part.Duration });
            case Part.Types.Type.Video:
                var video = WithFile(part, new() { ["type"] = "video", ["length"] = part.Duration, ["size"] = SizeOf(part.ThumbnailSize ?? part.Size) });
                video["thumb"] = part.ThumbnailRemotePath;
                video["thumb_secret"] = part.ThumbnailSecretKey;
                return video;
            case Part.Types.Type.File:
                return WithFile(part, new() { ["type"] = "file" });
            case Part.Types.Type.Location:
                return new() { ["type"] = "loc", ["addr"] = part.Address, ["lat"] = part.Latitude, ["lng"] = part.Longitude, ["buildingName"] = part.BuildingName };
            case Part.Types.Type.Command:
                return new() { ["type"] = "cmd", ["action"] = part.Action };
            case Part.Types.Type.Custom:
                return new() { ["type"] = "custom", ["customEvent"] = part.CustomEvent, ["customExts"] = TextsOf(part.CustomExts) };
            default:
                return new() { ["type"] = "txt", ["msg"] = part.Text };
        }
    }

    private static JsonObject WithFile(Part part, JsonObject body)
    {
        body["filename"] = part.DisplayName;
        body["file_length"] = part.FileLength;
        body["url"] = part.RemotePath;
        body["secret"] = part.SecretKey;
        return body;
    }

    private static JsonObject SizeOf(MessageBody.Types.Size? size) => new() { ["width"] = size?.Width ?? 0, ["height"] = size?.Height ?? 0 };

    private static JsonObject TextsOf(IEnumerable<KeyValue> values)
    {
        var texts = new JsonObject();
        foreach (var (name, value) in KeyValues.ToTexts(values)) texts[name] = value;
        return texts;
    }
}
