using Dragoman.Engine;

namespace Dragoman.Dialects.Agora.Apps;

/// <summary>The apps that speak this dialect, by each of their names. Filled once at start, then only read.</summary>
internal sealed class AgoraApps
{
    private readonly Dictionary<AppId, AgoraApp> _byId = [];
    private readonly Dictionary<string, AgoraApp> _byKey = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, AgoraApp> _byAppId = new(StringComparer.OrdinalIgnoreCase);

    public AgoraApp? Find(AppId app) => _byId.GetValueOrDefault(app);

    /// <param name="key"><c>org#app</c>.</param>
    public AgoraApp? FindByKey(string key) => _byKey.GetValueOrDefault(key);

    /// <param name="appId">The 32 hex digits.</param>
    public AgoraApp? FindByAppId(string appId) => _byAppId.GetValueOrDefault(appId);

    /// <summary>The app of an organization that has only one.</summary>
    public AgoraApp? FindByOrg(string org)
    {
        AgoraApp[] found = [.. _byId.Values.Where(a => string.Equals(a.Options.OrgName, org, StringComparison.OrdinalIgnoreCase))];
        return found is [var only] ? only : null;
    }

    public void Add(AgoraApp app)
    {
        _byId[app.Id] = app;
        _byKey[app.Key] = app;
        if (app.Options.AppId.Length > 0) _byAppId[app.Options.AppId] = app;
    }
}
