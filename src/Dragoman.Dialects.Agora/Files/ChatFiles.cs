using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Files;

namespace Dragoman.Dialects.Agora.Files;

/// <summary>
/// Files that are sent with messages (section 12.9): <c>/chatfiles/{uuid}</c>, with the <c>share-secret</c> that goes with the message. Files
/// of other dialects are known by their names, so that a message about one can be shown without looking the file up.
/// </summary>
internal sealed class ChatFiles(FileLinks links, TimeProvider clock)
{
    /// <summary>Before the name of a file of another dialect, in the place of the uuid.</summary>
    private const string NameMark = "n-";

    private const int MaxShown = 100;
    private const string Restricted = "chatfile";
    private const string Open = "chatfile-open";

    /// <summary>A name that no other file has.</summary>
    /// <param name="shown">What the sender calls it.</param>
    public static string NewName(Caller caller, string shown)
    {
        var last = shown[(shown.LastIndexOfAny(['/', '\\']) + 1)..];
        var kept = new string([.. last.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(MaxShown)]).Trim();
        var owner = caller.User.Value.Length > 0 ? caller.User.Value + "/" : "";
        return $"{owner}chatfiles/{FileDesk.NewId()}/{(kept.Length > 0 ? kept : "file")}";
    }

    public static string LabelOf(bool isRestricted) => isRestricted ? Restricted : Open;

    /// <summary>Whether it is read with its secret only.</summary>
    public static bool IsRestricted(StoredFile file) => file.Label != Open;

    /// <summary>Unix milliseconds; 0 is never.</summary>
    public long ExpiryOf(AgoraApp app) =>
        app.Settings.Files.Days == 0 ? 0 : clock.GetUtcNow().AddDays(app.Settings.Files.Days).ToUnixTimeMilliseconds();

    /// <summary>What uploads are answered with.</summary>
    public AgoraReply Uploaded(AgoraApp app, StoredFile file, bool isRestricted)
    {
        var entity = new JsonObject
        {
            ["uuid"] = Guid.ParseExact(file.Id.Value, "N").ToString("D"),
            ["type"] = "chatfile",
        };
        if (isRestricted) entity["share-secret"] = links.SecretOf(app.Id, file.Id);
        entity["file-metadata"] = new JsonObject
        {
            ["content-length"] = file.Content.Size,
            ["content-type"] = FilePresentation.Of(file).ContentType,
        };
        return new() { Entities = [entity], Path = "/chatfiles" };
    }

    /// <summary>The address of a file of another dialect, for clients, which put their own host before it.</summary>
    /// <returns>The address and its secret.</returns>
    public (string Address, string Secret) Foreign(AgoraApp app, string name) =>
        (string.Create(CultureInfo.InvariantCulture, $"http://localhost/{app.Options.OrgName}/{app.Options.AppName}/chatfiles/{NameMark}{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(name))}"),
            links.SecretOf(app.Id, name));

    /// <summary>The id in an address.</summary>
    public static bool TryReadId(string text, out FileId id)
    {
        id = Guid.TryParse(text, out var uuid) ? new(uuid.ToString("N")) : default;
        return id != default;
    }

    /// <summary>The name in the address of a file of another dialect.</summary>
    public static bool TryReadName(string text, [NotNullWhen(true)] out string? name)
    {
        name = null;
        if (!text.StartsWith(NameMark, StringComparison.Ordinal) || !Base64Url.IsValid(text.AsSpan(NameMark.Length))) return false;
        name = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text.AsSpan(NameMark.Length)));
        return FileNames.IsValid(name);
    }
}
