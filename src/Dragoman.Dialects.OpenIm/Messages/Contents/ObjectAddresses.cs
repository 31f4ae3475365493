using Dragoman.Engine.Files;

namespace Dragoman.Dialects.OpenIm.Messages.Contents;

/// <summary>Addresses of objects (section 13), <c>http://host/…/object/{name}</c>, as messages hold them.</summary>
internal static class ObjectAddresses
{
    private const string Mark = "/object/";

    /// <summary>The object's name; empty when the address is none of ours, or somebody else's by the look of it.</summary>
    public static string NameIn(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return "";
        var path = uri.AbsolutePath;
        var at = path.IndexOf(Mark, StringComparison.Ordinal);
        if (at < 0) return "";

        var name = Uri.UnescapeDataString(path[(at + Mark.Length)..]);
        return FileNames.IsValid(name) ? name : "";
    }
}
