using System.Net.WebSockets;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Xunit;
using ErrorCode = Dragoman.Dialects.Agora.Protos.Status.Types.ErrorCode;

namespace Dragoman.Dialects.Conformance.Agora;

/// <summary>Section 5: the login of a long connection, and each text with which it is refused.</summary>
public sealed class ProvisionTests(ProvisionTests.Apps server) : IClassFixture<ProvisionTests.Apps>
{
    private readonly AgoraAppClient _app = server.Demo;

    public sealed class Apps : AgoraServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
        [
            ("demo", """{"rateLimit":{"calls":0}}"""),
            ("other", "{}"),
            ("daily", """{"limits":{"dailyUsers":1}}"""),
            ("monthly", """{"limits":{"monthlyUsers":1}}"""),
            ("online", """{"limits":{"onlineUsers":1}}"""),
            ("auto", """{"autoRegister":true,"limits":{"users":1}}"""),
            ("slow", """{"autoRegister":true,"rateLimit":{"registrations":1}}"""),
            ("closed", """{"isServing":false}"""),
            ("refusing", """{"devicesPerPlatform":1,"refuseDevices":true}"""),
        ];
    }

    [Theory]
    [InlineData("/websocket", false)]
    [InlineData("/websocket", true)]
    [InlineData("/anything", false)]
    [InlineData("/ws/123/abcdef/websocket", false)]
    public async Task Each_transport_logs_in(string path, bool isBase64)
    {
        var user = await _app.NewUserAsync();
        await using var socket = await _app.ConnectAsync(path);
        socket.IsBase64 = isBase64;
        var before = server.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var answer = await socket.ProvisionAsync(_app.Key, user, await _app.UserTokenAsync(user, ttl: 600), "webim_web_x");

        Assert.Equal((ErrorCode.Ok, "webim_web_x"), (answer.Status.ErrorCode, answer.Resource));
        Assert.InRange(long.Parse(answer.AuthToken["""{"expires_in":""".Length..^1], System.Globalization.CultureInfo.InvariantCulture), before + 590_000, before + 660_000);
        var unread = await socket.UnreadAsync();
        Assert.Equal((ErrorCode.Ok, 0), (unread.Status.ErrorCode, unread.Unread.Count));
        Assert.InRange((long)unread.Timestamp, before, before + 60_000);
        if (path.StartsWith("/ws", StringComparison.Ordinal)) Assert.Equal("o", socket.Texts.First());
    }

    [Theory]
    [InlineData("auth")]
    [InlineData("provision")]
    [InlineData("json")]
    public async Task The_token_is_found_wherever_a_version_says_it(string place)
    {
        var user = await _app.NewUserAsync();
        var token = "$t$" + await _app.UserTokenAsync(user);
        await using var socket = await _app.ConnectAsync();
        var answer = await socket.ProvisionAsync(_app.Key, user, "", "webim_1", change: (frame, provision) =>
        {
            frame.ClearAuth();
            if (place == "auth") frame.Auth = token;
            if (place == "provision") provision.Auth = token;
            if (place == "json") provision.AuthToken = $$"""{"token":"{{token}}"}""";
        });

        Assert.Equal(ErrorCode.Ok, answer.Status.ErrorCode);
    }

    [Fact]
    public async Task Names_are_folded()
    {
        var user = await _app.NewUserAsync();
        await using var socket = await _app.LogInAsync(user.ToUpperInvariant(), token: await _app.UserTokenAsync(user));

        Assert.True(await _app.IsOnlineAsync(user));
    }

    [Fact]
    public async Task A_token_that_never_ends_has_no_end_in_the_answer()
    {
        var user = await _app.NewUserAsync();
        await using var socket = await _app.ConnectAsync();
        var answer = await socket.ProvisionAsync(_app.Key, user, await _app.UserTokenAsync(user, ttl: 0), "r");

        Assert.False(answer.HasAuthToken);
    }

    [Fact]
    public async Task An_expired_token_is_refused()
    {
        var user = await _app.NewUserAsync();
        var token = AgoraTokenMaker.Make(_app, user, server.Clock.GetUtcNow().AddMinutes(-10), seconds: 60);

        Assert.Equal((ErrorCode.Fail, "Sorry, token expired"), await _app.RefusedAsync(user, token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("rubbish")]
    [InlineData("YWMtAAAA")]
    [InlineData("007AAAA")]
    public async Task What_is_no_token_does_not_match(string token) =>
        Assert.Equal((ErrorCode.Fail, "Sorry, token or password does not match login info"), await _app.RefusedAsync(await _app.NewUserAsync(), token));

    [Fact]
    public async Task The_token_of_somebody_else_does_not_match()
    {
        var (alice, bob) = (await _app.NewUserAsync(), await _app.NewUserAsync("bob"));

        Assert.Equal((ErrorCode.Fail, "Sorry, token or password does not match login info"), await _app.RefusedAsync(bob, await _app.UserTokenAsync(alice)));
        Assert.Equal(
            (ErrorCode.Fail, "Sorry, token or password does not match login info"),
            await _app.RefusedAsync(alice, await server.App("other").UserTokenAsync(await server.App("other").NewUserAsync())));
    }

    [Fact]
    public async Task A_token_that_another_certificate_signed_does_not_match()
    {
        var user = await _app.NewUserAsync();
        var token = AgoraTokenMaker.Make(_app, user, server.Clock.GetUtcNow(), certificate: server.App("other").Certificate);

        Assert.Equal((ErrorCode.Fail, "Sorry, token or password does not match login info"), await _app.RefusedAsync(user, token));
    }

    [Fact]
    public async Task A_dynamic_token_logs_in_by_name_and_by_uuid()
    {
        var user = await _app.NewUserAsync();
        var uuid = (await _app.AdminAsync("GET", $"/users/{user}")).Succeeded().Entities.Single().GetProperty("uuid").GetString()!;
        await using var byName = await _app.LogInAsync(user, token: AgoraTokenMaker.Make(_app, user, server.Clock.GetUtcNow()));
        await using var byUuid = await _app.LogInAsync(user, "other", AgoraTokenMaker.Make(_app, uuid, server.Clock.GetUtcNow()));
        await using var older = await _app.LogInAsync(user, "third", AgoraTokenMaker.MakeOld(_app, user, server.Clock.GetUtcNow()));

        Assert.True(await _app.IsOnlineAsync(user));
    }

    [Fact]
    public async Task A_user_who_does_not_exist_is_not_found() =>
        Assert.Equal((ErrorCode.Fail, "Sorry, user not found"), await _app.RefusedAsync("nobody", AgoraTokenMaker.Make(_app, "nobody", server.Clock.GetUtcNow())));

    [Fact]
    public async Task A_deactivated_user_is_refused_until_he_is_activated()
    {
        var user = await _app.NewUserAsync();
        var token = await _app.UserTokenAsync(user);
        (await _app.AdminAsync("POST", $"/users/{user}/deactivate")).Succeeded();

        Assert.Equal((ErrorCode.Fail, "Sorry, user is deactivated"), await _app.RefusedAsync(user, token));
        Assert.Equal(
            (ErrorCode.Fail, "Sorry, user is deactivated"),
            await _app.RefusedAsync(user, AgoraTokenMaker.Make(_app, user, server.Clock.GetUtcNow())));
        (await _app.AdminAsync("POST", $"/users/{user}/activate")).Succeeded();
        await using var socket = await _app.LogInAsync(user, token: token);
    }

    [Fact]
    public async Task The_token_of_the_app_is_no_login() =>
        Assert.Equal(ErrorCode.Unauthorized, (await _app.RefusedAsync(await _app.NewUserAsync(), await _app.TokenAsync())).Code);

    [Fact]
    public async Task A_wrong_app_key_name_or_frame_is_a_wrong_parameter()
    {
        var user = await _app.NewUserAsync();
        var token = await _app.UserTokenAsync(user);

        Assert.Equal(ErrorCode.WrongParameter, (await _app.RefusedAsync(user, token, key: "org#nothing")).Code);
        Assert.Equal(ErrorCode.WrongParameter, (await _app.RefusedAsync("no name!", token)).Code);
        Assert.Equal(ErrorCode.WrongParameter, (await _app.RefusedAsync(user, token, resource: new string('r', 257))).Code);
        await using var socket = await _app.ConnectAsync();
        await socket.SendAsync(new MSync { Command = MSync.Types.Command.Provision });
        Assert.Equal(ErrorCode.WrongParameter, Provision.Parser.ParseFrom((await socket.NextAsync(MSync.Types.Command.Provision)).Payload).Status.ErrorCode);
        await socket.ClosedAsync();
    }

    [Theory]
    [InlineData("daily", "Sorry, the app day live count limit")]
    [InlineData("monthly", "Sorry, the app month live count limit")]
    [InlineData("online", "Sorry, the app online count limit")]
    public async Task A_user_too_many_for_the_edition_is_refused(string name, string reason)
    {
        var app = server.App(name);
        var (alice, bob) = (await app.NewUserAsync(), await app.NewUserAsync("bob"));
        await using var first = await app.LogInAsync(alice);
        await using var again = await app.LogInAsync(alice, "another device");

        Assert.Equal((ErrorCode.PermissionDenied, reason), await app.RefusedAsync(bob, await app.UserTokenAsync(bob)));
    }

    [Fact]
    public async Task An_account_too_many_and_accounts_too_fast_are_refused()
    {
        var (auto, slow) = (server.App("auto"), server.App("slow"));
        string Token(AgoraAppClient app, string user) => AgoraTokenMaker.Make(app, user, server.Clock.GetUtcNow());
        await using var first = await auto.LogInAsync("first", token: Token(auto, "first"));

        Assert.Equal((ErrorCode.Fail, "Sorry, user register limit"), await auto.RefusedAsync("second", Token(auto, "second")));
        await using var one = await slow.LogInAsync("one", token: Token(slow, "one"));
        Assert.Equal((ErrorCode.Fail, "Sorry, user register rate limit"), await slow.RefusedAsync("two", Token(slow, "two")));
    }

    [Fact]
    public async Task An_app_that_is_not_served_is_forbidden() =>
        Assert.Equal(
            ErrorCode.ImForbidden,
            (await server.App("closed").RefusedAsync("alice", AgoraTokenMaker.Make(server.App("closed"), "alice", server.Clock.GetUtcNow()))).Code);

    [Fact]
    public async Task A_device_too_many_is_refused_where_none_makes_room()
    {
        var app = server.App("refusing");
        var user = await app.NewUserAsync();
        await using var first = await app.LogInAsync(user, "one");

        Assert.Equal(ErrorCode.TooManyDevices, (await app.RefusedAsync(user, await app.UserTokenAsync(user), resource: "two")).Code);
        await using var again = await app.LogInAsync(user, "one");
    }

    [Fact]
    public async Task Nobody_logs_in_as_an_account_that_speaks_for_the_app()
    {
        var robot = AgoraAppClient.Unique("robot");
        var id = server.AppIdOf("demo");
        var made = await server.Get<RegisterAccounts>().RunAsync(
            new Caller(id, new UserId(""), IsAdministrator: true), [new Account { App = id, Id = new UserId(robot), Role = AccountRole.Service }], CancellationToken.None);
        Assert.True(made.TryGet(out _, out _));

        Assert.Equal(ErrorCode.PermissionDenied, (await _app.RefusedAsync(robot, AgoraTokenMaker.Make(_app, robot, server.Clock.GetUtcNow()))).Code);
    }

    [Theory]
    [InlineData("Sync")]
    [InlineData("Unread")]
    [InlineData("Logout")]
    public async Task Whoever_has_not_logged_in_is_not_listened_to(string command)
    {
        await using var socket = await _app.ConnectAsync();
        await socket.SendAsync(new MSync { Command = Enum.Parse<MSync.Types.Command>(command) });

        await socket.ClosedAsync();
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, socket.CloseStatus);
    }

    [Fact]
    public async Task Nobody_may_wait_with_his_login_for_ever()
    {
        await using var own = new AgoraServer();
        await own.InitializeAsync();
        await using var socket = await own.Demo.ConnectAsync();
        await using var sockJs = await own.Demo.ConnectAsync("/ws/123/abcdef/websocket");
        await Eventually.TrueAsync(() => sockJs.Texts.Count > 0, "it is open");
        own.Clock.Advance(TimeSpan.FromSeconds(11));

        await socket.ClosedAsync();
        await sockJs.ClosedAsync();
        Assert.Equal(["o", "c[3000,\"Go away!\"]"], sockJs.Texts);
    }
}
