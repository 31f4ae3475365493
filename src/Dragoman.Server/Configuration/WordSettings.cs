using System.Text;
using System.Text.Json;
using Dragoman.Engine.Words;

namespace Dragoman.Server.Configuration;

/// <summary>
/// <c>settings.engine.words</c> of an app: <c>refuse</c> and <c>mask</c> name files (UTF-8, a word a line; a path that is not absolute begins in
/// the data directory), <c>places</c> is a list of <c>messages</c>, <c>groups</c>, <c>profiles</c>, <c>relations</c>, all of them when it is not given.
/// </summary>
internal static class WordSettings
{
    private const string Key = "settings.engine.words";
    private const int MaxWords = 1_000_000;
    private const long MaxFileBytes = 128 * 1024 * 1024;

    private static readonly Dictionary<string, WordPlaces> Places = new(StringComparer.Ordinal)
    {
        ["messages"] = WordPlaces.Messages,
        ["groups"] = WordPlaces.Groups,
        ["profiles"] = WordPlaces.Profiles,
        ["relations"] = WordPlaces.Relations,
    };

    /// <returns>Null when the app has none, or when there is a fault.</returns>
    public static WordFilter? Read(AppDefinition app, string dataPath, ConfigurationFaults faults)
    {
        if (Engine(app, faults) is not { } engine || !engine.TryGetProperty("words", out var words)) return null;

        var key = $"{app.Name}.{Key}";
        if (words.ValueKind != JsonValueKind.Object)
        {
            faults.Add(key, "must be an object");
            return null;
        }

        var known = faults.All.Count;
        foreach (var member in words.EnumerateObject().Where(m => m.Name is not ("refuse" or "mask" or "places")))
            faults.Add($"{key}.{member.Name}", "is none of refuse, mask, places");
        var filter = new WordFilter(
            WordsOf(words, "refuse", key, dataPath, faults), WordsOf(words, "mask", key, dataPath, faults), PlacesOf(words, key, faults));
        return faults.All.Count == known ? filter : null;
    }

    private static JsonElement? Engine(AppDefinition app, ConfigurationFaults faults)
    {
        if (!app.Root.TryGetProperty("settings", out var settings) || settings.ValueKind != JsonValueKind.Object) return null;
        if (!settings.TryGetProperty("engine", out var engine)) return null;
        if (engine.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{app.Name}.settings.engine", "must be an object");
            return null;
        }

        foreach (var member in engine.EnumerateObject().Where(m => m.Name is not ("words" or "language")))
            faults.Add($"{app.Name}.settings.engine.{member.Name}", "is not a setting of the engine");
        return engine;
    }

    private static List<string> WordsOf(JsonElement words, string member, string key, string dataPath, ConfigurationFaults faults)
    {
        if (!words.TryGetProperty(member, out var path)) return [];
        if (path.ValueKind != JsonValueKind.String || path.GetString() is not { Length: > 0 } file)
        {
            faults.Add($"{key}.{member}", "must be the path of a file with a word a line");
            return [];
        }

        try
        {
            return Load(new FileInfo(Path.Combine(dataPath, file)), $"{key}.{member}", faults);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            faults.Add($"{key}.{member}", e.Message);
            return [];
        }
    }

    private static List<string> Load(FileInfo file, string key, ConfigurationFaults faults)
    {
        var words = new List<string>();
        if (file.Length > MaxFileBytes)
        {
            faults.Add(key, $"{file.FullName} is larger than {MaxFileBytes} bytes");
            return words;
        }

        var number = 0;
        foreach (var line in File.ReadLines(file.FullName, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)))
        {
            number++;
            var word = line.Trim();
            if (word.Length > WordMatcher.MaxWordLength || words.Count == MaxWords)
            {
                faults.Add(key, word.Length > WordMatcher.MaxWordLength
                    ? $"{file.FullName}:{number}: the word has more than {WordMatcher.MaxWordLength} characters"
                    : $"{file.FullName} has more than {MaxWords} words");
                return words;
            }

            if (word.Length > 0) words.Add(word);
        }

        return words;
    }

    private static WordPlaces PlacesOf(JsonElement words, string key, ConfigurationFaults faults)
    {
        if (!words.TryGetProperty("places", out var list)) return WordPlaces.All;
        if (list.ValueKind != JsonValueKind.Array)
        {
            faults.Add($"{key}.places", "must be a list");
            return WordPlaces.None;
        }

        var places = WordPlaces.None;
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String && Places.TryGetValue(item.GetString()!, out var place)) places |= place;
            else faults.Add($"{key}.places", $"{item.GetRawText()} is none of {string.Join(", ", Places.Keys)}");
        }

        return places;
    }
}
