using System.Text.Json;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Gateway;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Presences;
using Dragoman.Gateway.Dialects;
using Dragoman.Gateway.Transports;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Dialects.Agora;

/// <summary>Where the server hands over requests and apps.</summary>
internal sealed class AgoraFrontDoor(AgoraApps apps, AgoraApi api, AgoraGateway gateway, ServerDocument document, NameFolding folding, PresenceWatch presences) : IDialect
{
    private const string ReservedOrg = "app-id";
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    public string Name => "agora";
    public string Section => "agora";

    /// <summary>Those that are written into the vendor's SDKs and documents.</summary>
    public IReadOnlyCollection<string> HostNames { get; } =
    [
        "rs.easemob.com", "rs.chat.agora.io", "ars.chat.agora.io", "rs.chat.rtnsvc.com", "rs.chat.realtimemesh.com",
        "a1.easemob.com", "a1-vip5.easemob.com", "a1.agora.com", "a1.chat.agora.io", "a41.chat.agora.io", "a61.chat.agora.io", "a71.chat.agora.io",
    ];

    public object MakeCredentials(ISecrets secrets) => new
    {
        orgName = "org",
        appName = "demo",
        clientId = "YXA6" + secrets.Hex(11),
        clientSecret = "YXA6" + secrets.Hex(16),
        appId = secrets.Hex(16),
        appCertificate = secrets.Hex(16),
    };

    public IEnumerable<AppFault> Validate(AppSections sections, bool isDev)
    {
        var faults = new List<AppFault>();
        if (SectionReader.Read(sections.Credentials, AgoraOptionsJson.Default.AgoraAppOptions, "agora", faults) is { } options) Validate(options, sections.AppName, isDev, faults);
        if (SectionReader.Read(sections.Settings, AgoraOptionsJson.Default.AgoraSettings, "settings.agora", faults) is { } settings) Validate(settings, faults);
        return faults;
    }

    public Task AddAppAsync(AppId app, AppSections sections, CancellationToken ct)
    {
        var options = SectionReader.Read(sections.Credentials, AgoraOptionsJson.Default.AgoraAppOptions, "agora", [])!;
        var settings = SectionReader.Read(sections.Settings, AgoraOptionsJson.Default.AgoraSettings, "settings.agora", [])!;
        folding.Use(app); // names are the same however they are spelled
        if (settings.Features.Presence) presences.Use(app);
        apps.Add(new AgoraApp(app, sections.AppName, options, settings));
        return Task.CompletedTask;
    }

    public IEnumerable<string> Describe(AppSections sections, string baseUrl)
    {
        var options = SectionReader.Read(sections.Credentials, AgoraOptionsJson.Default.AgoraAppOptions, "agora", [])!;
        yield return $"appKey: \"{options.OrgName}#{options.AppName}\", isHttpDNS: false,";
        yield return $"apiUrl: \"{baseUrl}/agora\",";
        yield return $"url:    \"ws{baseUrl.AsSpan("http".Length)}/agora/websocket\"   (agora-chat 1.4, easemob-websdk 4.13 and newer)";
        yield return $"url:    \"{baseUrl}/agora/ws\"   (older versions)";
        yield return $"server: POST {baseUrl}/agora/{options.OrgName}/{options.AppName}/token "
            + $"{{\"grant_type\":\"client_credentials\",\"client_id\":\"{options.ClientId}\",\"client_secret\":\"{options.ClientSecret}\"}}";
        if (options.AppId.Length > 0) yield return $"dynamic tokens: App ID {options.AppId}, App Certificate {options.AppCertificate}";
    }

    public Task ServeAsync(HttpContext http, AppId? app)
    {
        if (WebSocketHandshake.IsRequested(http)) return gateway.RunAsync(http, app);

        var path = Collapse(http.Request.Path.Value ?? "");
        if (path == ServerDocument.Path) return document.WriteAsync(http);
        return path == "/ws/info" ? AgoraGateway.WriteInfoAsync(http) : api.RunAsync(http, path, app);
    }

    /// <summary>Double slashes stand in samples of the vendor's own documents.</summary>
    private static string Collapse(string path)
    {
        while (path.Contains("//", StringComparison.Ordinal)) path = path.Replace("//", "/", StringComparison.Ordinal);
        return path;
    }

    private void Validate(AgoraAppOptions options, string appName, bool isDev, List<AppFault> faults)
    {
        Check(IsName(options.OrgName) && options.OrgName != ReservedOrg, "agora.orgName", "must be letters, digits, - or _, and not \"app-id\"");
        Check(IsName(options.AppName), "agora.appName", "must be letters, digits, - or _");
        Check(IsOnlyOne($"{options.OrgName}#{options.AppName}", appName), "agora.appName", "another app has the same org and name");
        Check(options.AppId.Length == 0 || IsOnlyOne(options.AppId, appName), "agora.appId", "another app has the same");
        Check(options.ClientId.Length > 0 || isDev, "agora.clientId", "is empty");
        Check(options.ClientSecret.Length > 0 || isDev, "agora.clientSecret", "is empty");
        Check(options.AppId.Length == 0 || IsHex(options.AppId), "agora.appId", "must be 32 hex digits");
        Check(options.AppCertificate.Length == 0 || IsHex(options.AppCertificate), "agora.appCertificate", "must be 32 hex digits");
        Check(options.AppId.Length == 0 == (options.AppCertificate.Length == 0), "agora.appCertificate", "must be there with the appId, and only then");
        Check(options.AppCertificate.Length == 0 || options.AppCertificate.Distinct().Count() > 1 || isDev, "agora.appCertificate", "can be guessed");

        void Check(bool isFine, string key, string problem)
        {
            if (!isFine) faults.Add(new(key, problem));
        }
    }

    private static void Validate(AgoraSettings settings, List<AppFault> faults)
    {
        Check(settings.TokenSeconds >= 0, "tokenSeconds");
        Check(settings.RecallSeconds >= 0, "recallSeconds");
        foreach (var (name, address) in settings.Services.AllAddresses())
            Check(address.Length == 0 || (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"), $"services.{name}");
        Check(settings.Services.TimeoutSeconds is >= 1 and <= 60, "services.timeoutSeconds");
        Check(settings.UtcOffsetMinutes is >= -14 * 60 and <= 14 * 60, "utcOffsetMinutes");
        Check(settings.DevicesPerPlatform is >= 1 and <= 100, "devicesPerPlatform");
        Check(settings.Limits is { Users: >= 0, DailyUsers: >= 0, MonthlyUsers: >= 0, OnlineUsers: >= 0, Contacts: >= 0, Blocks: >= 0 }, "limits");
        Check(settings.Limits.MessageBytes is >= 256 and <= 64 * 1024, "limits.messageBytes");
        Check(settings.Files is { Bytes: >= 1, Days: >= 0 and <= 36_500 }, "files");
        Check(settings.RoomHistory is >= 0 and <= 200, "roomHistory");
        Check(settings.Limits is { Rooms: >= 0, RoomMembers: >= 1 }, "limits");
        Check(settings.RateLimit is { RoomMessages: >= 0 }, "rateLimit");
        Check(settings.RateLimit is { Calls: >= 0, Registrations: >= 0, Frames: >= 0 }, "rateLimit");

        void Check(bool isFine, string key)
        {
            if (!isFine) faults.Add(new($"settings.agora.{key}", "is out of range"));
        }
    }

    /// <summary>Every app is looked at before any is served.</summary>
    private bool IsOnlyOne(string name, string appName) => _names.TryAdd(name, appName) || _names[name] == appName;

    private static bool IsName(string text) => text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static bool IsHex(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigit);
}
