using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Protos;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm;

/// <summary>Section 7: the opening of the long connection.</summary>
public sealed class HandshakeTests(HandshakeTests.Apps server) : IClassFixture<HandshakeTests.Apps>
{
    private const string Flags = "&isBackground=false";
    private const string Browser = "&isBackground=false&isMsgResp=true";
    private readonly OpenImAppClient _app = server.Demo;

    public sealed class Apps : OpenImServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings => [("demo", "{}"), ("narrow", """{"websocketMaxConnNum":1}""")];
    }

    [Theory]
    [InlineData("?token=t&platformID=5&operationID=op&isBackground=false", "sendID is empty")]
    [InlineData("?sendID=u&platformID=5&operationID=op&isBackground=false", "token is empty")]
    [InlineData("?sendID=u&token=t&operationID=op&isBackground=false", "platformID is not int")]
    [InlineData("?sendID=u&token=t&platformID=five&operationID=op&isBackground=false", "platformID is not int")]
    [InlineData("?sendID=u&token=t&platformID=0&operationID=op&isBackground=false", "platformID is invalid")]
    [InlineData("?sendID=u&token=t&platformID=12&operationID=op&isBackground=false", "platformID is invalid")]
    [InlineData("?sendID=u&token=t&platformID=-5&operationID=op&isBackground=false", "platformID is invalid")]
    [InlineData("?sendID=u&token=t&platformID=5&isBackground=false", "operationID is empty")]
    [InlineData("?sendID=u&token=t&platformID=5&operationID=op&isBackground=false&isMsgResp=perhaps", "isMsgResp is not bool")]
    [InlineData("?sendID=u&token=t&platformID=5&operationID=op&isBackground=false&sdkType=java", "sdkType is invalid")]
    public async Task A_wrong_parameter_answers_1602_without_an_upgrade(string query, string detail)
    {
        var reply = await _app.HandshakeAsync(query);

        reply.Failed(1602, "args err, need token, sendID, platformID", detail);
        Assert.Equal("application/json; charset=utf-8", reply.Headers["Content-Type"]);
    }

    [Fact]
    public async Task A_wrong_parameter_answers_without_an_upgrade_even_if_a_frame_was_asked_for() =>
        (await _app.HandshakeAsync("?sendID=u&token=t&platformID=12&operationID=op" + Browser)).Failed(1602);

    [Theory]
    [InlineData("")]
    [InlineData("&isBackground=")]
    [InlineData("&isBackground=no")]
    [InlineData("&isBackground=no&isMsgResp=true")]
    public async Task A_missing_or_bad_background_flag_answers_500(string flags) =>
        (await _app.HandshakeAsync(OpenImAppClient.Query("u", "t") + flags)).Failed(500, "ServerInternalError");

    [Fact]
    public async Task An_empty_query_answers_1602() => (await _app.HandshakeAsync("")).Failed(1602, detail: "sendID is empty");

    [Fact]
    public async Task A_malformed_token_answers_1503_in_a_body() =>
        (await _app.HandshakeAsync(OpenImAppClient.Query("u", "abc") + Flags)).Failed(1503, "TokenMalformedError");

    [Fact]
    public async Task A_malformed_token_answers_1503_in_a_frame() => await AssertRefusedByFrameAsync("u", "abc", 1503);

    [Fact]
    public async Task An_expired_token_answers_1501_in_a_frame() =>
        await AssertRefusedByFrameAsync("u", _app.Sign("u", 5, server.Clock.GetUtcNow().AddHours(-1)), 1501);

    [Fact]
    public async Task A_token_of_the_future_answers_1504_in_a_frame()
    {
        var now = server.Clock.GetUtcNow();

        await AssertRefusedByFrameAsync("u", _app.Sign("u", 5, now.AddHours(2), notBefore: now.AddHours(1)), 1504);
    }

    [Fact]
    public async Task A_forged_token_answers_1505_in_a_frame() =>
        await AssertRefusedByFrameAsync("u", _app.Sign("u", 5, server.Clock.GetUtcNow().AddHours(1), secret: "guessed"), 1505);

    [Fact]
    public async Task A_superseded_token_answers_1506_in_a_frame()
    {
        var (id, first) = await _app.NewLoginAsync("u");
        await _app.TokenAsync(id);

        await AssertRefusedByFrameAsync(id, first, 1506);
    }

    [Fact]
    public async Task A_token_that_was_never_issued_answers_1507_in_a_frame() =>
        await AssertRefusedByFrameAsync("u", _app.Sign("u", 5, server.Clock.GetUtcNow().AddHours(1)), 1507);

    [Fact]
    public async Task The_token_of_another_user_answers_1502()
    {
        var (id, token) = await _app.NewLoginAsync("u");

        (await _app.HandshakeAsync(OpenImAppClient.Query("somebody", token) + Flags))
            .Failed(1502, "TokenInvalidError", $"token uid {id} != userID somebody");
        await AssertRefusedByFrameAsync("somebody", token, 1502);
    }

    [Fact]
    public async Task The_token_of_another_platform_answers_1502()
    {
        var (id, token) = await _app.NewLoginAsync("u");

        (await _app.HandshakeAsync(OpenImAppClient.Query(id, token, platform: "1") + Flags))
            .Failed(1502, "TokenInvalidError", "token platform 5 != platformID 1");
    }

    [Fact]
    public async Task Parameters_are_checked_before_the_token() =>
        (await _app.HandshakeAsync(OpenImAppClient.Query("u", "abc") + "&isBackground=maybe")).Failed(500);

    [Fact]
    public async Task One_connection_too_many_answers_1601()
    {
        var app = server.App("narrow");
        var (id, token) = await app.NewLoginAsync("u");
        await using var first = await app.ConnectAsync(id, token);

        (await app.HandshakeAsync(OpenImAppClient.Query(id, token) + Browser)).Failed(1601, "ConnOverMaxNumLimit", "over max conn num limit");
        (await app.HandshakeAsync("")).Failed(1601);
        await first.LeaveAsync();

        await Eventually.TrueAsync(() => app.HandshakeAsync("").GetAwaiter().GetResult().ErrCode == 1602, "there is room again");
        await using var second = await app.ConnectAsync(id, token);
    }

    [Fact]
    public async Task Without_isMsgResp_there_is_no_welcome()
    {
        var (id, token) = await _app.NewLoginAsync("u");
        await using var client = await _app.ConnectAsync(id, token, extra: Flags);

        Assert.Equal(0, (await client.RequestAsync(Requests.GetNewestSeq, new GetMaxSeqReq { UserID = id })).ErrCode);

        Assert.Empty(client.Texts);
    }

    [Fact]
    public async Task The_welcome_comes_before_any_push()
    {
        var sender = await _app.NewClientAsync("sender");
        await using var _ = sender;
        var (id, token) = await _app.NewLoginAsync("u");
        using var stop = new CancellationTokenSource();
        var talk = TalkAsync(sender, id, stop.Token);
        await using var raw = await RawConnection.ConnectAsync(_app.SocketUri(OpenImAppClient.Query(id, token) + Browser));
        await Eventually.TrueAsync(() => raw.Received.Length > 1000, "a welcome and some pushes");
        await stop.CancelAsync();
        await talk;

        var welcome = "{\"errCode\":0,\"errMsg\":\"\",\"errDlt\":\"\"}"u8;
        Assert.Equal([0x81, (byte)welcome.Length, .. welcome], raw.Received[..(2 + welcome.Length)]);
    }

    [Theory]
    [InlineData(WireKind.Gob)]
    [InlineData(WireKind.GzippedGob)]
    [InlineData(WireKind.Json)]
    public async Task Every_encoding_logs_in_sends_and_hears(WireKind kind)
    {
        await using var alice = await _app.NewClientAsync("alice", kind);
        await using var bob = await _app.NewClientAsync("bob", kind);
        var text = new string('x', 3000); // past the size up to which frames are stored uncompressed

        var sent = await alice.SayAsync(alice.TextTo(bob.UserId, text));

        var pushed = await bob.TextPushAsync(text);
        Assert.Equal((sent.ServerMsgID, 1, 2), (pushed.Message.ServerMsgID, pushed.Message.Seq, pushed.Message.Status));
        Assert.Equal(sent.ServerMsgID, (await alice.TextPushAsync(text)).Message.ServerMsgID);
    }

    [Fact]
    public async Task Compression_may_be_asked_for_in_a_header()
    {
        var (id, token) = await _app.NewLoginAsync("u");
        await using var raw = await RawConnection.ConnectAsync(_app.SocketUri(OpenImAppClient.Query(id, token) + Flags), "compression: gzip");

        await raw.TrySendAsync(RawConnection.Frame(
            0x82, WireCodec.Encode(new(Requests.GetNewestSeq, id, "1", []), WireKind.GzippedGob)));

        // A frame of 126 bytes or more has a header of four.
        await Eventually.TrueAsync(() => raw.Received.Length > 6, "an answer");
        Assert.Equal([0x82, 126], raw.Received[..2]);
        Assert.Equal([0x1f, 0x8b], raw.Received[4..6]);
    }

    [Theory]
    [InlineData("\"5\"", "true")]
    [InlineData("5", "\"true\"")]
    public async Task All_parameters_may_come_packed(string platform, string sendResponse)
    {
        var (id, token) = await _app.NewLoginAsync("u");
        var packed = $$"""{"token":"{{token}}","userID":"{{id}}","platformID":{{platform}},"operationID":"op","sdkType":"js","sendResponse":{{sendResponse}},"background":false}""";

        await using var client = await OpenImClient.ConnectAsync(
            _app, id, token, _app.SocketUri("?isMsgResp=true&sendID=ignored&v=" + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(packed))), WireKind.Json);

        Assert.Equal(0, (await client.RequestAsync(Requests.GetNewestSeq, new GetMaxSeqReq { UserID = id })).ErrCode);
    }

    [Fact]
    public async Task Packed_parameters_are_checked_alike()
    {
        var packed = Base64Url.EncodeToString("""{"token":"t","platformID":5,"operationID":"op"}"""u8);

        (await _app.HandshakeAsync("?v=" + packed)).Failed(1602, detail: "sendID is empty");
    }

    [Theory]
    [InlineData("!!!")]
    [InlineData("e30")]
    [InlineData("W10")]
    [InlineData("bm90IGpzb24")]
    [InlineData("eyJ0b2tlbiI6Ilx1ZDgwMCJ9")]
    public async Task Packed_parameters_that_cannot_be_read_answer_1602(string packed) =>
        (await _app.HandshakeAsync("?v=" + packed)).Failed(1602);

    [Theory]
    [InlineData("1")]
    [InlineData("t")]
    [InlineData("TRUE")]
    [InlineData("0")]
    [InlineData("F")]
    public async Task Flags_are_spelled_as_go_reads_them(string flag) =>
        (await _app.HandshakeAsync(OpenImAppClient.Query("u", "abc") + "&isBackground=" + flag)).Failed(1503);

    private static async Task TalkAsync(OpenImClient sender, string receiver, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested) await sender.SayAsync(sender.TextTo(receiver, "again"));
    }

    /// <summary>An upgrade, one text frame with the envelope, and the end.</summary>
    private async Task AssertRefusedByFrameAsync(string userId, string token, int code)
    {
        await using var client = await OpenImClient.OpenAsync(
            _app, userId, token, _app.SocketUri(OpenImAppClient.Query(userId, token) + Browser), WireKind.Json);

        await client.ClosedAsync();

        Assert.Empty(client.Frames);
        var envelope = JsonDocument.Parse(Assert.Single(client.Texts)).RootElement;
        Assert.Equal(code, envelope.GetProperty("errCode").GetInt32());
        Assert.NotEqual("", envelope.GetProperty("errMsg").GetString());
    }
}
