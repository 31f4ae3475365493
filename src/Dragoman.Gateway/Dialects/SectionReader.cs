using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Dragoman.Gateway.Dialects;

/// <summary>Reads a dialect's sections of an app's definition.</summary>
public static class SectionReader
{
    /// <param name="key">Where the section is, for faults.</param>
    /// <returns>The section, with its defaults when there is none; null when there is a fault.</returns>
    public static T? Read<T>(JsonElement section, JsonTypeInfo<T> type, string key, List<AppFault> faults)
        where T : class, new()
    {
        if (section.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return new T();
        try
        {
            return section.Deserialize(type) ?? new T();
        }
        catch (JsonException e)
        {
            faults.Add(new(e.Path is { Length: > 2 } path ? key + path[1..] : key, e.Message.Split(" Path:")[0]));
            return null;
        }
    }
}
