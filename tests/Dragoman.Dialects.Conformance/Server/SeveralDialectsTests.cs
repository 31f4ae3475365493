using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.Server;

/// <summary>One app that speaks two dialects: its users are the same people, their devices are counted apart.</summary>
public sealed class SeveralDialectsTests(SeveralDialectsTests.Apps server) : IClassFixture<SeveralDialectsTests.Apps>
{
    private readonly OpenImAppClient _openIm = server.Demo;

    private AgoraAppClient Agora => server.Agora;

    public sealed class Apps : OpenImServer
    {
        internal AgoraAppClient Agora { get; private set; } = null!;

        private protected override JsonObject Define(string name, JsonNode? settings, bool isDefault)
        {
            Agora = new AgoraAppClient(this, name);
            var app = base.Define(name, settings, isDefault);
            app["agora"] = Agora.Section;
            return app;
        }
    }

    [Fact]
    public async Task Who_registers_with_one_is_a_user_of_the_other()
    {
        var openImUser = await _openIm.NewUserAsync("carol");
        var agoraUser = await Agora.NewUserAsync("bob");

        Assert.Equal("Nick " + openImUser, (await Agora.AdminAsync("GET", $"/users/{openImUser}")).Succeeded().Entities.Single().GetProperty("nickname").GetString());
        await _openIm.TokenAsync(agoraUser);
    }

    [Fact]
    public async Task A_user_is_online_for_both_whichever_client_he_has()
    {
        var user = await Agora.NewUserAsync();
        Assert.Equal("", await PlatformsAsync(user));
        await using (await Agora.LogInAsync(user))
        {
            Assert.Equal("5", await PlatformsAsync(user));
        }

        await Eventually.TrueAsync(async () => (await PlatformsAsync(user)).Length == 0, "he is offline");
        await using var client = await _openIm.ConnectAsync(user, await _openIm.TokenAsync(user, platform: 2), platform: 2);
        await Eventually.TrueAsync(async () => await Agora.IsOnlineAsync(user), "he is online");
    }

    [Fact]
    public async Task A_login_of_one_leaves_devices_and_tokens_of_the_other_alone()
    {
        var user = await Agora.NewUserAsync();
        var token = await Agora.UserTokenAsync(user);
        await using var agora = await Agora.LogInAsync(user, "web1", token);
        await using var first = await _openIm.ConnectAsync(user, await _openIm.TokenAsync(user));
        await using var second = await _openIm.ConnectAsync(user, await _openIm.TokenAsync(user));
        await first.ClosedAsync();
        var sockets = new List<AgoraSocket>();
        for (var i = 2; i <= 5; i++) sockets.Add(await Agora.LogInAsync(user, $"web{i}"));
        await agora.ClosedAsync();

        Assert.False(second.IsClosed);
        (await Agora.CallAsync("GET", $"/users/{user}", token: token)).Succeeded();
        foreach (var socket in sockets)
        {
            Assert.False(socket.IsClosed);
            await socket.DisposeAsync();
        }
    }

    [Fact]
    public async Task Who_is_shut_out_is_shut_out_of_both()
    {
        var user = await Agora.NewUserAsync();
        var token = await _openIm.TokenAsync(user);
        await using var agora = await Agora.LogInAsync(user);
        await using var openIm = await _openIm.ConnectAsync(user, token);
        (await Agora.AdminAsync("POST", $"/users/{user}/deactivate")).Succeeded();
        await openIm.ClosedAsync();
        await agora.ClosedAsync();

        (await _openIm.PostAsync("/user/get_users_info", new { userIDs = new[] { user } }, token)).Failed(1002);
        (await _openIm.AdminPostAsync("/auth/get_user_token", new { userID = user, platformID = 5 })).Failed(1002);
        Assert.Equal(Status.Types.ErrorCode.Fail, (await Agora.RefusedAsync(user, AgoraTokenMaker.Make(Agora, user, server.Clock.GetUtcNow()))).Code);
    }

    private async Task<string> PlatformsAsync(string user)
    {
        var reply = await _openIm.AdminPostAsync("/user/get_users_status", new { userIDs = new[] { user } });
        var status = reply.Succeeded().Data.GetProperty("statusList").EnumerateArray().Single();
        return status.TryGetProperty("platformIDs", out var platforms) && platforms.ValueKind == System.Text.Json.JsonValueKind.Array
            ? string.Join(',', platforms.EnumerateArray().Select(p => p.GetInt32()))
            : "";
    }
}
