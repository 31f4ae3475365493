using Dragoman.Engine;

namespace Dragoman.Dialects.OpenIm.Apps;

/// <summary>The apps that speak this dialect. Filled once at start, then only read.</summary>
internal sealed class OpenImApps
{
    private readonly Dictionary<AppId, OpenImApp> _byId = [];

    public IEnumerable<OpenImApp> All => _byId.Values;

    public OpenImApp? Find(AppId app) => _byId.GetValueOrDefault(app);

    public void Add(OpenImApp app) => _byId[app.Id] = app;
}
