using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Protos;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm;

/// <summary>Section 3.5: who loses a login when another one comes, at the issue of a token and at a connection.</summary>
public sealed class MultiLoginTests(MultiLoginTests.Policies server) : IClassFixture<MultiLoginTests.Policies>
{
    private const int Ios = 1, Android = 2, Windows = 3, Osx = 4, Web = 5, MiniWeb = 6, Linux = 7, APad = 8, IPad = 9, Harmony = 11;

    public sealed class Policies : OpenImServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
        [
            ("usual", "{}"),
            ("everybody", """{"multiLogin":{"policy":0,"maxNumOneEnd":2}}"""),
            ("classes", """{"multiLogin":{"policy":4}}"""),
            ("computers", """{"multiLogin":{"policy":5}}"""),
        ];
    }

    [Fact]
    public async Task Policy_0_keeps_the_newest_tokens_of_a_platform()
    {
        var app = server.App("everybody");
        var tokens = await TokensAsync(app, Web, Web, Ios, Web);

        await AssertStatesAsync(app, tokens, 1506, 0, 0, 0);
    }

    [Fact]
    public async Task Policy_0_kicks_no_connection()
    {
        var app = server.App("everybody");
        var id = await app.NewUserAsync("u");
        await using var first = await app.ConnectAsync(id, await app.TokenAsync(id));
        await using var second = await app.ConnectAsync(id, await app.TokenAsync(id));

        await AssertAliveAsync(first, second);
    }

    [Fact]
    public async Task Policy_1_is_the_default_and_keeps_one_token_of_each_platform()
    {
        var app = server.App("usual");
        var tokens = await TokensAsync(app, Web, Ios, Android, Web);

        await AssertStatesAsync(app, tokens, 1506, 0, 0, 0);
    }

    [Fact]
    public async Task Policy_1_kicks_the_connection_of_the_same_platform_with_another_token()
    {
        var app = server.App("usual");
        var id = await app.NewUserAsync("u");
        await using var phone = await app.ConnectAsync(id, await app.TokenAsync(id, Ios), Ios);
        await using var old = await app.ConnectAsync(id, await app.TokenAsync(id));
        var token = await app.TokenAsync(id);
        await AssertAliveAsync(old);

        await using var young = await app.ConnectAsync(id, token);

        await AssertKickedAsync(old);
        await AssertAliveAsync(young, phone);
    }

    [Fact]
    public async Task A_second_connection_with_the_same_token_kicks_nobody()
    {
        var app = server.App("usual");
        var (id, token) = await app.NewLoginAsync("u");
        await using var sender = await app.NewClientAsync("sender");
        await using var first = await app.ConnectAsync(id, token);
        await using var second = await app.ConnectAsync(id, token);

        await sender.SayAsync(sender.TextTo(id, "to both"));

        await first.TextPushAsync("to both");
        await second.TextPushAsync("to both");
        await AssertAliveAsync(first, second);
    }

    [Fact]
    public async Task Policy_4_keeps_one_token_of_each_class()
    {
        var app = server.App("classes");
        var tokens = await TokensAsync(app, Ios, Windows, IPad, Web, Android, Linux, APad, MiniWeb);

        await AssertStatesAsync(app, tokens, 1506, 1506, 1506, 1506, 0, 0, 0, 0);
    }

    [Fact]
    public async Task Policy_4_counts_unknown_classes_as_one()
    {
        var app = server.App("classes");
        var tokens = await TokensAsync(app, Web, Harmony);

        await AssertStatesAsync(app, tokens, 1506, 0);
    }

    [Theory]
    [InlineData(Ios, Android)]
    [InlineData(Windows, Osx)]
    [InlineData(Linux, Windows)]
    [InlineData(APad, IPad)]
    [InlineData(Web, MiniWeb)]
    public async Task Policy_4_kicks_a_connection_of_the_same_class(int oldPlatform, int youngPlatform)
    {
        var app = server.App("classes");
        var id = await app.NewUserAsync("u");
        await using var old = await app.ConnectAsync(id, await app.TokenAsync(id, oldPlatform), oldPlatform);
        await using var young = await app.ConnectAsync(id, await app.TokenAsync(id, youngPlatform), youngPlatform);

        await AssertKickedAsync(old);
        await AssertAliveAsync(young);
    }

    [Fact]
    public async Task Policy_4_leaves_other_classes_alone()
    {
        var app = server.App("classes");
        var id = await app.NewUserAsync("u");
        await using var phone = await app.ConnectAsync(id, await app.TokenAsync(id, Ios), Ios);
        await using var pad = await app.ConnectAsync(id, await app.TokenAsync(id, IPad), IPad);
        await using var computer = await app.ConnectAsync(id, await app.TokenAsync(id, Windows), Windows);
        await using var browser = await app.ConnectAsync(id, await app.TokenAsync(id));

        await AssertAliveAsync(phone, pad, computer, browser);
    }

    [Fact]
    public async Task Policy_5_takes_any_number_of_computers()
    {
        var app = server.App("computers");
        var tokens = await TokensAsync(app, Windows, Osx, Linux, Windows);

        await AssertStatesAsync(app, tokens, 0, 0, 0, 0);
    }

    [Fact]
    public async Task Policy_5_takes_one_other_device()
    {
        var app = server.App("computers");
        var tokens = await TokensAsync(app, Windows, Ios, Web, IPad);

        await AssertStatesAsync(app, tokens, 0, 1506, 1506, 0);
    }

    [Fact]
    public async Task Policy_5_kicks_other_devices_for_another_device()
    {
        var app = server.App("computers");
        var id = await app.NewUserAsync("u");
        await using var computer = await app.ConnectAsync(id, await app.TokenAsync(id, Windows), Windows);
        await using var phone = await app.ConnectAsync(id, await app.TokenAsync(id, Ios), Ios);
        await using var browser = await app.ConnectAsync(id, await app.TokenAsync(id));

        await AssertKickedAsync(phone);
        await AssertAliveAsync(computer, browser);
    }

    [Fact]
    public async Task Policy_5_kicks_nobody_for_a_computer()
    {
        var app = server.App("computers");
        var id = await app.NewUserAsync("u");
        await using var phone = await app.ConnectAsync(id, await app.TokenAsync(id, Ios), Ios);
        await using var windows = await app.ConnectAsync(id, await app.TokenAsync(id, Windows), Windows);
        await using var mac = await app.ConnectAsync(id, await app.TokenAsync(id, Osx), Osx);

        await AssertAliveAsync(phone, windows, mac);
    }

    [Fact]
    public async Task A_kicked_connection_gets_its_frame_in_its_own_encoding()
    {
        var app = server.App("usual");
        var id = await app.NewUserAsync("u");
        await using var old = await app.ConnectAsync(id, await app.TokenAsync(id), kind: WireKind.GzippedGob);
        await using var young = await app.ConnectAsync(id, await app.TokenAsync(id), kind: WireKind.Json);

        await AssertKickedAsync(old);
    }

    [Fact]
    public async Task A_forced_logout_kicks_the_connections_of_that_platform()
    {
        var app = server.App("usual");
        var id = await app.NewUserAsync("u");
        await using var browser = await app.ConnectAsync(id, await app.TokenAsync(id));
        await using var phone = await app.ConnectAsync(id, await app.TokenAsync(id, Ios), Ios);

        (await app.AdminPostAsync("/auth/force_logout", new { userID = id, platformID = Web })).Succeeded();

        await AssertKickedAsync(browser);
        await AssertAliveAsync(phone);
    }

    [Fact]
    public async Task The_token_of_a_kicked_connection_answers_1506()
    {
        var app = server.App("usual");
        var id = await app.NewUserAsync("u");
        await using var old = await app.ConnectAsync(id, await app.TokenAsync(id));
        await using var young = await app.ConnectAsync(id, await app.TokenAsync(id));

        await AssertKickedAsync(old);

        (await app.HandshakeAsync(OpenImAppClient.Query(id, old.Token) + "&isBackground=false")).Failed(1506, "TokenKickedError");
    }

    private static async Task<string[]> TokensAsync(OpenImAppClient app, params int[] platforms)
    {
        var id = await app.NewUserAsync("u");
        var tokens = new List<string>();
        foreach (var platform in platforms) tokens.Add(await app.TokenAsync(id, platform));
        return [.. tokens];
    }

    /// <summary>The code of each token; one that lost twice ago is told "unknown" instead of "kicked".</summary>
    private static async Task AssertStatesAsync(OpenImAppClient app, string[] tokens, params int[] codes)
    {
        var seen = new List<int>();
        foreach (var token in tokens) seen.Add((await app.PostAsync("/auth/parse_token", new { token })).ErrCode);
        Assert.Equal(codes, seen.Select(code => code == 1507 ? 1506 : code));
    }

    /// <summary>Frame 2002 without data, and the end.</summary>
    private static async Task AssertKickedAsync(OpenImClient client)
    {
        await client.ClosedAsync();
        var last = client.Frames[^1];
        Assert.Equal((Requests.KickOnline, "", "", 0, ""), (last.ReqIdentifier, last.MsgIncr, last.OperationId, last.ErrCode, last.ErrMsg));
        Assert.Empty(last.Data);
    }

    private static async Task AssertAliveAsync(params OpenImClient[] clients)
    {
        foreach (var client in clients)
        {
            Assert.Equal(0, (await client.RequestAsync(Requests.GetNewestSeq, new GetMaxSeqReq { UserID = client.UserId })).ErrCode);
            Assert.False(client.IsClosed);
        }
    }
}
