using Dragoman.Dialects.Conformance.Agora.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.Agora;

/// <summary><c>POST /token</c> (section 2.2).</summary>
public sealed class TokenTests(TokenTests.Apps server) : IClassFixture<TokenTests.Apps>
{
    private readonly AgoraAppClient _app = server.Demo;

    public sealed class Apps : AgoraServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
            [("demo", """{"rateLimit":{"calls":0}}"""), ("other", "{}"), ("full", """{"limits":{"users":1},"tokenSeconds":60,"autoRegister":true}""")];
    }

    [Fact]
    public async Task The_app_gets_a_token_for_its_credentials()
    {
        var reply = (await PostAsync(new { grant_type = "client_credentials", client_id = _app.ClientId, client_secret = _app.ClientSecret })).Succeeded();

        Assert.StartsWith("YWMt", reply.TextOf("access_token"), StringComparison.Ordinal);
        Assert.Equal(5_184_000, reply.Root.GetProperty("expires_in").GetInt64());
        Assert.True(Guid.TryParse(reply.TextOf("application"), out _));
        Assert.False(reply.Root.TryGetProperty("action", out _));
    }

    [Theory]
    [InlineData("""{"grant_type":"client_credentials"}""", 400, "illegal_argument", "client_id must be provided.")]
    [InlineData("""{"grant_type":"client_credentials","client_id":"YXA6demo"}""", 400, "illegal_argument", "client_secret must be provided")]
    [InlineData("""{"grant_type":"client_credentials","client_id":"x","client_secret":"the secret of demo"}""", 400, "invalid_grant", "client_id does not match")]
    [InlineData("""{"grant_type":"client_credentials","client_id":"YXA6demo","client_secret":"x"}""", 400, "invalid_grant", "client_secret does not match")]
    [InlineData("""{"grant_type":"password","username":"nobody","password":"x"}""", 404, "invalid_grant", "user not found")]
    [InlineData("""{"grant_type":"password","password":"x"}""", 400, "illegal_argument", "username must be provided")]
    [InlineData("""{"grant_type":"password","username":"nobody"}""", 400, "illegal_argument", "password must be provided")]
    [InlineData("""{"grant_type":"other"}""", 400, "invalid_grant", "unsupported grant_type")]
    [InlineData("[]", 400, "invalid_grant", "unsupported grant_type")]
    public async Task A_request_without_what_it_needs_is_refused(string body, int status, string error, string description) =>
        (await PostAsync(body)).Failed(status, error, description);

    [Fact]
    public async Task A_user_gets_a_token_for_his_password()
    {
        var user = await _app.NewUserWithPasswordAsync();
        var reply = (await PostAsync(new { grant_type = "password", username = user.ToUpperInvariant(), password = AgoraAppClient.PasswordOf(user), timestamp = 1 })).Succeeded();

        var entity = reply.Root.GetProperty("user");
        Assert.Equal((user, "user", true), (entity.GetProperty("username").GetString(), entity.GetProperty("type").GetString(), entity.GetProperty("activated").GetBoolean()));
        (await _app.CallAsync("GET", $"/users/{user}", token: reply.TextOf("access_token"))).Succeeded();
        (await PostAsync(new { grant_type = "password", username = user, password = "wrong" })).Failed(400, "invalid_grant", "invalid password");
        (await _app.AdminAsync("POST", $"/users/{user}/deactivate")).Succeeded();
        (await PostAsync(new { grant_type = "password", username = user, password = AgoraAppClient.PasswordOf(user) })).Failed(400, "invalid_grant", "user not activated");
    }

    [Fact]
    public async Task A_life_may_be_a_number_or_digits_or_for_ever()
    {
        var user = await _app.NewUserAsync();
        foreach (var (ttl, expected) in new (object, long)[] { (100, 100), ("1024000", 1_024_000), (-5, 5_184_000) })
        {
            var reply = (await _app.AdminAsync("POST", "/token", new { grant_type = "inherit", username = user, ttl })).Succeeded();
            Assert.InRange(reply.Root.GetProperty("expires_in").GetInt64(), expected - 1, expected);
        }

        var ever = (await _app.AdminAsync("POST", "/token", new { grant_type = "inherit", username = user, ttl = 0 })).Succeeded();
        Assert.True(ever.Root.GetProperty("expires_in").GetInt64() > 3_000_000_000);
    }

    [Fact]
    public async Task The_app_gets_a_token_for_a_user_and_makes_him_when_it_wants()
    {
        var user = AgoraAppClient.Unique("made");
        (await _app.AdminAsync("POST", "/token", new { grant_type = "inherit", username = user })).Failed(404, "entity_not_found", "User null not found");
        (await _app.AdminAsync("POST", "/token", new { grant_type = "inherit", username = user, autoCreateUser = true })).Succeeded();

        (await _app.AdminAsync("GET", $"/users/{user}")).Succeeded();
        (await _app.AdminAsync("POST", "/token", new { grant_type = "inherit", username = "no name!", autoCreateUser = true })).Failed(400, "illegal_argument", "username [no name!] is not legal");
        (await _app.AdminAsync("POST", "/token", new { grant_type = "inherit", username = new string('u', 65), autoCreateUser = true })).Failed(400, "illegal_argument", "USERNAME_TOO_LONG");
    }

    [Fact]
    public async Task Only_the_app_gets_tokens_for_others()
    {
        var user = await _app.NewUserAsync();
        var body = new { grant_type = "inherit", username = user };

        (await _app.CallAsync("POST", "/token", body)).Failed(401, "unauthorized", "Unable to authenticate (OAuth)");
        (await _app.CallAsync("POST", "/token", body, await _app.UserTokenAsync(user))).Failed(401, "auth_bad_access_token", "Unable to authenticate due to corrupt access token");
        (await _app.CallAsync("POST", "/token", body, await server.App("other").TokenAsync())).Failed(401, "auth_bad_access_token");
        (await _app.CallAsync("POST", "/token", body, AgoraTokenMaker.Make(_app, "", server.Clock.GetUtcNow().AddHours(-5)))).Failed(401, "unauthorized", "Unable to authenticate (OAuth)");
    }

    [Fact]
    public async Task A_dynamic_token_is_exchanged_for_one_that_ends_with_it()
    {
        var user = await _app.NewUserAsync();
        var now = server.Clock.GetUtcNow();
        var reply = (await _app.CallAsync("POST", "/token", new { grant_type = "agora" }, AgoraTokenMaker.Make(_app, user, now, seconds: 600))).Succeeded();

        Assert.InRange(reply.Root.GetProperty("expire_timestamp").GetInt64(), now.ToUnixTimeMilliseconds() + 590_000, now.ToUnixTimeMilliseconds() + 601_000);
        Assert.Equal(user, reply.Root.GetProperty("user").GetProperty("username").GetString());
        (await _app.CallAsync("GET", $"/users/{user}", token: reply.TextOf("access_token"))).Succeeded();
        var app = (await _app.CallAsync("POST", "/token", new { grant_type = "agora" }, AgoraTokenMaker.Make(_app, "", now))).Succeeded();
        (await _app.CallAsync("GET", "/users", token: app.TextOf("access_token"))).Succeeded();
    }

    [Fact]
    public async Task What_is_no_dynamic_token_of_the_app_is_not_exchanged()
    {
        var now = server.Clock.GetUtcNow();
        var body = new { grant_type = "agora" };

        (await _app.CallAsync("POST", "/token", body)).Failed(401, "unauthorized");
        (await _app.CallAsync("POST", "/token", body, await _app.TokenAsync())).Failed(401, "auth_bad_access_token");
        (await _app.CallAsync("POST", "/token", body, AgoraTokenMaker.Make(_app, "alice", now, certificate: server.App("other").Certificate))).Failed(401, "unauthorized", "token is illegal.");
        (await _app.CallAsync("POST", "/token", body, AgoraTokenMaker.Make(_app, "nobody", now))).Failed(404, "service_resource_not_found");
    }

    [Fact]
    public async Task An_edition_that_is_full_makes_no_more_users()
    {
        var app = server.App("full");
        (await app.AdminAsync("POST", "/token", new { grant_type = "inherit", username = "first", autoCreateUser = true })).Succeeded();

        (await app.AdminAsync("POST", "/token", new { grant_type = "inherit", username = "second", autoCreateUser = true })).Failed(
            429, "resource_limited", "You have exceeded the limit of the community edition,Please upgrade to the enterprise edition");
        (await app.AdminAsync("POST", "/users", new { username = "third", password = "x" })).Failed(429, "resource_limited");
        Assert.InRange((await app.AdminAsync("POST", "/token", new { grant_type = "inherit", username = "first" })).Root.GetProperty("expires_in").GetInt64(), 59, 60);
    }

    [Fact]
    public async Task Tokens_survive_a_restart_and_end_in_their_time()
    {
        await using var own = new AgoraServer();
        await own.InitializeAsync();
        var user = await own.Demo.NewUserAsync();
        var token = await own.Demo.UserTokenAsync(user, ttl: 60);
        await own.RestartAsync();

        (await own.Demo.CallAsync("GET", $"/users/{user}", token: token)).Succeeded();
        own.Clock.Advance(TimeSpan.FromSeconds(61));
        (await own.Demo.CallAsync("GET", $"/users/{user}", token: token)).Failed(401, "unauthorized", "Unable to authenticate due to expired access token");
    }

    private Task<RestReply> PostAsync(object body) => _app.CallAsync("POST", "/token", body);
}
