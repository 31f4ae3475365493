using System.Text.Json;
using Dragoman.Dialects.Conformance.Agora.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.Agora;

/// <summary>Sections 1 to 3: prefixes, envelopes, tokens, and what no route has to do itself.</summary>
public sealed class HttpConventionsTests(HttpConventionsTests.Apps server) : IClassFixture<HttpConventionsTests.Apps>
{
    private readonly AgoraAppClient _app = server.Demo;

    public sealed class Apps : AgoraServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
            [("demo", """{"rateLimit":{"calls":0}}"""), ("other", "{}"), ("slow", """{"rateLimit":{"calls":1}}"""), ("closed", """{"isServing":false}""")];
    }

    [Fact]
    public async Task The_envelope_says_what_was_asked_and_by_whom()
    {
        var user = await _app.NewUserAsync();
        var reply = (await _app.CallAsync("GET", $"/users/{user}?a=1&a=2&", token: await _app.TokenAsync())).Succeeded();

        Assert.Equal(("get", "/users", "org", "demo"), (reply.TextOf("action"), reply.TextOf("path"), reply.TextOf("organization"), reply.TextOf("applicationName")));
        Assert.Equal($"{server.Address.ToString().TrimEnd('/')}/agora/org/demo/users/{user}", reply.TextOf("uri"));
        Assert.Equal("""{"a":["1","2"]}""", reply.Root.GetProperty("params").GetRawText());
        Assert.Equal((1, 0), (reply.Root.GetProperty("count").GetInt32(), reply.Data.GetArrayLength()));
        Assert.True(Guid.TryParse(reply.TextOf("application"), out _));
        Assert.True(reply.Root.GetProperty("timestamp").GetInt64() > 0 && reply.Root.GetProperty("duration").GetInt64() >= 0);
        var plain = (await _app.AdminAsync("GET", $"/users/{user}")).Succeeded();
        Assert.False(plain.Root.TryGetProperty("params", out _));
    }

    [Fact]
    public async Task Both_prefixes_and_double_slashes_lead_to_the_app()
    {
        var user = await _app.NewUserAsync();
        foreach (var prefix in new[] { "/agora/org/demo", "/agora/ORG/Demo", $"/agora/app-id/{_app.AppId}", $"/agora//app-id/{_app.AppId}/", $"/agora/app-id/{_app.AppId.ToUpperInvariant()}" })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, $"{prefix}/users/{user}"));
            (await AgoraAppClient.SendAsync(request, token: await _app.TokenAsync())).Succeeded();
        }
    }

    [Theory]
    [InlineData("/agora/org/nothing/users", "Could not find application for org/nothing from URI: org/nothing/users")]
    [InlineData("/agora/nobody/demo/token", "Could not find application for nobody/demo from URI: nobody/demo/token")]
    [InlineData("/agora/app-id/0123/users", "Could not find application for app-id/0123 from URI: app-id/0123/users")]
    [InlineData("/agora/org", "Could not find application for org/ from URI: org/")]
    [InlineData("/agora", "Could not find application for / from URI: /")]
    public async Task An_unknown_app_is_404(string path, string description) =>
        (await AgoraAppClient.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, path))))
            .Failed(404, "organization_application_not_found", description);

    [Fact]
    public async Task An_unknown_route_is_404_and_another_method_405()
    {
        (await _app.AdminAsync("GET", "/nothing/of/the/kind")).Failed(404, "service_resource_not_found", "Service resource not found");
        (await _app.AdminAsync("GET", "")).Failed(404, "service_resource_not_found");
        (await _app.AdminAsync("PATCH", "/users")).Failed(405, "method_not_allowed");
    }

    [Fact]
    public async Task Browsers_may_read_every_answer()
    {
        var preflight = await AgoraAppClient.SendAsync(new HttpRequestMessage(HttpMethod.Options, _app.Uri("/users/alice")));
        var refused = await _app.CallAsync("GET", "/users/alice");

        Assert.Equal(200, (int)preflight.Status);
        foreach (var reply in new[] { preflight, refused })
        {
            Assert.Equal("*", reply.Headers["Access-Control-Allow-Origin"]);
            Assert.Equal("GET,POST,PUT,DELETE,OPTIONS", reply.Headers["Access-Control-Allow-Methods"]);
            Assert.Contains("restrict-access", reply.Headers["Access-Control-Allow-Headers"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Each_bad_token_is_401_in_its_own_words()
    {
        var user = await _app.NewUserAsync();
        var now = server.Clock.GetUtcNow();
        async Task AssertAsync(string? token, string error, string description) =>
            (await _app.CallAsync("GET", $"/users/{user}", token: token)).Failed(401, error, description);

        await AssertAsync(null, "unauthorized", "Unable to authenticate due to expired access token");
        await AssertAsync(AgoraTokenMaker.Make(_app, user, now.AddHours(-2), seconds: 60), "unauthorized", "Unable to authenticate due to expired access token");
        await AssertAsync("rubbish", "auth_bad_access_token", "Unable to authenticate due to corrupt access token");
        await AssertAsync(await server.App("other").TokenAsync(), "auth_bad_access_token", "Unable to authenticate due to corrupt access token");
        await AssertAsync(Unissued(), "auth_bad_access_token", "Unable to authenticate");
        await AssertAsync(AgoraTokenMaker.Make(_app, user, now, certificate: server.App("other").Certificate), "unauthorized", "token is illegal.");
        await AssertAsync(AgoraTokenMaker.Make(server.App("other"), user, now), "unauthorized", "token is illegal.");
        await AssertAsync(AgoraTokenMaker.MakeOld(_app, user, now, secret: "guessed"), "unauthorized", "token is illegal.");
        await AssertAsync(await _app.UserTokenAsync(await _app.NewUserAsync("bob")), "unauthorized", "Unable to authenticate (OAuth)");
    }

    [Fact]
    public async Task Every_kind_of_token_speaks_for_its_owner()
    {
        var user = await _app.NewUserAsync();
        var now = server.Clock.GetUtcNow();
        foreach (var token in new[]
        {
            await _app.TokenAsync(), await _app.UserTokenAsync(user), AgoraTokenMaker.Make(_app, user, now), AgoraTokenMaker.Make(_app, "", now), AgoraTokenMaker.MakeOld(_app, user, now),
        })
        {
            (await _app.CallAsync("GET", $"/users/{user.ToUpperInvariant()}", token: token)).Succeeded();
        }
    }

    [Fact]
    public async Task A_user_may_not_do_what_is_the_apps()
    {
        var user = await _app.NewUserAsync();
        var token = await _app.UserTokenAsync(user);
        foreach (var (method, path) in new[]
        {
            ("GET", "/users"), ("POST", $"/users/{user}/deactivate"), ("POST", $"/users/{user}/activate"), ("GET", $"/users/{user}/disconnect"),
            ("DELETE", $"/users/{user}/disconnect/x"), ("GET", $"/users/{user}/status"), ("POST", "/users/batch/status"),
        })
        {
            (await _app.CallAsync(method, path, token: token)).Failed(401, "unauthorized", "Unable to authenticate (OAuth)");
        }
    }

    [Fact]
    public async Task A_deactivated_user_may_do_nothing_and_an_unserved_app_neither()
    {
        var user = await _app.NewUserAsync();
        var token = await _app.UserTokenAsync(user);
        (await _app.AdminAsync("POST", $"/users/{user}/deactivate")).Succeeded();

        (await _app.CallAsync("GET", $"/users/{user}", token: token)).Failed(403, "forbidden_service_operation", "Service operation not allowed");
        (await _app.CallAsync("GET", $"/users/{user}", token: AgoraTokenMaker.Make(_app, user, server.Clock.GetUtcNow()))).Failed(403, "forbidden_service_operation");
        (await server.App("closed").CallAsync("POST", "/token", new { grant_type = "password" })).Failed(403, "forbidden_service_operation");
    }

    [Fact]
    public async Task Too_many_calls_are_429()
    {
        var app = server.App("slow");
        var replies = new List<RestReply>();
        for (var i = 0; i < 5; i++) replies.Add(await app.CallAsync("GET", "/users/alice", token: "x"));

        Assert.Contains(replies, reply => reply.Status == System.Net.HttpStatusCode.TooManyRequests && reply.Description == "This request has reached api limit");
        Assert.All(replies, reply => Assert.NotNull(reply.Description));
    }

    [Theory]
    [InlineData("{", 400, "json_parse")]
    [InlineData("\"\\ud800\"", 400, "json_parse")]
    [InlineData("7", 400, "invalid_request_body")]
    [InlineData("null", 400, "invalid_request_body")]
    public async Task A_body_that_is_none_is_400(string body, int status, string error) => (await _app.AdminAsync("POST", "/users", body)).Failed(status, error);

    [Fact]
    public async Task A_body_that_is_nested_too_deep_or_too_long_is_refused()
    {
        (await _app.AdminAsync("POST", "/users", new string('[', 100) + new string(']', 100))).Failed(400, "json_parse");
        (await _app.AdminAsync("POST", "/users", new string(' ', (1024 * 1024) + 1))).Failed(413, "invalid_request_body");
    }

    [Theory]
    [InlineData("app_key=org%23demo")]
    [InlineData("app_key=org%2523demo&_v=1")]
    [InlineData("app_id={id}&sdk_version=4.10.0&file_version=1")]
    public async Task Clients_find_the_server(string query)
    {
        var uri = new Uri(server.Address, "/agora/easemob/server.json?" + query.Replace("{id}", _app.AppId, StringComparison.Ordinal));
        var reply = (await AgoraAppClient.SendAsync(new HttpRequestMessage(HttpMethod.Get, uri))).Succeeded();

        Assert.Equal(("org#demo", "false", "false"), (reply.TextOf("app_key"), reply.TextOf("enableReportLogs"), reply.TextOf("enableDataReport")));
        foreach (var kind in new[] { "rest", "msync-wx" })
        {
            var hosts = reply.Root.GetProperty(kind).GetProperty("hosts").EnumerateArray().ToArray();
            Assert.Equal(["https", "http"], hosts.Select(h => h.GetProperty("protocol").GetString()));
            Assert.All(hosts, h => Assert.Equal((server.Address.Host, server.Address.Port), (h.GetProperty("domain").GetString(), h.GetProperty("port").GetInt32())));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("app_key=org%23nothing")]
    [InlineData("app_key=org")] // of several apps none is meant
    [InlineData("app_id=0123")]
    public async Task Nobody_finds_an_app_that_is_not_there(string query) =>
        (await AgoraAppClient.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/agora/easemob/server.json?" + query))))
            .Failed(404, "organization_application_not_found");

    [Fact]
    public async Task SockJs_is_told_what_there_is()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/agora/ws/info?t=1"));
        request.Headers.Add("Origin", "https://app.example.com");
        var reply = (await AgoraAppClient.SendAsync(request)).Succeeded();

        Assert.Equal(("https://app.example.com", "true"), (reply.Headers["Access-Control-Allow-Origin"], reply.Headers["Access-Control-Allow-Credentials"]));
        Assert.Equal(JsonValueKind.True, reply.Root.GetProperty("websocket").ValueKind);
        Assert.Equal("""["*:*"]""", reply.Root.GetProperty("origins").GetRawText());
        Assert.True(reply.Root.GetProperty("entropy").TryGetUInt32(out _));
    }

    private string Unissued()
    {
        var id = server.AppIdOf("demo");
        return Dragoman.Dialects.Agora.Auth.IssuedToken.Make(id, new Engine.UserId("alice"), server.Clock.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds());
    }
}
