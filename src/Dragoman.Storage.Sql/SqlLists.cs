using System.Numerics;

namespace Dragoman.Storage.Sql;

/// <summary>Lists of values in a statement: <c>IN (?, ?, …)</c>.</summary>
internal static class SqlLists
{
    /// <summary>Placeholders for at least so many values, a power of two: statements are kept, and few are enough for all lengths.</summary>
    public static string Placeholders(int count) => string.Join(", ", Enumerable.Repeat("?", Slots(count)));

    /// <summary>Binds the values, and the last one again into the slots that are left.</summary>
    public static SqlStatement BindAll(this SqlStatement statement, IReadOnlyCollection<string> values)
    {
        var last = "";
        foreach (var value in values) statement.Bind(last = value);
        for (var i = values.Count; i < Slots(values.Count); i++) statement.Bind(last);
        return statement;
    }

    /// <summary>How many values a statement for so many has place for.</summary>
    public static int Slots(int count) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(count, 1));
}
