using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Dragoman.Dialects.Agora.Http;

/// <summary>Where the next page of a list begins, in a form that clients do not look into.</summary>
internal static class PageCursor
{
    private const int MaxChars = 32;

    public static readonly AgoraError Invalid = AgoraErrors.IllegalArgument.With("cursor is invalid");

    /// <returns>Null when that was the last page.</returns>
    public static string? After(long skip, int count, long total) => skip + count < total ? At(skip + count) : null;

    public static string At(long skip) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(skip.ToString(CultureInfo.InvariantCulture)));

    /// <returns>How many items lie before the page; null for a cursor that is none of ours.</returns>
    public static long? SkipOf(string? cursor)
    {
        if (cursor is null) return 0;
        try
        {
            Span<byte> text = stackalloc byte[MaxChars];
            return cursor.Length <= MaxChars && Base64Url.TryDecodeFromChars(cursor, text, out var length)
                && long.TryParse(text[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var skip) ? skip : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
