using System.Text.Json;
using Dragoman.Engine.Contents;

namespace Dragoman.Server.Configuration;

/// <summary><c>settings.engine.language</c> of an app, <c>en</c> or <c>zh</c>: in which the server says what a dialect has no form for.</summary>
internal static class LanguageSettings
{
    public static AppLanguage Read(AppDefinition app, ConfigurationFaults faults)
    {
        if (!app.Root.TryGetProperty("settings", out var settings) || settings.ValueKind != JsonValueKind.Object
            || !settings.TryGetProperty("engine", out var engine) || engine.ValueKind != JsonValueKind.Object
            || !engine.TryGetProperty("language", out var language))
        {
            return AppLanguage.English;
        }

        switch (language.ValueKind == JsonValueKind.String ? language.GetString() : "")
        {
            case "en":
                return AppLanguage.English;
            case "zh":
                return AppLanguage.Chinese;
            default:
                faults.Add($"{app.Name}.settings.engine.language", "is none of en, zh");
                return AppLanguage.English;
        }
    }
}
