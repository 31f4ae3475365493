using System.Text;
using System.Text.Json;
using Dragoman.Dialects.OpenIm.Json;
using Dragoman.Engine;
using Dragoman.Engine.Contents;
using Dragoman.Engine.Messages;
using Dragoman.Gateway.Http;
using Google.Protobuf;

namespace Dragoman.Dialects.OpenIm.Messages.Contents;

/// <summary>Says in this dialect what another one has written: a content type and its JSON (section 9.4).</summary>
internal sealed class OpenImBodyWriter(ContentTexts texts)
{
    public (int ContentType, ByteString Json) Write(AppId app, Content content)
    {
        using var output = new PooledWriter();
        using (var json = new Utf8JsonWriter(output, ProtoJson.WriterOptions))
        {
            json.WriteStartObject();
            var type = Write(json, app, content);
            json.WriteEndObject();
            json.Flush();
            return (type, ByteString.CopyFrom(output.Written.Span));
        }
    }

    /// <summary>As the vendor's lists of mentioned users have it.</summary>
    public static IEnumerable<string> NamesOf(Mentions mentions)
    {
        var users = mentions.Users.Select(user => user.Value);
        return mentions.Everybody ? users.Append(ContentTypes.AtEverybody) : users;
    }

    private int Write(Utf8JsonWriter json, AppId app, Content content)
    {
        switch (content)
        {
            case Content.Text { Mentions: { } mentions } text:
                json.WriteString("text", text.Words);
                json.WriteStartArray("atUserList");
                foreach (var name in NamesOf(mentions)) json.WriteStringValue(name);
                json.WriteEndArray();
                return ContentTypes.AtText;

            case Content.Text text:
                json.WriteString("content", text.Words);
                return text.IsMarkdown ? ContentTypes.Markdown : ContentTypes.Text;

            case Content.Image image:
                WritePicture(json, image);
                return ContentTypes.Picture;

            case Content.Voice voice:
                json.WriteString("sourceUrl", voice.File.Address);
                json.WriteString("soundType", voice.File.Type);
                json.WriteNumber("dataSize", voice.File.Size);
                json.WriteNumber("duration", voice.Seconds);
                return ContentTypes.Sound;

            case Content.Video video:
                WriteVideo(json, video);
                return ContentTypes.Video;

            case Content.Document file:
                json.WriteString("sourceUrl", file.File.Address);
                json.WriteString("fileName", file.File.FileName);
                json.WriteString("fileType", file.File.Type);
                json.WriteNumber("fileSize", file.File.Size);
                return ContentTypes.File;

            case Content.Location place:
                json.WriteString("description", place.Label.Length > 0 ? place.Label : place.Building);
                json.WriteNumber("longitude", place.Longitude);
                json.WriteNumber("latitude", place.Latitude);
                return ContentTypes.Location;

            case Content.Face face:
                json.WriteNumber("index", face.Index);
                json.WriteString("data", face.Data);
                return ContentTypes.Face;

            case Content.Card card:
                json.WriteString("userID", card.User);
                json.WriteString("nickname", card.Name);
                json.WriteString("faceURL", card.Avatar);
                json.WriteString("ex", "");
                return ContentTypes.Card;

            case Content.Custom custom:
                json.WriteString("data", custom.Parameters.Count > 0 ? ObjectOf(custom.Parameters) : custom.Data);
                json.WriteString("description", custom.Event.Length > 0 ? custom.Event : custom.Description);
                json.WriteString("extension", custom.Extension);
                return ContentTypes.Custom;

            case Content.Command command:
                json.WriteString("data", ObjectOf(command.Parameters));
                json.WriteString("description", command.Action);
                json.WriteString("extension", "");
                return ContentTypes.CustomOnline;

            default:
                // Quotes and bundles hold whole messages of this dialect's, which nobody has written: their words are what people read.
                json.WriteString("content", texts.Of(app, content));
                return ContentTypes.Text;
        }
    }

    private static void WritePicture(Utf8JsonWriter json, Content.Image image)
    {
        foreach (var (name, file) in new[] { ("sourcePicture", image.File), ("bigPicture", image.File), ("snapshotPicture", image.Thumbnail ?? image.File) })
        {
            json.WriteStartObject(name);
            json.WriteString("uuid", "");
            json.WriteString("type", image.IsAnimated ? "image/gif" : file.Type);
            json.WriteNumber("size", file.Size);
            json.WriteNumber("width", image.Width);
            json.WriteNumber("height", image.Height);
            json.WriteString("url", file.Address);
            json.WriteEndObject();
        }
    }

    private static void WriteVideo(Utf8JsonWriter json, Content.Video video)
    {
        json.WriteString("videoUrl", video.File.Address);
        json.WriteString("videoType", video.File.Type);
        json.WriteNumber("videoSize", video.File.Size);
        json.WriteNumber("duration", video.Seconds);
        json.WriteString("snapshotUrl", video.Cover?.Address ?? "");
        json.WriteString("snapshotType", video.Cover?.Type ?? "");
        json.WriteNumber("snapshotSize", video.Cover?.Size ?? 0);
        json.WriteNumber("snapshotWidth", video.CoverWidth);
        json.WriteNumber("snapshotHeight", video.CoverHeight);
    }

    private static string ObjectOf(IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        using var output = new PooledWriter();
        using (var json = new Utf8JsonWriter(output, ProtoJson.WriterOptions))
        {
            json.WriteStartObject();
            foreach (var (name, value) in parameters) json.WriteString(name, value);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.Written.Span);
    }
}
