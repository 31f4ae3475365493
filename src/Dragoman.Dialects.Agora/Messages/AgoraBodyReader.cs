using System.Text.Json;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Contents;
using Dragoman.Engine.Messages;
using Part = Dragoman.Dialects.Agora.Protos.MessageBody.Types.Content;

namespace Dragoman.Dialects.Agora.Messages;

/// <summary>What messages of this dialect mean (section 9.1).</summary>
internal sealed class AgoraBodyReader : IBodyReader
{
    /// <summary>The extension by which the vendor's own user interfaces call people: a list of users, or the text <c>ALL</c>.</summary>
    private const string Mention = "em_at_list";

    public DialectId Dialect => AgoraId.Dialect;

    public Content Read(Entry message)
    {
        if (Bodies.Parse(message.Body.Span) is not { Contents: [var part, ..] } body) return new Content.Other();
        return Read(part) with { Extras = KeyValues.ToJson(body.Ext), Mentions = MentionsOf(body) };
    }

    /// <summary>Who is called by name; null when nobody is.</summary>
    public static Mentions? MentionsOf(MessageBody body)
    {
        foreach (var item in body.Ext)
        {
            if (item.Key != Mention || item.ValueCase != KeyValue.ValueOneofCase.StringValue) continue;
            if (string.Equals(item.StringValue, "ALL", StringComparison.OrdinalIgnoreCase)) return new([], Everybody: true);
            try
            {
                return JsonSerializer.Deserialize(item.StringValue, MentionJson.Default.StringArray) is { Length: > 0 } users
                    ? new([.. users.OfType<string>().Select(UserNames.Fold)], Everybody: false)
                    : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }

        return null;
    }

    private static Content Read(Part part) => part.Type switch
    {
        Part.Types.Type.Text when Bodies.IsBundle(part) => Bundle(part),
        Part.Types.Type.Combine => Bundle(part),
        Part.Types.Type.Text => new Content.Text(part.Text),
        Part.Types.Type.Image => new Content.Image(FileOf(part), (int)(part.Size?.Width ?? 0), (int)(part.Size?.Height ?? 0), Thumbnail: null)
        {
            IsAnimated = part.HasSubType && part.SubType == Part.Types.SubType.SubGif,
        },
        Part.Types.Type.Voice => new Content.Voice(FileOf(part), part.Duration),
        Part.Types.Type.Video => new Content.Video(
            FileOf(part), part.Duration, CoverOf(part), (int)(part.ThumbnailSize?.Width ?? part.Size?.Width ?? 0), (int)(part.ThumbnailSize?.Height ?? part.Size?.Height ?? 0)),
        Part.Types.Type.File => new Content.Document(FileOf(part)),
        Part.Types.Type.Location => new Content.Location(part.Latitude, part.Longitude, part.Address, part.BuildingName),
        Part.Types.Type.Command => new Content.Command(part.Action, KeyValues.ToTexts(part.Params)),
        Part.Types.Type.Custom => new Content.Custom(part.CustomEvent, Data: "", Description: "", Extension: "", KeyValues.ToTexts(part.CustomExts)),
        _ => new Content.Other(),
    };

    private static Content.Bundle Bundle(Part part) =>
        new(part.Title, part.Summary.Split('\n', StringSplitOptions.RemoveEmptyEntries), part.RemotePath.Length > 0 ? FileOf(part) : null);

    private static ContentFile FileOf(Part part) =>
        new(AddressOf(part.RemotePath, part.SecretKey)) { FileName = part.DisplayName, Type = TypeOf(part.DisplayName), Size = part.FileLength };

    private static ContentFile? CoverOf(Part part) =>
        part.ThumbnailRemotePath.Length == 0 ? null : new(AddressOf(part.ThumbnailRemotePath, part.ThumbnailSecretKey)) { Size = part.ThumbnailFileLength };

    /// <summary>One that can be read without a token.</summary>
    private static string AddressOf(string path, string secret)
    {
        if (secret.Length == 0 || path.Contains("share-secret=", StringComparison.Ordinal)) return path;
        return $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}em-redirect=true&share-secret={Uri.EscapeDataString(secret)}";
    }

    private static string TypeOf(string name) => name.LastIndexOf('.') is >= 0 and var dot ? name[(dot + 1)..].ToLowerInvariant() : "";
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string[]))]
internal sealed partial class MentionJson : System.Text.Json.Serialization.JsonSerializerContext;
