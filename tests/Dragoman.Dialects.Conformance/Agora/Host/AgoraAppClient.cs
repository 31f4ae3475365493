using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.Agora.Host;

/// <summary>An answer of the HTTP API, taken apart.</summary>
internal sealed record RestReply(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    private readonly Lazy<JsonElement> _root = new(() => JsonDocument.Parse(Text).RootElement);

    public JsonElement Root => _root.Value;
    public JsonElement Data => Root.GetProperty("data");
    public JsonElement[] Entities => [.. Root.GetProperty("entities").EnumerateArray()];
    public string? Description => Root.TryGetProperty("error_description", out var text) ? text.GetString() : null;

    public string TextOf(string member) => Root.GetProperty(member).GetString()!;

    public RestReply Succeeded()
    {
        Assert.True(Status == HttpStatusCode.OK, Text);
        return this;
    }

    public RestReply Failed(int status, string error, string? description = null)
    {
        Assert.Equal((status, error, description ?? Description), ((int)Status, TextOf("error"), Description));
        Assert.NotNull(Description);
        Assert.StartsWith("application/json", Headers["Content-Type"], StringComparison.Ordinal);
        return this;
    }
}

/// <summary>What an app's own server and its clients do.</summary>
internal sealed class AgoraAppClient(InProcessServer server, string name)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private static readonly TimeSpan TokenAge = TimeSpan.FromMinutes(1);
    private static int s_users;
    private string? _token;
    private DateTimeOffset _tokenAt;

    public InProcessServer Server { get; } = server;
    public string Name { get; } = name;
    public string Org => "org";
    public string Key => $"{Org}#{Name}";
    public string ClientId { get; } = $"YXA6{name}";
    public string ClientSecret { get; } = $"the secret of {name}";
    public string AppId { get; } = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes("id " + name)));
    public string Certificate { get; } = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes("certificate " + name)));

    /// <summary>The app's section of an apps file.</summary>
    public JsonObject Section => new()
    {
        ["orgName"] = Org,
        ["appName"] = Name,
        ["clientId"] = ClientId,
        ["clientSecret"] = ClientSecret,
        ["appId"] = AppId,
        ["appCertificate"] = Certificate,
    };

    public Uri Uri(string path) => new(Server.Address, $"/agora/{Org}/{Name}{path}");

    public static string PasswordOf(string user) => "secret of " + user;

    /// <param name="token">Left out when null.</param>
    public Task<RestReply> CallAsync(string method, string path, object? body = null, string? token = null) =>
        SendAsync(new HttpRequestMessage(new HttpMethod(method), Uri(path)), body, token);

    /// <summary>A call with the app's token.</summary>
    public async Task<RestReply> AdminAsync(string method, string path, object? body = null) => await CallAsync(method, path, body, await TokenAsync());

    /// <param name="body">JSON text, or an object to be serialized.</param>
    public static async Task<RestReply> SendAsync(HttpRequestMessage request, object? body = null, string? token = null)
    {
        using (request)
        {
            if (body is not null) request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
            if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await Http.SendAsync(request);
            var headers = response.Headers.Concat(response.Content.Headers)
                .ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase);
            return new(response.StatusCode, await response.Content.ReadAsStringAsync(), headers);
        }
    }

    public async Task<string> TokenAsync()
    {
        var now = Server.Clock.GetUtcNow();
        if (_token is not null && now - _tokenAt < TokenAge) return _token;
        _tokenAt = now;
        var reply = await CallAsync("POST", "/token", new { grant_type = "client_credentials", client_id = ClientId, client_secret = ClientSecret });
        return _token = reply.Succeeded().TextOf("access_token");
    }

    public async Task<string> UserTokenAsync(string user, long? ttl = null) =>
        (await AdminAsync("POST", "/token", new { grant_type = "inherit", username = user, ttl })).Succeeded().TextOf("access_token");

    /// <summary>Registers an account without a password (hashing one takes a while).</summary>
    public async Task<string> NewUserAsync(string stem = "alice")
    {
        var user = Unique(stem);
        (await AdminAsync("POST", "/token", new { grant_type = "inherit", username = user, autoCreateUser = true })).Succeeded();
        return user;
    }

    public async Task<string> NewUserWithPasswordAsync(string stem = "alice")
    {
        var user = Unique(stem);
        (await AdminAsync("POST", "/users", new { username = user, password = PasswordOf(user) })).Succeeded();
        return user;
    }

    public static string Unique(string stem) => string.Create(CultureInfo.InvariantCulture, $"{stem}{Interlocked.Increment(ref s_users)}");

    public Task<AgoraSocket> ConnectAsync(string path = "/websocket") =>
        AgoraSocket.ConnectAsync(new UriBuilder(new Uri(Server.Address, "/agora" + path)) { Scheme = "ws" }.Uri);

    /// <summary>Opens a connection and logs in, which must succeed.</summary>
    public async Task<AgoraSocket> LogInAsync(string user, string resource = "webim_web_1", string? token = null, string path = "/websocket", string reason = "")
    {
        var socket = await ConnectAsync(path);
        var answer = await socket.ProvisionAsync(Key, user, token ?? await UserTokenAsync(user), resource, reason);
        Assert.True(answer.Status.ErrorCode == Status.Types.ErrorCode.Ok, answer.Status.Reason);
        return socket;
    }

    /// <summary>What a login is refused with; the server hangs up afterwards.</summary>
    public async Task<(Status.Types.ErrorCode Code, string Reason)> RefusedAsync(string user, string token, string? key = null, string resource = "webim_web_1")
    {
        await using var socket = await ConnectAsync();
        var answer = await socket.ProvisionAsync(key ?? Key, user, token, resource);
        await socket.ClosedAsync();
        return (answer.Status.ErrorCode, answer.Status.Reason);
    }

    public async Task<bool> IsOnlineAsync(string user) =>
        (await AdminAsync("GET", $"/users/{user}/status")).Succeeded().Data.GetProperty(user).GetString() == "online";
}
