using System.Collections.Frozen;
using System.Text.Json;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>What the content of each type must hold when the app's server sends it (section 5.1).</summary>
internal static class ContentChecks
{
    private const int MaxAtUsers = 1_000;

    private static readonly FrozenDictionary<int, (string Type, string[] Members)> Required = new Dictionary<int, (string, string[])>
    {
        [101] = ("TextElem", ["content"]),
        [102] = ("PictureElem", [.. new[] { "sourcePicture", "bigPicture", "snapshotPicture" }.SelectMany(p => new[] { "type", "width", "height", "url" }, (p, m) => $"{p}.{m}")]),
        [103] = ("SoundElem", ["sourceUrl", "duration"]),
        [104] = ("VideoElem", ["videoUrl", "videoType", "videoSize", "duration", "snapshotUrl", "snapshotWidth", "snapshotHeight"]),
        [105] = ("FileElem", ["sourceUrl", "fileName", "fileSize"]),
        [106] = ("AtElem", ["text", "atUserList"]),
        [110] = ("CustomElem", ["data"]),
        [114] = ("QuoteElem", ["text", "quoteMessage"]),
        [118] = ("MarkdownTextElem", ["content"]),
        [ContentTypes.OaNotification] = ("OANotificationElem", ["notificationName", "notificationType", "text"]),
    }.ToFrozenDictionary();

    /// <returns>Null when it may be sent; else 1001 for a type that may not, 500 with the validator's text for content that lacks something.</returns>
    public static OpenImError? Check(int contentType, JsonElement content)
    {
        if (!Required.TryGetValue(contentType, out var required))
            return OpenImErrors.Args.With($"unsupported content type, contentType={contentType}");

        foreach (var path in required.Members)
        {
            if (!IsGiven(content, path)) return Invalid(required.Type, path, "required");
        }

        return contentType switch
        {
            106 when content.TryGetProperty("atUserList", out var list) && (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MaxAtUsers) =>
                Invalid(required.Type, "atUserList", "max"),
            103 when content.TryGetProperty("duration", out var duration) && (!duration.TryGetInt64(out var seconds) || seconds < 1) =>
                Invalid(required.Type, "duration", "min"),
            ContentTypes.OaNotification when content.TryGetProperty("mixType", out var mix)
                && (mix.ValueKind != JsonValueKind.Number || !mix.TryGetInt32(out var kind) || kind is < 0 or > 5) => Invalid(required.Type, "mixType", "max"),
            _ => null,
        };
    }

    /// <summary>As the vendor's validator has it: there, and not the zero of its type.</summary>
    private static bool IsGiven(JsonElement content, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (content.ValueKind != JsonValueKind.Object || !content.TryGetProperty(name, out content)) return false;
        }

        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString()!.Length > 0,
            JsonValueKind.Number => content.TryGetDouble(out var number) && number != 0,
            JsonValueKind.Array => content.GetArrayLength() > 0,
            JsonValueKind.True or JsonValueKind.Object => true,
            _ => false,
        };
    }

    private static OpenImError Invalid(string type, string path, string tag)
    {
        var field = string.Join('.', path.Split('.').Select(name => char.ToUpperInvariant(name[0]) + name[1..]));
        var last = field[(field.LastIndexOf('.') + 1)..];
        return OpenImErrors.Internal.With($"Key: '{type}.{field}' Error:Field validation for '{last}' failed on the '{tag}' tag");
    }
}
