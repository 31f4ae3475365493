using System.Text;

namespace Dragoman.Engine.Files;

/// <summary>How a file is shown to a browser: with its type, and never so that what somebody uploaded runs in our origin.</summary>
/// <param name="ContentType">The uploader's, when it is one at all.</param>
/// <param name="Disposition">Inline for what cannot hold a script, else attachment; with the file's name.</param>
public readonly record struct FilePresentation(string ContentType, string Disposition)
{
    private const string Unknown = "application/octet-stream";
    private const string TokenMarks = "!#$%&'*+-.^_`|~";
    private static readonly string[] Inert =
        ["image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp", "image/bmp", "image/avif", "image/heic", "text/plain"];

    public static FilePresentation Of(StoredFile file)
    {
        var (type, parameters) = Split(file.ContentType);
        var isInline = Inert.Contains(type) || type.StartsWith("audio/", StringComparison.Ordinal) || type.StartsWith("video/", StringComparison.Ordinal);
        return new(type + parameters, $"{(isInline ? "inline" : "attachment")}; filename*=UTF-8''{Escape(FileNames.LastPart(file.Name))}");
    }

    /// <summary>The type in lower case, and its charset if it has one; anything that is no media type becomes bytes.</summary>
    private static (string Type, string Parameters) Split(string declared)
    {
        var semicolon = declared.IndexOf(';');
        var type = (semicolon < 0 ? declared : declared[..semicolon]).Trim().ToLowerInvariant();
        var slash = type.IndexOf('/');
        if (slash <= 0 || !IsToken(type.AsSpan(0, slash)) || !IsToken(type.AsSpan(slash + 1))) return (Unknown, "");

        var parameter = semicolon < 0 ? "" : declared[(semicolon + 1)..].Trim();
        var isCharset = parameter.StartsWith("charset=", StringComparison.OrdinalIgnoreCase) && IsToken(parameter.AsSpan("charset=".Length));
        return (type, isCharset ? "; " + parameter : "");
    }

    private static bool IsToken(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !TokenMarks.Contains(c)) return false;
        }

        return !text.IsEmpty;
    }

    /// <summary>RFC 8187: everything but letters, digits and a few marks as the bytes of its UTF-8.</summary>
    private static string Escape(string name)
    {
        var escaped = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(name))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || (b < 0x80 && "!#$&+-.^_`|~".Contains((char)b))) escaped.Append((char)b);
            else escaped.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }
}
