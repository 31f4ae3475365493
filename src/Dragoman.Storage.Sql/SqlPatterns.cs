namespace Dragoman.Storage.Sql;

/// <summary>Patterns for <c>LIKE ? ESCAPE '\'</c>.</summary>
internal static class SqlPatterns
{
    /// <summary>Matches what holds the text anywhere; everything when the text is empty.</summary>
    public static string Containing(string text) => $"%{Escape(text)}%";

    public static string EndingIn(string text) => $"%{Escape(text)}";

    private static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
