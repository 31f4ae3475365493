using System.Text.RegularExpressions;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Files;
using Dragoman.Dialects.Agora.Frames;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Contents;
using Dragoman.Engine.Conversations;
using Part = Dragoman.Dialects.Agora.Protos.MessageBody.Types.Content;

namespace Dragoman.Dialects.Agora.Messages;

/// <summary>Says in this dialect what another one has written.</summary>
internal sealed partial class AgoraBodyWriter(ContentTexts texts, AgoraApps apps, ChatFiles files)
{
    /// <summary>The event of custom messages that come from a dialect without names for them.</summary>
    private const string AnyEvent = "custom";

    public MessageBody Write(ConversationKey conversation, UserId from, Content content)
    {
        return new()
        {
            Type = conversation.Kind switch
            {
                ConversationKind.Group or ConversationKind.Topic => MessageBody.Types.Type.Groupchat,
                ConversationKind.Room => MessageBody.Types.Type.Chatroom,
                _ => MessageBody.Types.Type.Chat,
            },
            From = new JID { Name = from.Value },
            To = new JID { Name = Jids.ConferenceOf(conversation) ?? conversation.PeerOf(from).Value },
            Contents = { PartOf(conversation.App, content) },
            Ext = { KeyValues.OfJson(content.Extras) },
        };
    }

    private Part PartOf(AppId app, Content content) => content switch
    {
        Content.Text text => Text(text.Words),
        Content.Image image => FilePart(app, Part.Types.Type.Image, image.File, part =>
        {
            part.Size = SizeOf(image.Width, image.Height);
            if (image.IsAnimated) part.SubType = Part.Types.SubType.SubGif;
        }),
        Content.Voice voice => FilePart(app, Part.Types.Type.Voice, voice.File, part => part.Duration = voice.Seconds),
        Content.Video video => FilePart(app, Part.Types.Type.Video, video.File, part =>
        {
            part.Duration = video.Seconds;
            part.Size = SizeOf(video.CoverWidth, video.CoverHeight);
            if (video.Cover is not { } cover) return;
            (part.ThumbnailRemotePath, var secret) = AddressOf(app, cover);
            if (secret.Length > 0) part.ThumbnailSecretKey = secret;
        }),
        Content.Document file => FilePart(app, Part.Types.Type.File, file.File, static _ => { }),
        Content.Location place => new Part
        {
            Type = Part.Types.Type.Location,
            Latitude = place.Latitude,
            Longitude = place.Longitude,
            Address = place.Label,
            BuildingName = place.Building,
        },
        Content.Custom custom => CustomPart(custom),
        Content.Command command => new Part { Type = Part.Types.Type.Command, Action = command.Action, Params = { KeyValues.OfTexts(command.Parameters) } },
        Content.Card card => new Part
        {
            Type = Part.Types.Type.Custom,
            CustomEvent = "userCard",
            CustomExts = { KeyValues.OfTexts([new("uid", card.User), new("nickname", card.Name), new("avatar", card.Avatar)]) },
        },
        Content.Face face => new Part
        {
            Type = Part.Types.Type.Custom,
            CustomEvent = "face",
            CustomExts = { KeyValues.OfTexts([new("index", face.Index.ToString(System.Globalization.CultureInfo.InvariantCulture)), new("data", face.Data)]) },
        },
        _ => Text(texts.Of(app, content)),
    };

    private static Part CustomPart(Content.Custom custom)
    {
        var name = custom.Event.Length > 0 ? custom.Event : custom.Description;
        return new()
        {
            Type = Part.Types.Type.Custom,
            CustomEvent = EventName().IsMatch(name) ? name : AnyEvent,
            CustomExts =
            {
                KeyValues.OfTexts(custom.Parameters.Count > 0
                    ? custom.Parameters
                    : [new("data", custom.Data), new("description", custom.Description), new("extension", custom.Extension)]),
            },
        };
    }

    private static Part Text(string words) => new() { Type = Part.Types.Type.Text, Text = words };

    private Part FilePart(AppId app, Part.Types.Type type, ContentFile file, Action<Part> shape)
    {
        var (address, secret) = AddressOf(app, file);
        var part = new Part
        {
            Type = type,
            RemotePath = address,
            DisplayName = file.FileName.Length > 0 ? file.FileName : NameIn(file.Address),
            FileLength = (int)Math.Min(file.Size, int.MaxValue),
        };
        if (secret.Length > 0) part.SecretKey = secret;
        shape(part);
        return part;
    }

    /// <summary>Clients put their own host before the address, so that what is stored here needs one of this dialect.</summary>
    private (string Address, string Secret) AddressOf(AppId app, ContentFile file) =>
        file.StoredName.Length > 0 && apps.Find(app) is { } own ? files.Foreign(own, file.StoredName) : (file.Address, "");

    private static MessageBody.Types.Size SizeOf(int width, int height) => new() { Width = width, Height = height };

    private static string NameIn(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) ? Uri.UnescapeDataString(uri.Segments[^1].TrimEnd('/')) : "";

    [GeneratedRegex(@"^[a-zA-Z0-9\-_/.]{1,32}$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex EventName();
}
