using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Dialects.Agora.Http;

/// <summary><c>GET /easemob/server.json</c>: where clients that look their servers up find this one (section 1.3).</summary>
internal sealed class ServerDocument(AgoraApps apps, TimeProvider clock)
{
    public const string Path = "/easemob/server.json";

    public Task WriteAsync(HttpContext http)
    {
        Cors.Apply(http.Response);
        if (HttpMethods.IsOptions(http.Request.Method)) return Task.CompletedTask;

        var query = http.Request.Query;
        var (key, id) = (query["app_key"].ToString(), query["app_id"].ToString());
        var app = key.Length > 0 ? FindByKey(key) : id.Length > 0 ? apps.FindByAppId(id) : null;
        return app is null
            ? Envelope.WriteAsync(http, AgoraErrors.AppNotFound, clock.GetUtcNow().ToUnixTimeMilliseconds(), took: 0, http.RequestAborted)
            : Envelope.SendAsync(http, StatusCodes.Status200OK, Make(http.Request, app), http.RequestAborted);
    }

    /// <summary>Some layers encode the key twice, and some cut it at its "#".</summary>
    private AgoraApp? FindByKey(string key)
    {
        var decoded = Uri.UnescapeDataString(key);
        return apps.FindByKey(decoded) ?? (decoded.Contains('#', StringComparison.Ordinal) ? null : apps.FindByOrg(decoded));
    }

    private static JsonObject Make(HttpRequest request, AgoraApp app) => new()
    {
        ["deploy_name"] = "dragoman",
        ["file_version"] = "1",
        ["valid_before"] = "-1",
        ["app_key"] = app.Key,
        ["rest"] = Hosts(request),
        ["msync-wx"] = Hosts(request),
        ["enableReportLogs"] = "false",
        ["reportInterval"] = "300000",
        ["enableDataReport"] = "false",
        ["uploadinparts_enable"] = "true",
    };

    /// <summary>One host for each protocol: clients take the one of their own page.</summary>
    private static JsonObject Hosts(HttpRequest request)
    {
        var host = request.Host;
        JsonObject Host(string protocol, int usual) => new()
        {
            ["protocol"] = protocol,
            ["domain"] = host.Host,
            ["port"] = host.Port ?? usual,
        };
        return new JsonObject { ["hosts"] = new JsonArray(Host("https", 443), Host("http", 80)) };
    }
}
