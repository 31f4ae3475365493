using Dragoman.Dialects.Conformance.Agora.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.Agora;

/// <summary>Section 4.1.</summary>
public sealed class UsersTests(UsersTests.Apps server) : IClassFixture<UsersTests.Apps>
{
    private readonly AgoraAppClient _app = server.Demo;

    public sealed class Apps : AgoraServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
            [("demo", """{"rateLimit":{"calls":0}}"""), ("open", """{"openRegistration":true,"requirePassword":false}"""), ("paged", """{"requirePassword":false}""")];
    }

    [Fact]
    public async Task One_user_is_registered_as_an_object_or_a_list_of_one()
    {
        var (alice, bob) = (AgoraAppClient.Unique("Alice"), AgoraAppClient.Unique("bob"));
        var reply = (await _app.AdminAsync("POST", "/users", new { username = alice, password = "p", nickname = "Al" })).Succeeded();
        (await _app.AdminAsync("POST", "/users", new[] { new { username = bob, password = "p" } })).Succeeded();

        var entity = reply.Entities.Single();
        Assert.Equal((alice.ToLowerInvariant(), "Al", "post", "/users"), (entity.GetProperty("username").GetString(), entity.GetProperty("nickname").GetString(), reply.TextOf("action"), reply.TextOf("path")));
        Assert.Equal(entity.GetProperty("created").GetInt64(), entity.GetProperty("modified").GetInt64());
        Assert.NotEqual(
            entity.GetProperty("uuid").GetString(),
            (await _app.AdminAsync("GET", $"/users/{bob}")).Succeeded().Entities.Single().GetProperty("uuid").GetString());
        var again = await _app.AdminAsync("POST", "/users", new { username = alice, password = "p" });
        again.Failed(400, "duplicate_unique_property_exists",
            $"Application {reply.TextOf("application")} Entity user requires that property named username be unique, value of {alice.ToLowerInvariant()} exists");
    }

    [Theory]
    [InlineData("""{"password":"p"}""", "username [null] is not legal")]
    [InlineData("""{"username":"","password":"p"}""", "username [] is not legal")]
    [InlineData("""{"username":"a b","password":"p"}""", "username [a b] is not legal")]
    [InlineData("""{"username":"ä","password":"p"}""", "username [ä] is not legal")]
    [InlineData("""{"username":"x"}""", "password or pin must provided")]
    [InlineData("""{"username":"x","password":""}""", "password or pin must provided")]
    public async Task A_user_without_what_he_needs_is_refused(string body, string description) =>
        (await _app.AdminAsync("POST", "/users", body)).Failed(400, "illegal_argument", description);

    [Fact]
    public async Task Names_and_texts_have_their_lengths()
    {
        var longest = AgoraAppClient.Unique(new string('n', 50)).PadRight(64, 'x');
        (await _app.AdminAsync("POST", "/users", new { username = longest, password = new string('p', 64), nickname = new string('k', 100) })).Succeeded();

        (await _app.AdminAsync("POST", "/users", new { username = longest + "x", password = "p" })).Failed(400, "illegal_argument", "USERNAME_TOO_LONG");
        (await _app.AdminAsync("POST", "/users", new { username = "x", password = new string('p', 65) })).Failed(400, "illegal_argument", "PASSWORD_TOO_LONG");
        (await _app.AdminAsync("POST", "/users", new { username = "x", password = "p", nickname = new string('k', 101) })).Failed(400, "illegal_argument", "NICKNAME_TOO_LONG");
    }

    [Fact]
    public async Task Of_a_batch_those_who_exist_are_passed_over()
    {
        var app = server.App("open");
        var names = Enumerable.Range(0, 60).Select(_ => AgoraAppClient.Unique("batch")).ToArray();
        (await app.CallAsync("POST", "/users", new { username = names[3] })).Succeeded();
        var reply = (await app.CallAsync("POST", "/users", names.Select(username => new { username }))).Succeeded();

        Assert.Equal(names.Where((_, i) => i != 3), reply.Entities.Select(e => e.GetProperty("username").GetString()));
        var failure = reply.Data.EnumerateArray().Single();
        Assert.Equal((names[3], $"the {names[3]} already exists"), (failure.GetProperty("username").GetString(), failure.GetProperty("registerUserFailReason").GetString()));
        (await app.CallAsync("POST", "/users", Enumerable.Range(0, 61).Select(i => new { username = $"u{i}" }))).Failed(
            400, "illegal_argument", "Request body array size[61] had almost reached or been greater than the upper range value[60]");
        (await app.CallAsync("POST", "/users", "[]")).Failed(400, "invalid_request_body");
        (await app.CallAsync("POST", "/users", """[{"username":"twin","password":"a"},{"username":"TWIN","password":"b"}]""")).Failed(400, "duplicate_unique_property_exists");
    }

    [Fact]
    public async Task Who_may_register_is_the_apps_choice()
    {
        var body = new { username = AgoraAppClient.Unique("self"), password = "p" };
        const string closed = "Open registration doesn't allow, so register user need token";
        (await _app.CallAsync("POST", "/users", body)).Failed(401, "unauthorized", closed);
        (await _app.CallAsync("POST", "/users", body, "rubbish")).Failed(401, "unauthorized", closed);
        (await _app.CallAsync("POST", "/users", body, await _app.UserTokenAsync(await _app.NewUserAsync()))).Failed(401, "unauthorized", closed);

        (await server.App("open").CallAsync("POST", "/users", body)).Succeeded();
    }

    [Fact]
    public async Task Users_are_listed_in_pages_the_oldest_first()
    {
        var app = server.App("paged");
        var names = Enumerable.Range(0, 12).Select(i => $"p{i:00}").ToArray();
        foreach (var name in names) (await app.AdminAsync("POST", "/users", new { username = name })).Succeeded();
        var first = (await app.AdminAsync("GET", "/users")).Succeeded();
        var second = (await app.AdminAsync("GET", $"/users?limit=10&cursor={first.TextOf("cursor")}")).Succeeded();

        Assert.Equal(names[..10], first.Entities.Select(e => e.GetProperty("username").GetString()));
        Assert.Equal(names[10..], second.Entities.Select(e => e.GetProperty("username").GetString()));
        Assert.Equal((10, 2), (first.Root.GetProperty("count").GetInt32(), second.Root.GetProperty("count").GetInt32()));
        Assert.False(second.Root.TryGetProperty("cursor", out _));
        Assert.Equal(12, (await app.AdminAsync("GET", "/users?limit=1000&cursor=null")).Succeeded().Entities.Length);
        Assert.Equal(names[0], (await app.AdminAsync("GET", "/users?limit=1")).Succeeded().Entities.Single().GetProperty("username").GetString());
        (await app.AdminAsync("GET", "/users?cursor=rubbish!")).Failed(400, "illegal_argument");
    }

    [Theory]
    [InlineData("GET", "/users/nobody")]
    [InlineData("POST", "/users/nobody/deactivate")]
    [InlineData("POST", "/users/nobody/activate")]
    [InlineData("GET", "/users/nobody/disconnect")]
    [InlineData("GET", "/users/nobody/status")]
    [InlineData("GET", "/users/nobody/resources")]
    public async Task An_unknown_user_is_404_as_clients_understand_it(string method, string path)
    {
        var reply = (await _app.AdminAsync(method, path)).Failed(404, "service_resource_not_found", "Service resource not found");

        Assert.Equal("UserNotFoundException", reply.TextOf("exception"));
    }

    [Fact]
    public async Task A_password_is_changed_by_the_app_or_by_who_knows_it()
    {
        var user = await _app.NewUserWithPasswordAsync();
        var old = AgoraAppClient.PasswordOf(user);
        var token = await _app.UserTokenAsync(user);
        (await _app.CallAsync("PUT", $"/users/{user}/password", new { newpassword = "n" }, token)).Failed(400, "illegal_argument", "oldpassword is required");
        (await _app.CallAsync("PUT", $"/users/{user}/password", new { oldpassword = "wrong", newpassword = "n" }, token)).Failed(400, "invalid_grant", "invalid password");
        (await _app.CallAsync("POST", $"/users/{user}/password", new { oldpassword = old, newpassword = "second" }, token)).Succeeded();
        (await _app.AdminAsync("PUT", $"/users/{user}/password", new { newpassword = "third" })).Succeeded();

        (await _app.CallAsync("POST", "/token", new { grant_type = "password", username = user, password = "third" })).Succeeded();
        (await _app.AdminAsync("PUT", "/users/nobody/password", new { newpassword = "n" })).Failed(404, "entity_not_found", "User null not found");
        (await _app.AdminAsync("PUT", $"/users/{user}/password", "{}")).Failed(400, "illegal_argument", "newpassword is required");
        (await _app.AdminAsync("PUT", $"/users/{user}/password", new { newpassword = new string('p', 65) })).Failed(400, "illegal_argument", "PASSWORD_TOO_LONG");
    }

    [Fact]
    public async Task Activation_shows_in_the_entity()
    {
        var user = await _app.NewUserAsync();
        var off = (await _app.AdminAsync("POST", $"/users/{user}/deactivate")).Succeeded();
        var on = (await _app.AdminAsync("POST", $"/users/{user}/activate")).Succeeded();

        Assert.Equal(("Deactivate user", "activate user"), (off.TextOf("action"), on.TextOf("action")));
        Assert.False(off.Entities.Single().GetProperty("activated").GetBoolean());
        Assert.True((await _app.AdminAsync("GET", $"/users/{user}")).Entities.Single().GetProperty("activated").GetBoolean());
    }

    [Fact]
    public async Task Who_is_online_shows_for_one_and_for_many()
    {
        var (alice, bob) = (await _app.NewUserAsync(), await _app.NewUserAsync("bob"));
        await using var socket = await _app.LogInAsync(alice, "webim_web_7");
        var one = (await _app.AdminAsync("GET", $"/users/{alice}/status")).Succeeded();
        var many = (await _app.AdminAsync("POST", "/users/batch/status", new { usernames = new[] { alice, bob, "nobody" } })).Succeeded();
        var devices = (await _app.CallAsync("GET", $"/users/{alice}/resources", token: await _app.UserTokenAsync(alice))).Succeeded();

        Assert.Equal(("online", 0), (one.Data.GetProperty(alice).GetString(), one.Root.GetProperty("count").GetInt32()));
        Assert.Equal("get batch user status", many.TextOf("action"));
        Assert.Equal($$"""[{"{{alice}}":"online"},{"{{bob}}":"offline"},{"nobody":"offline"}]""", many.Data.GetRawText());
        Assert.Equal("""[{"res":"webim_web_7","device_uuid":"webim_web_7","device_name":"webim"}]""", devices.Data.GetRawText());
        (await _app.AdminAsync("POST", "/users/batch/status", new { usernames = Enumerable.Repeat("x", 101) })).Failed(
            400, "illegal_argument", "request body exceeds maximum limit, maximum limit is 100");
        (await _app.AdminAsync("POST", "/users/batch/status", "{}")).Failed(400, "illegal_argument");
    }

    [Fact]
    public async Task Nickname_and_quiet_hours_are_kept()
    {
        var user = await _app.NewUserAsync();
        var token = await _app.UserTokenAsync(user);
        (await _app.CallAsync("PUT", $"/users/{user}", new { nickname = "New" }, token)).Succeeded();
        var reply = (await _app.AdminAsync("PUT", $"/users/{user}", new
        {
            notification_display_style = "1",
            notification_no_disturbing = true,
            notification_no_disturbing_start = 8,
            notification_no_disturbing_end = "18",
        })).Succeeded();

        Assert.Equal("put", reply.TextOf("action"));
        var entity = (await _app.AdminAsync("GET", $"/users/{user}")).Entities.Single();
        Assert.Equal(("New", 1, true), (entity.GetProperty("nickname").GetString(), entity.GetProperty("notification_display_style").GetInt32(), entity.GetProperty("notification_no_disturbing").GetBoolean()));
        Assert.Equal(("8", "18"), (entity.GetProperty("notification_no_disturbing_start").GetString(), entity.GetProperty("notification_no_disturbing_end").GetString()));
        Assert.True(entity.GetProperty("modified").GetInt64() >= entity.GetProperty("created").GetInt64());
    }

    [Theory]
    [InlineData("{}", "parameters is invalid : nickname")]
    [InlineData("""{"nickname":7}""", "parameters is invalid : nickname")]
    [InlineData("""{"notification_display_style":2}""", "parameters is invalid : notification_display_style")]
    [InlineData("""{"notification_no_disturbing_start":25}""", "parameters is invalid : notification_no_disturbing_start")]
    [InlineData("""{"nothing":1}""", "parameters is invalid : nothing")]
    public async Task A_setting_that_is_none_is_refused(string body, string description) =>
        (await _app.AdminAsync("PUT", $"/users/{await _app.NewUserAsync()}", body)).Failed(400, "IllegalArgumentException", description);

    [Fact]
    public async Task An_unknown_user_has_no_settings() =>
        (await _app.AdminAsync("PUT", "/users/nobody", new { nickname = "x" })).Failed(400, "RequiredPropertyNotFoundException", "Entity user requires a property named username");
}
