using System.Text.Json;

namespace Dragoman.Dialects.OpenIm.Messages.Contents;

/// <summary>Members of content that a client wrote: whatever is missing or of another type is the zero of the type.</summary>
internal static class JsonMembers
{
    public static string Text(this JsonElement json, string name) => json.Member(name) is { ValueKind: JsonValueKind.String } member ? TextOf(member) : "";

    public static long Number(this JsonElement json, string name)
    {
        if (json.Member(name) is not { ValueKind: JsonValueKind.Number } member) return 0;
        if (member.TryGetInt64(out var number)) return number;
        return member.TryGetDouble(out var real) && Math.Abs(real) < long.MaxValue ? (long)real : 0;
    }

    public static double Real(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.Number } member && member.TryGetDouble(out var number) ? number : 0;

    public static IReadOnlyList<string> Texts(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(TextOf)]
            : [];

    private static string TextOf(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException) // half a surrogate pair, escaped
        {
            return "";
        }
    }

    /// <summary>An undefined element when there is none.</summary>
    public static JsonElement Member(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member : default;
}
