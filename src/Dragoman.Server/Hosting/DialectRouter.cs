using System.Collections.Frozen;
using Dragoman.Engine;
using Dragoman.Gateway.Dialects;
using Dragoman.Server.Configuration;

namespace Dragoman.Server.Hosting;

/// <summary>Finds a request's dialect: by the listener it came through, the host it asked for, or the first segment of its path.</summary>
internal sealed class DialectRouter(IEnumerable<IDialect> dialects, ServerSettings settings, AppBook apps)
{
    private readonly FrozenDictionary<string, IDialect> _byName = dialects.ToFrozenDictionary(d => d.Name, StringComparer.Ordinal);

    private readonly FrozenDictionary<string, IDialect> _byHost = dialects
        .SelectMany(d => d.HostNames.Select(host => (host, d)))
        .ToFrozenDictionary(pair => pair.host, pair => pair.d, StringComparer.OrdinalIgnoreCase);

    private readonly FrozenDictionary<int, ListenerSettings> _byPort = settings.Listeners.ToFrozenDictionary(l => l.Port);

    public Task ServeAsync(HttpContext http)
    {
        if (_byPort.TryGetValue(http.Connection.LocalPort, out var listener))
            return _byName[listener.Dialect].ServeAsync(http, listener.App is { } name ? apps.Find(name) : null);
        if (_byHost.Count > 0 && _byHost.TryGetValue(http.Request.Host.Host, out var vendor)) return vendor.ServeAsync(http, app: null);

        var path = http.Request.Path.Value ?? "";
        var end = path.Length > 1 ? path.IndexOf('/', 1) : -1;
        var first = end < 0 ? path : path[..end];
        if (first.Length > 1 && _byName.TryGetValue(first[1..], out var dialect))
        {
            http.Request.PathBase = http.Request.PathBase.Add(first);
            http.Request.Path = end < 0 ? PathString.Empty : new PathString(path[end..]);
            return dialect.ServeAsync(http, app: null);
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
