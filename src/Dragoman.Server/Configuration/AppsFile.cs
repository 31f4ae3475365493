using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Gateway.Dialects;

namespace Dragoman.Server.Configuration;

/// <summary>One app as its operator wrote it.</summary>
internal sealed record AppDefinition(string Name, bool IsDefault, JsonElement Root)
{
    /// <summary>The parts of the definition that one dialect reads.</summary>
    public AppSections SectionsOf(IDialect dialect)
    {
        Root.TryGetProperty(dialect.Section, out var credentials);
        var settings = Root.TryGetProperty("settings", out var all) && all.ValueKind == JsonValueKind.Object
            && all.TryGetProperty(dialect.Section, out var own) ? own : default;
        return new(Name, IsDefault, credentials, settings);
    }

    public bool Speaks(IDialect dialect) =>
        Root.TryGetProperty(dialect.Section, out var section) && section.ValueKind == JsonValueKind.Object;
}

/// <summary>Reads and makes apps files.</summary>
internal static class AppsFile
{
    private const int MaxName = 64;

    // The sections of all dialects that there will be: one file serves every version.
    private static readonly string[] KnownMembers =
        ["name", "default", "settings", "tencent", "jmessage", "openIm", "agora", "wilddog"];

    private static readonly string[] KnownSettings = ["engine", "tencent", "jmessage", "openIm", "agora", "wilddog"];

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static IReadOnlyList<AppDefinition> Read(string path, ConfigurationFaults faults)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
            root = document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            faults.Add("apps", $"{path}: {e.Message}");
            return [];
        }

        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("apps", out var apps) || apps.ValueKind != JsonValueKind.Array)
        {
            faults.Add("apps", $"{path} must hold an object with the array \"apps\"");
            return [];
        }

        return [.. apps.EnumerateArray().Select((app, i) => Parse(app, $"apps[{i}]", faults)).OfType<AppDefinition>()];
    }

    /// <returns>Null, and faults, when it is no definition.</returns>
    public static AppDefinition? Parse(JsonElement app, string key, ConfigurationFaults faults)
    {
        if (app.ValueKind != JsonValueKind.Object)
        {
            faults.Add(key, "must be an object");
            return null;
        }

        foreach (var member in app.EnumerateObject().Where(m => !KnownMembers.Contains(m.Name, StringComparer.Ordinal)))
            faults.Add($"{key}.{member.Name}", "is not a member of an app");
        if (app.TryGetProperty("settings", out var settings))
        {
            if (settings.ValueKind != JsonValueKind.Object) faults.Add($"{key}.settings", "must be an object");
            else foreach (var member in settings.EnumerateObject().Where(m => !KnownSettings.Contains(m.Name, StringComparer.Ordinal)))
                faults.Add($"{key}.settings.{member.Name}", "is not a section of settings");
        }

        var name = app.TryGetProperty("name", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        if (name.Length is 0 or > MaxName || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            faults.Add($"{key}.name", $"must be 1 to {MaxName} letters, digits, - or _");
            return null;
        }

        var isDefault = app.TryGetProperty("default", out var flag) && flag.ValueKind == JsonValueKind.True;
        return new(name, isDefault, app);
    }

    /// <summary>Writes a file with one app and fresh secrets, readable by its owner only.</summary>
    public static void Make(string path, IEnumerable<IDialect> dialects)
    {
        var app = new JsonObject { ["name"] = "demo", ["default"] = true };
        foreach (var dialect in dialects)
            app[dialect.Section] = JsonSerializer.SerializeToNode(dialect.MakeCredentials(RandomSecrets.Instance));
        app["settings"] = new JsonObject();

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, options);
        file.WriteLine(new JsonObject { ["apps"] = new JsonArray(app) }.ToJsonString(Indented));
    }

    private sealed class RandomSecrets : ISecrets
    {
        public static readonly RandomSecrets Instance = new();

        public string Hex(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));
    }
}
