using System.Globalization;
using System.Text.Json.Nodes;

namespace Dragoman.Dialects.Agora.Conversations;

/// <summary>The vendor's twenty marks, <c>mark_0</c> to <c>mark_19</c>, in the bits of a conversation that are theirs.</summary>
internal static class ConversationMarks
{
    private const int Count = 20;
    private const string Prefix = "mark_";

    /// <summary>The lower half of the bits belongs to other dialects' marks.</summary>
    private const int FirstBit = 32;

    /// <returns>0 when it is none.</returns>
    public static long Read(string? mark) =>
        mark is not null && mark.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(mark.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < Count
            ? 1L << (FirstBit + number)
            : 0;

    public static JsonArray Write(long marks)
    {
        var names = new JsonArray();
        for (var i = 0; i < Count; i++)
        {
            if ((marks & (1L << (FirstBit + i))) != 0) names.Add(NameOf(i));
        }

        return names;
    }

    /// <summary>The first of some marks; null when none of them is the vendor's.</summary>
    public static string? First(long marks) => Write(marks) is [var first, ..] ? first!.GetValue<string>() : null;

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}");
}
