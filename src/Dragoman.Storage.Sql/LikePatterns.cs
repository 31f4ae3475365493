namespace Dragoman.Storage.Sql;

/// <summary>Patterns for <c>LIKE ? ESCAPE '\'</c>: what a client typed matches as it is.</summary>
internal static class LikePatterns
{
    public static string Containing(string text) => $"%{Escape(text)}%";

    private static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
