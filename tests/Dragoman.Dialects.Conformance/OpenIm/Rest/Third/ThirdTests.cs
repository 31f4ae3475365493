using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Engine;
using Dragoman.Engine.Push;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Rest.Third;

public sealed class FcmUpdateTokenTests(SharedServer server)
{
    [Fact]
    public async Task The_token_is_kept_for_the_platform_until_the_logout()
    {
        await using var alice = await server.Demo.NewClientAsync("alice");
        (await server.Demo.PostAsync("/third/fcm_update_token", new { platformID = 5, fcmToken = "fcm", account = alice.UserId, expireTime = 60 }, alice.Token)).Succeeded();
        var device = Assert.Single(await server.DevicesAsync(alice.UserId));
        Assert.Equal((5, "fcm", PushProvider.Fcm), (device.Device.Value, device.Token, device.Provider));

        await alice.RequestAsync(Requests.Logout, []);

        Assert.Equal("", Assert.Single(await server.DevicesAsync(alice.UserId)).Token);
    }

    [Theory]
    [InlineData("""{"platformID":0,"fcmToken":"t","account":"a"}""", "platformID is invalidate")]
    [InlineData("""{"platformID":11,"fcmToken":"t","account":"a"}""", "platformID is invalidate")]
    [InlineData("""{"platformID":1,"account":"a"}""", "FcmToken is empty")]
    [InlineData("""{"platformID":1,"fcmToken":"t"}""", "account is empty")]
    public async Task Bad_arguments_answer_1001(string body, string detail) =>
        (await server.Demo.AdminPostAsync("/third/fcm_update_token", body)).Failed(1001, "ArgsError", detail);

    [Fact]
    public async Task A_token_that_is_too_long_answers_1001() =>
        (await server.Demo.AdminPostAsync("/third/fcm_update_token", new { platformID = 1, fcmToken = new string('t', 1025), account = "a" })).Failed(1001, "ArgsError", "FcmToken is too long");

    [Fact]
    public async Task Somebody_elses_answers_1002() => (await server.Demo.PostAsync(
        "/third/fcm_update_token", new { platformID = 1, fcmToken = "t", account = "x" }, (await server.Demo.NewLoginAsync("mallory")).Token)).Failed(1002);
}

public sealed class SetAppBadgeTests(SharedServer server)
{
    [Fact]
    public async Task Each_device_has_its_own_badge_and_an_administrator_sets_all()
    {
        var alice = await server.Demo.NewUserAsync("alice");
        (await server.Demo.PostAsync("/third/set_app_badge", new { userID = alice, appUnreadCount = 3 }, await server.Demo.TokenAsync(alice, platform: 1))).Succeeded();
        (await server.Demo.PostAsync("/third/set_app_badge", new { userID = alice, appUnreadCount = 4 }, await server.Demo.TokenAsync(alice, platform: 2))).Succeeded();
        Assert.Equal([(1, 3), (2, 4)], (await server.DevicesAsync(alice)).Select(d => (d.Device.Value, d.Badge)));

        (await server.Demo.AdminPostAsync("/third/set_app_badge", new { userID = alice, appUnreadCount = 0 })).Succeeded();

        Assert.Equal([(1, 0), (2, 0)], (await server.DevicesAsync(alice)).Select(d => (d.Device.Value, d.Badge)));
    }

    [Fact]
    public async Task Bad_arguments_are_refused()
    {
        (await server.Demo.AdminPostAsync("/third/set_app_badge", new { })).Failed(1001, "ArgsError", "UserID is empty");
        (await server.Demo.PostAsync("/third/set_app_badge", new { userID = "x" }, (await server.Demo.NewLoginAsync("mallory")).Token)).Failed(1002, "NoPermissionError", "ownerUserID, x=MISSING");
    }
}

public sealed class UploadLogsTests(SharedServer server)
{
    [Fact]
    public async Task Each_file_is_a_row()
    {
        var alice = await server.Demo.NewLoginAsync("alice");
        var body = new { platform = 5, fileURLs = new[] { new { filename = "a.zip", URL = "https://x/a" }, new { filename = "b.zip", URL = "https://x/b" } }, appFramework = "js", ex = "{}", version = "3.8.5" };

        (await server.Demo.PostAsync("/third/logs/upload", body, alice.Token)).Succeeded();

        var data = await Logs.FindAsync(server.Demo, alice.Id);
        Assert.Equal(2, data.GetProperty("total").GetInt32());
        Assert.Equal(["a.zip", "b.zip"], data.GetProperty("logsInfos").EnumerateArray().Select(l => l.GetProperty("filename").GetString()).Order());
        var log = data.GetProperty("logsInfos")[0];
        Assert.Equal((alice.Id, "Web", $"Nick {alice.Id}", "3.8.5", "{}"), (log.GetProperty("userID").GetString(), log.GetProperty("platform").GetString(), log.GetProperty("nickname").GetString(), log.GetProperty("version").GetString(), log.GetProperty("ex").GetString()));
    }

