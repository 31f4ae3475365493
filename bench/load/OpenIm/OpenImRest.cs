using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dragoman.Load.OpenIm;

/// <summary>The few REST calls that set a run up.</summary>
/// <param name="root">The dialect's root, such as <c>http://127.0.0.1:5080/openim</c>.</param>
internal sealed class OpenImRest(Uri root) : IDisposable
{
    private const int MaxUsersPerCall = 1000;
    private const int Parallelism = 8;

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = Parallelism, AutomaticDecompression = System.Net.DecompressionMethods.All })
    {
        Timeout = TimeSpan.FromSeconds(60),
    };

    private string? _adminToken;

    internal async Task LogInAsync(string secret, string admin, CancellationToken ct)
    {
        var reply = await PostAsync("/auth/get_admin_token", new JsonObject { ["secret"] = secret, ["userID"] = admin }, ct);
        _adminToken = reply!["token"]!.GetValue<string>();
    }

    internal async Task RegisterAsync(IReadOnlyList<string> userIds, CancellationToken ct)
    {
        for (var start = 0; start < userIds.Count; start += MaxUsersPerCall)
        {
            var users = new JsonArray();
            for (var i = start; i < Math.Min(start + MaxUsersPerCall, userIds.Count); i++)
                users.Add(new JsonObject { ["userID"] = userIds[i], ["nickname"] = userIds[i], ["faceURL"] = "" });
            await PostAsync("/user/user_register", new JsonObject { ["users"] = users }, ct);
        }
    }

    /// <returns>One token for each user, in the same order.</returns>
    internal async Task<string[]> GetTokensAsync(IReadOnlyList<string> userIds, int platform, CancellationToken ct)
    {
        var tokens = new string[userIds.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = ct };
        await Parallel.ForAsync(0, userIds.Count, parallel, async (i, token) =>
        {
            var reply = await PostAsync("/auth/get_user_token", new JsonObject { ["platformID"] = platform, ["userID"] = userIds[i] }, token);
            tokens[i] = reply!["token"]!.GetValue<string>();
        });
        return tokens;
    }

    /// <param name="members">The owner first; at most 1000 beside the owner.</param>
    internal Task CreateGroupAsync(string groupId, IReadOnlyList<string> members, CancellationToken ct)
    {
        var others = new JsonArray();
        for (var i = 1; i < members.Count; i++) others.Add(members[i]);
        return PostAsync(
            "/group/create_group",
            new JsonObject
            {
                ["memberUserIDs"] = others,
                ["groupInfo"] = new JsonObject { ["groupID"] = groupId, ["groupName"] = groupId, ["groupType"] = 2 },
                ["adminUserIDs"] = new JsonArray(),
                ["ownerUserID"] = members[0],
            },
            ct);
    }

    /// <returns>The answer's <c>data</c>.</returns>
    /// <exception cref="InvalidOperationException">The server refused; the message has its code and texts.</exception>
    internal async Task<JsonNode?> PostAsync(string path, JsonObject body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, root.ToString().TrimEnd('/') + path)
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body)) { Headers = { ContentType = new("application/json") } },
        };
        request.Headers.Add("operationID", Guid.NewGuid().ToString("N"));
        if (_adminToken is not null) request.Headers.Add("token", _adminToken);

        using var response = await _http.SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        JsonNode? reply = null;
        try
        {
            reply = JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // Told below, with the status and the text.
        }

        if (reply is not JsonObject envelope || envelope["errCode"]?.GetValue<int>() is not 0)
            throw new InvalidOperationException($"{path} answered {(int)response.StatusCode} {text[..Math.Min(text.Length, 500)]}");
        return envelope["data"];
    }

    public void Dispose() => _http.Dispose();
}
