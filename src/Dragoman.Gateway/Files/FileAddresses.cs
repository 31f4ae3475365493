using System.Globalization;
using Dragoman.Engine;
using Dragoman.Engine.Files;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Gateway.Files;

/// <summary>
/// How signed links are spelled below the address of a dialect: <c>/files/parts/{upload}/{number}</c>, <c>/files/forms/{upload}</c>
/// and <c>/files/{file}</c>, each with <c>?e={Unix seconds}&amp;s={signature}</c>.
/// </summary>
public static class FileAddresses
{
    public const string Root = "/files";
    private const int MaxId = 64;

    /// <param name="baseUrl">The dialect's address of the app, without a slash at the end.</param>
    public static string Spell(FileAddress address, string baseUrl) => address.Direct ?? Spell(address.Link, baseUrl);

    /// <inheritdoc cref="Spell(FileAddress, string)"/>
    public static string Spell(SignedLink signed, string baseUrl)
    {
        var link = signed.Link;
        var path = link.Verb switch
        {
            LinkVerb.PutPart => string.Create(CultureInfo.InvariantCulture, $"/parts/{link.Id}/{link.Part}"),
            LinkVerb.PostForm => $"/forms/{link.Id}",
            _ => $"/{link.Id}",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{baseUrl}{Root}{path}?e={link.ExpiresAt}&s={signed.Signature}");
    }

    public static bool IsFile(PathString path) => path.StartsWithSegments(Root, StringComparison.Ordinal);

    /// <summary>Reads a link back; whether its signature is right is the engine's question.</summary>
    /// <returns>Null when the address is none of ours.</returns>
    public static SignedLink? TryRead(HttpRequest request, AppId app)
    {
        var parts = (request.Path.Value ?? "")[Root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (verb, id, part) = parts switch
        {
            ["parts", var upload, var number] => (LinkVerb.PutPart, upload, TryNumber(number)),
            ["forms", var upload] => (LinkVerb.PostForm, upload, 1),
            [var file] => (LinkVerb.Read, file, 0),
            _ => (default, "", -1),
        };
        if (part < 0 || id.Length is 0 or > MaxId) return null;

        var expiry = long.TryParse(request.Query["e"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;
        return new SignedLink(new FileLink(verb, app, id, part, expiry), request.Query["s"].ToString());
    }

    private static int TryNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : -1;
}