    [Fact]
    public async Task Too_much_answers_1001()
    {
        var alice = await server.Demo.NewLoginAsync("alice");
        var many = Enumerable.Repeat(new { filename = "a", URL = "u" }, 101);
        (await server.Demo.PostAsync("/third/logs/upload", new { platform = 5, fileURLs = many }, alice.Token)).Failed(1001);
        (await server.Demo.PostAsync("/third/logs/upload", new { platform = 5, fileURLs = new[] { new { filename = "a", URL = new string('u', 2049) } } }, alice.Token)).Failed(1001);
    }
}

public sealed class DeleteLogsTests(SharedServer server)
{
    [Fact]
    public async Task Named_logs_go_all_or_none()
    {
        var alice = await server.Demo.NewLoginAsync("alice");
        await Logs.UploadAsync(server.Demo, alice.Token);
        var id = (await Logs.FindAsync(server.Demo, alice.Id)).GetProperty("logsInfos")[0].GetProperty("logID").GetString()!;

        (await server.Demo.AdminPostAsync("/third/logs/delete", new { logIDs = new[] { id, "none" } })).Failed(1004, "RecordNotFoundError", "logIDs not found");
        Assert.Equal(1, (await Logs.FindAsync(server.Demo, alice.Id)).GetProperty("total").GetInt32());
        (await server.Demo.AdminPostAsync("/third/logs/delete", new { logIDs = new[] { id } })).Succeeded();
        Assert.Equal(0, (await Logs.FindAsync(server.Demo, alice.Id)).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Only_administrators_may() =>
        (await server.Demo.PostAsync("/third/logs/delete", new { logIDs = new[] { "x" } }, (await server.Demo.NewLoginAsync("alice")).Token)).Failed(1002);
}

public sealed class SearchLogsTests(SharedServer server)
{
    [Fact]
    public async Task A_span_of_time_and_pages_narrow_the_search()
    {
        var alice = await server.Demo.NewLoginAsync("alice");
        await Logs.UploadAsync(server.Demo, alice.Token);
        await Logs.UploadAsync(server.Demo, alice.Token);
        var now = server.Clock.GetUtcNow().ToUnixTimeMilliseconds();

        var second = (await server.Demo.AdminPostAsync("/third/logs/search", new { keyword = alice.Id, startTime = 1, endTime = now + 60_000, pagination = new { pageNumber = 2, showNumber = 1 } })).Succeeded().Data;
        var before = (await server.Demo.AdminPostAsync("/third/logs/search", new { keyword = alice.Id, startTime = 1, endTime = 2, pagination = new { pageNumber = 1, showNumber = 1 } })).Succeeded().Data;

        Assert.Equal((2, 1), (second.GetProperty("total").GetInt32(), second.GetProperty("logsInfos").GetArrayLength()));
        Assert.Equal((0, JsonValueKind.Null), (before.GetProperty("total").GetInt32(), before.GetProperty("logsInfos").ValueKind));
    }

    [Fact]
    public async Task Bad_arguments_are_refused()
    {
        (await server.Demo.AdminPostAsync("/third/logs/search", new { startTime = 2, endTime = 1, pagination = new { pageNumber = 1, showNumber = 1 } })).Failed(1001, "ArgsError", "startTime>endTime");
        (await server.Demo.AdminPostAsync("/third/logs/search", new { })).Failed(1001, "ArgsError", "pagination is empty");
        (await server.Demo.PostAsync("/third/logs/search", new { pagination = new { pageNumber = 1, showNumber = 1 } }, (await server.Demo.NewLoginAsync("alice")).Token)).Failed(1002);
    }
}

internal static class Logs
{
    public static async Task UploadAsync(OpenImAppClient app, string token) =>
        (await app.PostAsync("/third/logs/upload", new { platform = 5, fileURLs = new[] { new { filename = "a", URL = "u" } } }, token)).Succeeded();

    public static async Task<JsonElement> FindAsync(OpenImAppClient app, string keyword) =>
        (await app.AdminPostAsync("/third/logs/search", new { keyword, pagination = new { pageNumber = 1, showNumber = 100 } })).Succeeded().Data;
}

internal static class Devices
{
    /// <summary>No route tells them: asked of the engine.</summary>
    public static async Task<IReadOnlyList<DeviceToken>> DevicesAsync(this OpenImServer server, string user)
    {
        var caller = new Caller(server.AppIdOf("demo"), new UserId(user), IsAdministrator: false);
        var listed = await server.Get<ListDeviceTokens>().RunAsync(caller, caller.User, TestContext.Current.CancellationToken);
        return listed.TryGet(out var devices, out _) ? devices.Devices : [];
    }
}
