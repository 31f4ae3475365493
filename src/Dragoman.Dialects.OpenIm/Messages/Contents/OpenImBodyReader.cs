using System.Text;
using System.Text.Json;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Contents;
using Dragoman.Engine.Messages;
using Dragoman.Gateway.Http;
using Google.Protobuf;

namespace Dragoman.Dialects.OpenIm.Messages.Contents;

/// <summary>What messages of this dialect mean (section 9.4): the JSON in their content, by content type.</summary>
internal sealed class OpenImBodyReader : IBodyReader
{
    private const int MaxDepth = 64;

    /// <summary>Of quotes in quotes.</summary>
    private const int MaxQuotes = 4;

    public DialectId Dialect => OpenImId.Dialect;

    public Content Read(Entry message)
    {
        try
        {
            var data = MsgData.Parser.ParseFrom(message.Body.Span);
            using var json = JsonDocument.Parse(data.Content.Memory, new() { MaxDepth = MaxDepth });
            var content = Read(data.ContentType, json.RootElement, MaxQuotes);
            return content with { Extras = IsObject(data.Ex) ? data.Ex : "", Mentions = MentionsOf(data) };
        }
        catch (Exception e) when (e is JsonException or InvalidProtocolBufferException or InvalidOperationException) // the last: half a surrogate pair, escaped
        {
            return new Content.Other();
        }
    }

    private static Content Read(int contentType, JsonElement json, int depth)
    {
        if (json.ValueKind != JsonValueKind.Object) return new Content.Other();
        return contentType switch
        {
            ContentTypes.Text => new Content.Text(json.Text("content")),
            ContentTypes.Markdown => new Content.Text(json.Text("content")) { IsMarkdown = true },
            ContentTypes.AdvancedText => new Content.Text(json.Text("text")),
            ContentTypes.AtText or ContentTypes.Quote => ReadQuote(json, depth),
            ContentTypes.Picture => ReadPicture(json),
            ContentTypes.Sound => new Content.Voice(FileOf(json, "sourceUrl", "soundType", "dataSize"), (int)json.Number("duration")),
            ContentTypes.Video => ReadVideo(json),
            ContentTypes.File => new Content.Document(FileOf(json, "sourceUrl", "fileType", "fileSize") with { FileName = json.Text("fileName") }),
            ContentTypes.Merger => new Content.Bundle(json.Text("title"), json.Texts("abstractList"), File: null),
            ContentTypes.Card => new Content.Card(json.Text("userID"), json.Text("nickname"), json.Text("faceURL")),
            ContentTypes.Location => new Content.Location(json.Real("latitude"), json.Real("longitude"), json.Text("description"), Building: ""),
            ContentTypes.Custom or ContentTypes.CustomNotInList or ContentTypes.CustomOnline =>
                new Content.Custom(Event: "", json.Text("data"), json.Text("description"), json.Text("extension"), Parameters: []),
            ContentTypes.Typing => new Content.Command("typing", [new("msgTips", json.Text("msgTips"))]),
            ContentTypes.Face => new Content.Face((int)json.Number("index"), json.Text("data")),
            _ => new Content.Other(),
        };
    }

    private static Content ReadQuote(JsonElement json, int depth)
    {
        var words = json.Text("text");
        if (depth == 0 || !json.TryGetProperty("quoteMessage", out var quoted) || quoted.ValueKind != JsonValueKind.Object) return new Content.Text(words);

        return new Content.Quote(words, quoted.Text("sendID"), ReadQuoted(quoted, depth - 1));
    }

    /// <summary>A message as the SDK keeps it: beside its content type an element that has the same members as the content.</summary>
    private static Content ReadQuoted(JsonElement message, int depth)
    {
        var type = (int)message.Number("contentType");
        return ContentTypes.ElementOf(type) is { } name && message.TryGetProperty(name, out var element) ? Read(type, element, depth) : new Content.Other();
    }

    private static Content.Image ReadPicture(JsonElement json)
    {
        var source = json.Member("sourcePicture");
        var file = FileOf(source, "url", "type", "size");
        var small = json.Member("snapshotPicture");
        return new(file, (int)source.Number("width"), (int)source.Number("height"), small.Text("url").Length > 0 ? FileOf(small, "url", "type", "size") : null)
        {
            IsAnimated = file.Type.EndsWith("gif", StringComparison.OrdinalIgnoreCase),
        };
    }

    private static Content.Video ReadVideo(JsonElement json)
    {
        var cover = json.Text("snapshotUrl").Length > 0 ? FileOf(json, "snapshotUrl", "snapshotType", "snapshotSize") : null;
        return new(
            FileOf(json, "videoUrl", "videoType", "videoSize"), (int)json.Number("duration"), cover, (int)json.Number("snapshotWidth"), (int)json.Number("snapshotHeight"));
    }

    private static ContentFile FileOf(JsonElement json, string url, string type, string size)
    {
        var address = json.Text(url);
        return new(address) { StoredName = ObjectAddresses.NameIn(address), Type = json.Text(type), Size = json.Number(size) };
    }

    private static Mentions? MentionsOf(MsgData data)
    {
        if (data.AtUserIDList.Count == 0) return null;
        var users = data.AtUserIDList.Where(user => user != ContentTypes.AtEverybody).Select(user => new UserId(user)).ToArray();
        return new(users, Everybody: users.Length < data.AtUserIDList.Count);
    }

    private static bool IsObject(string text)
    {
        if (text.Length == 0 || text[0] != '{') return false;
        using var json = JsonInput.TryParse(Encoding.UTF8.GetBytes(text), MaxDepth);
        return json is { RootElement.ValueKind: JsonValueKind.Object };
    }
}
