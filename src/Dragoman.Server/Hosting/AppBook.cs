using System.Text.Json;
using Dragoman.Engine;
using Dragoman.Engine.Contents;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Words;
using Dragoman.Gateway.Dialects;
using Dragoman.Server.Configuration;

namespace Dragoman.Server.Hosting;

/// <summary>The apps of this server: from the file into the database, from the database to the dialects.</summary>
internal sealed class AppBook(ServerSettings settings, DataDirectory data, IAppStore store, WordDesk words, ContentTexts texts, IEnumerable<IDialect> dialects)
{
    private readonly IDialect[] _dialects = [.. dialects];
    private readonly List<(AppId Id, AppDefinition Definition)> _apps = [];

    public AppId? Find(string name) =>
        _apps.Where(a => a.Definition.Name == name).Select(a => (AppId?)a.Id).FirstOrDefault();

    /// <summary>Reads everything and reports all that is wrong with it.</summary>
    /// <returns>Whether this is a first start, for which an apps file was made.</returns>
    public async Task<bool> LoadAsync(ConfigurationFaults faults, CancellationToken ct)
    {
        var known = await store.ListAsync(ct);
        var path = settings.AppsPath ?? data.DefaultAppsPath;
        var isFirstStart = settings.AppsPath is null && !File.Exists(path) && known.Count == 0;
        if (isFirstStart && !faults.Any) AppsFile.Make(path, _dialects);

        if (File.Exists(path))
        {
            foreach (var app in AppsFile.Read(path, faults).Where(app => known.All(k => k.Name != app.Name)))
            {
                Validate(app, faults);
                _ = WordSettings.Read(app, settings.DataPath, faults);
                _ = LanguageSettings.Read(app, faults);
                if (!faults.Any) await store.AddAsync(app.Name, app.Root.GetRawText(), ct);
            }
        }
        else if (settings.AppsPath is not null)
        {
            faults.Add("apps", $"{path} does not exist");
        }

        foreach (var stored in await store.ListAsync(ct)) Keep(stored, isKnown: known.Any(k => k.Id == stored.Id), faults);
        CheckListeners(faults);
        return isFirstStart;
    }

    /// <summary>Hands every app to the dialects that it speaks. The engine runs.</summary>
    public async Task OpenAsync(CancellationToken ct)
    {
        foreach (var (id, definition) in _apps)
        {
            foreach (var dialect in _dialects.Where(definition.Speaks)) await dialect.AddAppAsync(id, definition.SectionsOf(dialect) with { IsDev = settings.IsDev }, ct);
        }
    }

    /// <summary>Prints what to paste into the SDKs.</summary>
    public void Describe(TextWriter output)
    {
        output.WriteLine($"Made {data.DefaultAppsPath} with fresh secrets. To point an SDK at this server:");
        foreach (var (_, definition) in _apps)
        {
            foreach (var dialect in _dialects.Where(definition.Speaks))
            {
                output.WriteLine($"  app {definition.Name}, {dialect.Name}:");
                foreach (var line in dialect.Describe(definition.SectionsOf(dialect), settings.Urls[0])) output.WriteLine($"    {line}");
            }
        }
    }

    private void Keep(StoredApp stored, bool isKnown, ConfigurationFaults faults)
    {
        using var document = JsonDocument.Parse(stored.Definition, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        if (AppsFile.Parse(document.RootElement.Clone(), stored.Name, faults) is not { } definition) return;
        if (isKnown) Validate(definition, faults);
        words.Set(stored.Id, WordSettings.Read(definition, settings.DataPath, faults));
        texts.Speak(stored.Id, LanguageSettings.Read(definition, faults));
        _apps.Add((stored.Id, definition));
    }

    private void Validate(AppDefinition app, ConfigurationFaults faults)
    {
        foreach (var dialect in _dialects.Where(app.Speaks))
        {
            foreach (var fault in dialect.Validate(app.SectionsOf(dialect), settings.IsDev)) faults.Add($"{app.Name}.{fault.Key}", fault.Problem);
        }
    }

    private void CheckListeners(ConfigurationFaults faults)
    {
        for (var i = 0; i < settings.Listeners.Count; i++)
        {
            var listener = settings.Listeners[i];
            if (Array.TrueForAll(_dialects, d => d.Name != listener.Dialect))
                faults.Add($"Listeners:{i}:Dialect", $"\"{listener.Dialect}\" is none of {string.Join(", ", _dialects.Select(d => d.Name))}");
            if (listener.App is { } app && Find(app) is null)
                faults.Add($"Listeners:{i}:App", $"there is no app \"{app}\"");
        }
    }
}
