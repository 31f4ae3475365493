using System.Text;

namespace Dragoman.Storage.Sql;

/// <summary>
/// Text as every database can keep it: PostgreSQL refuses NUL and half characters, SQLite ends a text at NUL. Both become
/// U+FFFD, in both databases, so that no text makes a write fail and each reads the same.
/// </summary>
internal static class StoredText
{
    private const char Replacement = '\uFFFD';

    public static string Of(string value)
    {
        if (value.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0) value = WithoutHalves(value);
        return value.Contains('\0', StringComparison.Ordinal) ? value.Replace('\0', Replacement) : value;
    }

    // The encoder writes U+FFFD for half a surrogate pair.
    private static string WithoutHalves(string value) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value));
}
