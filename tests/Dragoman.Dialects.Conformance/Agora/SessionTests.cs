using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Google.Protobuf;
using Xunit;
using ErrorCode = Dragoman.Dialects.Agora.Protos.Status.Types.ErrorCode;
using Operation = Dragoman.Dialects.Agora.Protos.StatisticsBody.Types.Operation;

namespace Dragoman.Dialects.Conformance.Agora;

/// <summary>Section 6: what happens to a connection after its login.</summary>
public sealed class SessionTests(SessionTests.Apps server) : IClassFixture<SessionTests.Apps>
{
    private readonly AgoraAppClient _app = server.Demo;

    public sealed class Apps : AgoraServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
        [
            ("demo", """{"rateLimit":{"calls":0}}"""),
            ("single", """{"singleDevice":true}"""),
            ("slow", """{"rateLimit":{"frames":2}}"""),
        ];
    }

    [Fact]
    public async Task The_same_device_takes_its_own_place_without_a_word()
    {
        var user = await _app.NewUserAsync();
        await using var before = await _app.LogInAsync(user, "one");
        await using var after = await _app.LogInAsync(user, "one");

        await before.ClosedAsync();
        Assert.True(before.IsQuiet);
        Assert.Single((await _app.AdminAsync("GET", $"/users/{user}/resources")).Succeeded().Data.EnumerateArray());
    }

    [Fact]
    public async Task The_fifth_device_of_a_platform_pushes_out_the_first_and_says_why()
    {
        var user = await _app.NewUserAsync();
        await using var first = await _app.LogInAsync(user, "d1");
        await using var second = await _app.LogInAsync(user, "d2");
        await using var third = await _app.LogInAsync(user, "d3");
        await using var fourth = await _app.LogInAsync(user, "d4");
        await using var phone = await _app.ConnectAsync();
        await phone.ProvisionAsync(_app.Key, user, await _app.UserTokenAsync(user), "phone", change: (_, provision) => provision.OsType = Provision.Types.OsType.OsAndroid);
        await using var fifth = await _app.LogInAsync(user, "d5", reason: "it is me");

        var kick = await first.KickedAsync();
        Assert.Equal((Operation.UserLoginAnotherDevice, "it is me"), (kick.Operation, kick.Reason));
        Assert.False(second.IsClosed || third.IsClosed || fourth.IsClosed || phone.IsClosed || fifth.IsClosed);
    }

    [Fact]
    public async Task Where_there_may_be_one_device_the_newest_stays()
    {
        var app = server.App("single");
        var user = await app.NewUserAsync();
        await using var first = await app.LogInAsync(user, "one");
        await using var second = await app.LogInAsync(user, "two");

        Assert.Equal(Operation.UserLoginAnotherDevice, (await first.KickedAsync()).Operation);
        Assert.False(second.IsClosed);
    }

    [Fact]
    public async Task All_devices_are_disconnected_and_may_come_back()
    {
        var user = await _app.NewUserAsync();
        var token = await _app.UserTokenAsync(user);
        await using var first = await _app.LogInAsync(user, "one", token);
        await using var second = await _app.LogInAsync(user, "two", token, "/ws/000/session/websocket");

        Assert.True((await _app.AdminAsync("GET", $"/users/{user}/disconnect")).Succeeded().Data.GetProperty("result").GetBoolean());
        Assert.Equal(Operation.UserKickedByOtherDevice, (await first.KickedAsync()).Operation);
        Assert.Equal(Operation.UserKickedByOtherDevice, (await second.KickedAsync()).Operation);
        await Eventually.TrueAsync(async () => !await _app.IsOnlineAsync(user), "the user is offline");
        Assert.False((await _app.AdminAsync("GET", $"/users/{user}/disconnect")).Succeeded().Data.GetProperty("result").GetBoolean());
        await using var again = await _app.LogInAsync(user, "one", token);
    }

    [Fact]
    public async Task One_device_is_disconnected_by_its_name()
    {
        var user = await _app.NewUserAsync();
        await using var first = await _app.LogInAsync(user, "one");
        await using var second = await _app.LogInAsync(user, "two");
        var reply = (await _app.AdminAsync("DELETE", $"/users/{user}/disconnect/one")).Succeeded();

        Assert.Equal("delete", reply.TextOf("action"));
        Assert.Equal(Operation.UserKickedByOtherDevice, (await first.KickedAsync()).Operation);
        Assert.False(second.IsClosed);
        (await _app.AdminAsync("DELETE", "/users/nobody/disconnect/one")).Failed(404, "service_resource_not_found", "Service resource not found");
    }

    [Fact]
    public async Task A_new_password_ends_the_sessions_and_the_tokens()
    {
        var user = await _app.NewUserWithPasswordAsync();
        var token = await _app.UserTokenAsync(user);
        await using var socket = await _app.LogInAsync(user, token: token);
        var reply = (await _app.AdminAsync("PUT", $"/users/{user}/password", new { newpassword = "another" })).Succeeded();

        Assert.Equal("set user password", reply.TextOf("action"));
        Assert.Equal(Operation.UserKickedByChangePassword, (await socket.KickedAsync()).Operation);
        Assert.Equal((ErrorCode.Fail, "Sorry, token or password does not match login info"), await _app.RefusedAsync(user, token));
    }

    [Fact]
    public async Task Deactivating_drops_the_connection_at_once()
    {
        var user = await _app.NewUserAsync();
        await using var socket = await _app.LogInAsync(user);
        (await _app.AdminAsync("POST", $"/users/{user}/deactivate")).Succeeded();

        await socket.ClosedAsync();
    }

    [Fact]
    public async Task A_token_that_ends_takes_the_connection_with_it_unless_it_was_renewed()
    {
        await using var own = new AgoraServer();
        await own.InitializeAsync();
        var (alice, bob) = (await own.Demo.NewUserAsync(), await own.Demo.NewUserAsync("bob"));
        await using var short0 = await own.Demo.LogInAsync(alice, token: await own.Demo.UserTokenAsync(alice, ttl: 60));
        await using var renewed = await own.Demo.LogInAsync(bob, token: await own.Demo.UserTokenAsync(bob, ttl: 60));
        var longer = await own.Demo.UserTokenAsync(bob, ttl: 3600);
        var reply = (await own.Demo.CallAsync("GET", $"/sdk/users/{bob}/token/expires", token: longer)).Succeeded();
        Assert.InRange(reply.Root.GetProperty("expire_timestamp").GetInt64(), own.Clock.GetUtcNow().ToUnixTimeMilliseconds() + 3_500_000, long.MaxValue);
        own.Clock.Advance(TimeSpan.FromSeconds(61));

        await short0.ClosedAsync();
        await renewed.UnreadAsync();
        (await own.Demo.CallAsync("GET", $"/sdk/users/{alice}/token/expires", token: longer)).Failed(401, "unauthorized", "Unable to authenticate (OAuth)");
    }

    [Fact]
    public async Task A_logout_is_answered_and_ends_the_connection()
    {
        var user = await _app.NewUserAsync();
        await using var socket = await _app.LogInAsync(user);
        await socket.SendAsync(new MSync { Command = MSync.Types.Command.Logout, Payload = new Logout { SessionId = "1:", Reason = "inner:logout" }.ToByteString() });

        Assert.Equal(ErrorCode.Ok, Logout.Parser.ParseFrom((await socket.NextAsync(MSync.Types.Command.Logout)).Payload).Status.ErrorCode);
        await socket.ClosedAsync();
        await Eventually.TrueAsync(async () => !await _app.IsOnlineAsync(user), "the user is offline");
    }

    [Fact]
    public async Task A_second_login_over_the_same_connection_ends_it()
    {
        var user = await _app.NewUserAsync();
        await using var socket = await _app.LogInAsync(user);
        await socket.SendAsync(new MSync { Command = MSync.Types.Command.Provision });

        await socket.ClosedAsync();
    }

    [Fact]
    public async Task Reports_have_no_answer_and_every_pull_ends_with_an_empty_one()
    {
        var user = await _app.NewUserAsync();
        await using var socket = await _app.LogInAsync(user);
        await socket.SyncAsync(new CommSyncUL { Meta = new Meta { Id = 1, Ns = Meta.Types.NameSpace.Statistic, Payload = new StatisticsBody { Os = Provision.Types.OsType.OsOther }.ToByteString() } });
        await socket.SyncAsync(new CommSyncUL { Queue = new JID { AppKey = _app.Key, Name = "bob", Domain = "easemob.com" } });
        var end = await socket.NextSyncAsync();
        await socket.SyncAsync(new CommSyncUL { Queue = end.Queue, Key = 7 });
        var again = await socket.NextSyncAsync();

        foreach (var answer in new[] { end, again })
        {
            Assert.Equal((ErrorCode.Ok, true, "bob"), (answer.Status.ErrorCode, answer.IsLast, answer.Queue.Name));
            Assert.Empty(answer.Metas);
            Assert.True(answer.Timestamp > 0);
        }
    }

    [Fact]
    public async Task A_message_too_large_is_refused_as_such()
    {
        var user = await _app.NewUserAsync();
        await using var socket = await _app.LogInAsync(user);
        await socket.SyncAsync(new CommSyncUL { Meta = new Meta { Id = 77, Ns = Meta.Types.NameSpace.Chat, Payload = ByteString.CopyFrom(new byte[(5 * 1024) + 1]) } });

        var answer = await socket.NextSyncAsync();
        Assert.Equal((77ul, ErrorCode.PermissionDenied, "Sorry, data is too large"), (answer.MetaId, answer.Status.ErrorCode, answer.Status.Reason));
    }

    [Fact]
    public async Task Whoever_sends_too_often_is_told_and_who_floods_is_sent_away()
    {
        var app = server.App("slow");
        var user = await app.NewUserAsync();
        await using var socket = await app.LogInAsync(user);
        for (ulong id = 1; id <= 20; id++)
            await socket.SyncAsync(new CommSyncUL { Meta = new Meta { Id = id, Ns = Meta.Types.NameSpace.Chat } });
        var reasons = new List<string>();
        for (var i = 0; i < 20; i++) reasons.Add((await socket.NextSyncAsync()).Status.Reason);
        var flood = new MSync { Command = MSync.Types.Command.Unread }.ToByteArray();
        for (var i = 0; i < 20 && await socket.TrySendAsync(flood); i++)
        {
            // Until the server has had enough.
        }

        Assert.Contains("traffic limit", reasons);
        await socket.ClosedAsync();
    }

    [Theory]
    [InlineData("ff")]
    [InlineData("0801")]
    [InlineData("08004000")]
    [InlineData("080040004aff")]
    [InlineData("080040004a0208ff")]
    public async Task Frames_that_are_none_end_the_connection_or_have_no_answer(string hex)
    {
        var user = await _app.NewUserAsync();
        await using var socket = await _app.LogInAsync(user);
        await using var stranger = await _app.ConnectAsync();
        await socket.SendAsync(Convert.FromHexString(hex));
        await stranger.SendAsync(Convert.FromHexString(hex));

        await stranger.ClosedAsync();
        Assert.True(await _app.IsOnlineAsync(await NewOnlineAsync()));
    }

    [Theory]
    [InlineData("not base64!", "/websocket")]
    [InlineData("{}", "/ws/123/abc/websocket")]
    [InlineData("[\"%%\"]", "/ws/123/abc/websocket")]
    public async Task Text_that_is_none_ends_the_connection(string text, string path)
    {
        await using var socket = await _app.ConnectAsync(path);
        await socket.SendTextAsync(text);

        await socket.ClosedAsync();
    }

    private async Task<string> NewOnlineAsync()
    {
        var user = await _app.NewUserAsync();
        _ = await _app.LogInAsync(user);
        return user;
    }
}
