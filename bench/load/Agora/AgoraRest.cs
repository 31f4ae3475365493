using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dragoman.Load.Agora;

/// <summary>The few HTTP calls that set a run up.</summary>
/// <param name="root">The app's root, such as <c>http://127.0.0.1:5080/agora/org/demo</c>.</param>
internal sealed class AgoraRest(Uri root) : IDisposable
{
    /// <summary>Users that one call takes.</summary>
    internal const int MaxUsers = 60;

    private const int Parallelism = 8;

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = Parallelism }) { Timeout = TimeSpan.FromSeconds(60) };
    private string? _token;

    internal async Task LogInAsync(string clientId, string secret, CancellationToken ct)
    {
        var body = new JsonObject { ["grant_type"] = "client_credentials", ["client_id"] = clientId, ["client_secret"] = secret };
        _token = (await CallAsync("/token", body, ct))["access_token"]!.GetValue<string>();
    }

    /// <summary>Makes the accounts with their first tokens.</summary>
    /// <returns>One token for each user, in the same order.</returns>
    internal async Task<string[]> GetTokensAsync(IReadOnlyList<string> users, CancellationToken ct)
    {
        var tokens = new string[users.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = ct };
        await Parallel.ForAsync(0, users.Count, parallel, async (i, token) =>
        {
            var body = new JsonObject { ["grant_type"] = "inherit", ["username"] = users[i], ["autoCreateUser"] = true };
            tokens[i] = (await CallAsync("/token", body, token))["access_token"]!.GetValue<string>();
        });
        return tokens;
    }

    /// <returns>The room's id.</returns>
    internal async Task<string> CreateRoomAsync(string name, IReadOnlyList<string> members, CancellationToken ct)
    {
        var body = new JsonObject { ["name"] = name, ["description"] = "", ["maxusers"] = 10_000, ["owner"] = members[0] };
        var room = (await CallAsync("/chatrooms", body, ct))["data"]!["id"]!.GetValue<string>();
        foreach (var some in members.Skip(1).Chunk(MaxUsers))
            await CallAsync($"/chatrooms/{room}/users", new JsonObject { ["usernames"] = Names(some) }, ct);
        return room;
    }

    /// <returns>The group's id.</returns>
    internal async Task<string> CreateGroupAsync(string name, IReadOnlyList<string> members, CancellationToken ct)
    {
        var body = new JsonObject { ["groupname"] = name, ["description"] = "", ["public"] = false, ["maxusers"] = 2_000, ["owner"] = members[0] };
        var group = (await CallAsync("/chatgroups", body, ct))["data"]!["groupid"]!.GetValue<string>();
        foreach (var some in members.Skip(1).Chunk(MaxUsers))
            await CallAsync($"/chatgroups/{group}/users", new JsonObject { ["usernames"] = Names(some) }, ct);
        return group;
    }

    public void Dispose() => _http.Dispose();

    private static JsonArray Names(string[] names) => new([.. names.Select(name => (JsonNode?)name)]);

    private async Task<JsonObject> CallAsync(string path, JsonObject body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, root.ToString().TrimEnd('/') + path)
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body)) { Headers = { ContentType = new("application/json") } },
        };
        if (_token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        using var response = await _http.SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{path} answered {(int)response.StatusCode} {text[..Math.Min(text.Length, 500)]}");
        return JsonNode.Parse(text)!.AsObject();
    }
}
