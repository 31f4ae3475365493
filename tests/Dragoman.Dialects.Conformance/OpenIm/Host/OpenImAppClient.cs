using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Engine;

namespace Dragoman.Dialects.Conformance.OpenIm.Host;

/// <summary>What an app's own server and its clients do: calls, accounts, tokens, connections.</summary>
internal sealed class OpenImAppClient(OpenImServer server, string name, string path)
{
    public const string Admin = "imAdmin";

    /// <summary>A second administrator, for the tests that spoil an administrator's tokens.</summary>
    public const string OtherAdmin = "otherAdmin";

    public static readonly string[] Admins = [Admin, OtherAdmin];

    private static readonly HttpClient Http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(1) });
    private static readonly TimeSpan AdminTokenAge = TimeSpan.FromMinutes(1);
    private static int s_users;
    private string? _adminToken;
    private DateTimeOffset _adminTokenAt;

    public string Name { get; } = name;
    /// <summary>How the engine calls the app.</summary>
    public AppId Id => Server.Get<OpenImApps>().All.Single(app => app.Name == Name).Id;

    public string Secret { get; } = $"the secret of {name}";
    public OpenImServer Server { get; } = server;

    public Uri Uri(string relative) => new(Server.Address, path + relative);

    /// <summary>A POST with all headers that there have to be.</summary>
    /// <param name="body">JSON text, or an object to be serialized.</param>
    /// <param name="token">Left out when null.</param>
    public Task<ApiReply> PostAsync(string route, object body, string? token = null) =>
        PostAsync(route, body as string ?? JsonSerializer.Serialize(body), operationId: "op", token);

    public async Task<ApiReply> PostAsync(string route, string json, string? operationId, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Uri(route)) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (operationId is not null) request.Headers.Add("operationID", operationId);
        if (token is not null) request.Headers.Add("token", token);
        return await SendAsync(request);
    }

    /// <summary>A call as the app's server.</summary>
    public async Task<ApiReply> AdminPostAsync(string route, object body) => await PostAsync(route, body, await AdminTokenAsync());

    public static async Task<ApiReply> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request);
        return await ApiReply.OfAsync(response);
    }

    /// <summary>A token of the administrator, fetched again when the clock has moved.</summary>
    public async Task<string> AdminTokenAsync()
    {
        var now = Server.Clock.GetUtcNow();
        if (_adminToken is not null && now - _adminTokenAt < AdminTokenAge) return _adminToken;
        _adminTokenAt = now;
        return _adminToken = await AdminTokenAsync(Admin);
    }

    public async Task<string> AdminTokenAsync(string userId)
    {
        var reply = await PostAsync("/auth/get_admin_token", new { secret = Secret, userID = userId });
        return reply.Succeeded().Data.GetProperty("token").GetString()!;
    }

    /// <summary>Registers an account that no other test has.</summary>
    /// <returns>Its id, which begins with <paramref name="stem"/>.</returns>
    public async Task<string> NewUserAsync(string stem) => (await NewUsersAsync(stem))[0];

    public async Task<string[]> NewUsersAsync(params string[] stems)
    {
        string[] ids = [.. stems.Select(Unique)];
        (await AdminPostAsync("/user/user_register", new { users = ids.Select(id => new { userID = id, nickname = "Nick " + id }) })).Succeeded();
        return ids;
    }

    /// <summary>An id that nobody has used in this run.</summary>
    public static string Unique(string stem) =>
        string.Create(CultureInfo.InvariantCulture, $"{stem}{Interlocked.Increment(ref s_users)}");

    /// <summary>A user's token; two of one second would be the same one, so the clock moves on first.</summary>
    public async Task<string> TokenAsync(string userId, int platform = 5)
    {
        Server.Clock.Advance(TimeSpan.FromSeconds(1));
        return (await AdminPostAsync("/auth/get_user_token", new { userID = userId, platformID = platform }))
            .Succeeded().Data.GetProperty("token").GetString()!;
    }

    /// <summary>Registers an account and logs it in.</summary>
    public async Task<(string Id, string Token)> NewLoginAsync(string stem)
    {
        var id = await NewUserAsync(stem);
        return (id, await TokenAsync(id));
    }

    /// <summary>Registers an account and opens its long connection.</summary>
    public async Task<OpenImClient> NewClientAsync(string stem, WireKind kind = WireKind.Json)
    {
        var id = await NewUserAsync(stem);
        return await ConnectAsync(id, await TokenAsync(id), kind: kind);
    }

    /// <summary>Opens a long connection that must succeed, and waits for the welcome.</summary>
    public async Task<OpenImClient> ConnectAsync(
        string userId, string token, int platform = 5, WireKind kind = WireKind.Json, string extra = "&isMsgResp=true&isBackground=false")
    {
        var query = Query(userId, token, platform.ToString(CultureInfo.InvariantCulture)) + extra + kind switch
        {
            WireKind.Json => "&sdkType=js",
            WireKind.Gob => "",
            _ => "&compression=gzip",
        };
        return await OpenImClient.ConnectAsync(this, userId, token, SocketUri(query), kind);
    }

    /// <summary>The query that every SDK sends, without the flags.</summary>
    public static string Query(string userId, string token, string platform = "5") =>
        $"?sendID={System.Uri.EscapeDataString(userId)}&token={System.Uri.EscapeDataString(token)}&platformID={platform}&operationID=op";

    public Uri SocketUri(string query) => new UriBuilder(Uri("/ws" + query)) { Scheme = "ws" }.Uri;

    /// <summary>A handshake whose answer is read as plain HTTP.</summary>
    public async Task<ApiReply> HandshakeAsync(string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Uri("/ws" + query));
        request.Headers.Add("Connection", "Upgrade");
        request.Headers.Add("Upgrade", "websocket");
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        return await SendAsync(request);
    }

    /// <summary>A token that this app's server would have signed, with any claims.</summary>
    public string Sign(string userId, int platform, DateTimeOffset expires, DateTimeOffset? notBefore = null, string? secret = null)
    {
        var claims = new Dictionary<string, object>
        {
            ["UserID"] = userId,
            ["PlatformID"] = platform,
            ["exp"] = expires.ToUnixTimeSeconds(),
            ["iat"] = Server.Clock.GetUtcNow().ToUnixTimeSeconds() - 5,
        };
        if (notBefore is { } start) claims["nbf"] = start.ToUnixTimeSeconds();
        var signed = $"{Part(new { alg = "HS256", typ = "JWT" })}.{Part(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? Secret), Encoding.ASCII.GetBytes(signed)))}";

        static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
    }

    /// <summary>Founds a group through the API.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> NewGroupAsync(string owner, string[] members, string[]? admins = null, int needVerification = 2)
    {
        var reply = await AdminPostAsync("/group/create_group", new
        {
            ownerUserID = owner,
            memberUserIDs = members,
            adminUserIDs = admins ?? [],
            groupInfo = new { groupName = "a group", groupType = 2, needVerification },
        });
        return reply.Succeeded().Data.GetProperty("groupInfo").GetProperty("groupID").GetString()!;
    }
}
