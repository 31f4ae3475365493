using System.Text.Json;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Webhooks;
using Dragoman.Engine;
using Dragoman.Gateway.Dialects;
using Dragoman.Gateway.Transports;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Dialects.OpenIm;

/// <summary>Where the server hands over requests and apps.</summary>
internal sealed class OpenImFrontDoor(OpenImApps apps, OpenImApi api, OpenImGateway gateway, Administrators administrators, WebhookKeys webhookKeys) : IDialect
{
    private const string DevSuperCode = "666666"; // the vendor's default
    private const string KnownSecret = "openIM123"; // the vendor's default, in every tutorial
    private static readonly string[] RouteRoots =
        ["auth", "user", "friend", "group", "conversation", "msg", "jssdk", "third", "object", "files", "statistics", "config", "ws", "account", "applet", "application", "callback", "client_config"];

    private OpenImApp? _default;

    public string Name => "openim";
    public string Section => "openIm";

    /// <summary>None: every installation of the vendor's server has a host name of its own.</summary>
    public IReadOnlyCollection<string> HostNames => [];

    public object MakeCredentials(ISecrets secrets) => new { secret = secrets.Hex(16), adminUserIds = new[] { "imAdmin" } };

    public IEnumerable<AppFault> Validate(AppSections sections, bool isDev)
    {
        var faults = new List<AppFault>();
        if (RouteRoots.Contains(sections.AppName, StringComparer.Ordinal))
            faults.Add(new("name", $"\"{sections.AppName}\" is the first segment of the vendor's own paths; choose another"));
        if (SectionReader.Read(sections.Credentials, OpenImOptionsJson.Default.OpenImAppOptions, "openIm", faults) is { } options)
            Validate(options, isDev, faults);
        if (SectionReader.Read(sections.Settings, OpenImOptionsJson.Default.OpenImSettings, "settings.openIm", faults) is { } settings)
        {
            Validate(settings, faults);
            settings.Business?.Validate(isDev, faults);
            AppWebhooks.Read(settings.Webhooks, webhookKeys.All, faults);
        }

        return faults;
    }

    public Task AddAppAsync(AppId app, AppSections sections, CancellationToken ct)
    {
        var faults = new List<AppFault>();
        var options = SectionReader.Read(sections.Credentials, OpenImOptionsJson.Default.OpenImAppOptions, "openIm", faults)!;
        var settings = SectionReader.Read(sections.Settings, OpenImOptionsJson.Default.OpenImSettings, "settings.openIm", faults)!;
        if (sections.IsDev && settings.Business is { SuperCode: "", CodeUrl: "" } business) business.SuperCode = DevSuperCode;
        var added = new OpenImApp(app, sections.AppName, options, settings, AppWebhooks.Read(settings.Webhooks, webhookKeys.All, faults));
        if (sections.IsDefault || _default is null) _default = added;
        apps.Add(added);
        return administrators.CreateMissingAsync(added, ct);
    }

    public IEnumerable<string> Describe(AppSections sections, string baseUrl)
    {
        var options = SectionReader.Read(sections.Credentials, OpenImOptionsJson.Default.OpenImAppOptions, "openIm", [])!;
        var path = sections.IsDefault ? "/openim" : $"/openim/{sections.AppName}";
        yield return $"apiAddr: \"{baseUrl}{path}\"";
        yield return $"wsAddr:  \"ws{baseUrl.AsSpan("http".Length)}{path}/ws\"";
        if (SectionReader.Read(sections.Settings, OpenImOptionsJson.Default.OpenImSettings, "settings.openIm", [])?.Business is not null)
            yield return $"chatUrl: \"{baseUrl}{path}\"";
        yield return $"admin:   POST {baseUrl}{path}/auth/get_admin_token {{\"secret\":\"{options.Secret}\",\"userID\":\"{options.AdminUserIds[0]}\"}}";
    }

    public Task ServeAsync(HttpContext http, AppId? app)
    {
        var found = app is { } named ? apps.Find(named) : PathApp(http) ?? _default;
        if (found is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return http.Response.WriteAsync("404 page not found", http.RequestAborted);
        }

        return WebSocketHandshake.IsRequested(http) ? gateway.RunAsync(http, found) : api.RunAsync(http, found);
    }

    /// <summary>The app that the first segment of the path names, which then belongs to the base.</summary>
    private OpenImApp? PathApp(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        foreach (var app in apps.All)
        {
            if (!http.Request.Path.StartsWithSegments($"/{app.Name}", StringComparison.Ordinal, out var rest)) continue;
            http.Request.PathBase = http.Request.PathBase.Add(path[..^(rest.Value?.Length ?? 0)]);
            http.Request.Path = rest;
            return app;
        }

        return null;
    }

    private static void Validate(OpenImAppOptions options, bool isDev, List<AppFault> faults)
    {
        if (options.Secret.Length == 0 && !isDev) faults.Add(new("openIm.secret", "is empty"));
        if (options.Secret == KnownSecret && !isDev) faults.Add(new("openIm.secret", "is the vendor's published default: choose your own"));
        if (options.AdminUserIds.Length == 0) faults.Add(new("openIm.adminUserIds", "names nobody"));
        foreach (var id in options.AdminUserIds.Where(id => !OpenImIds.IsUserId(id)))
            faults.Add(new("openIm.adminUserIds", $"\"{id}\" is no user ID: letters, digits and _ only"));
    }

    private static void Validate(OpenImSettings settings, List<AppFault> faults)
    {
        if (settings.MultiLogin.Policy is not (0 or 1 or 4 or 5))
            faults.Add(new("settings.openIm.multiLogin.policy", $"is {settings.MultiLogin.Policy}; the vendor knows 0, 1, 4 and 5"));
        if (settings.MultiLogin.MaxNumOneEnd is < 1 or > 1000)
            faults.Add(new("settings.openIm.multiLogin.maxNumOneEnd", "must be 1 to 1000"));
        if (settings.TokenPolicy.Expire is < 1 or > 36500)
            faults.Add(new("settings.openIm.tokenPolicy.expire", "must be 1 to 36500 days"));
        if (settings.WebsocketMaxConnNum < 1)
            faults.Add(new("settings.openIm.websocketMaxConnNum", "must be at least 1"));
        if (settings.Object.UploadExpireSeconds is < 1 or > 30 * 24 * 3600)
            faults.Add(new("settings.openIm.object.uploadExpireSeconds", "must be 1 to 2592000 seconds"));
        if (settings.Object.MaxFileBytes < 1) faults.Add(new("settings.openIm.object.maxFileBytes", "must be at least 1"));
        if (settings.Object.MaxAppBytes < 1) faults.Add(new("settings.openIm.object.maxAppBytes", "must be at least 1"));
    }
}
