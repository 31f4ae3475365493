using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Codecs;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Protos;
using Google.Protobuf;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm;

/// <summary>Section 8: what clients may send, and what becomes of them when they send something else. The log stays clean.</summary>
public sealed class FrameTests(OpenImServer server) : IClassFixture<OpenImServer>
{
    private const byte Text = 0x81, Binary = 0x82, Close = 0x88, Ping = 0x89, Pong = 0x8a;
    private const int MaxMessageBytes = 51_200;
    private readonly OpenImAppClient _app = server.Demo;

    [Theory]
    [InlineData(WireKind.Gob, "")]
    [InlineData(WireKind.Gob, "00")]
    [InlineData(WireKind.Gob, "657f0301010c47")]
    [InlineData(WireKind.Gob, "f8ffffffffffffffff")]
    [InlineData(WireKind.Json, "")]
    [InlineData(WireKind.Json, "7b")]
    [InlineData(WireKind.Json, "6e756c6c")]
    [InlineData(WireKind.Json, "5b5d")]
    [InlineData(WireKind.Json, "fffe")]
    [InlineData(WireKind.GzippedGob, "")]
    [InlineData(WireKind.GzippedGob, "1f8b0800")]
    [InlineData(WireKind.GzippedGob, "657f0301010c47")]
    [InlineData(WireKind.GzippedGob, "1f8b08000000000000ff0000000000000000000000000000000000")]
    public async Task A_frame_that_cannot_be_read_ends_the_connection_without_a_word(WireKind kind, string hex)
    {
        await using var client = await _app.NewClientAsync("u", kind);

        await client.SendFrameAsync(Convert.FromHexString(hex));

        await AssertEndedInSilenceAsync(client);
    }

    [Theory]
    [InlineData(WireKind.Gob)]
    [InlineData(WireKind.Json)]
    [InlineData(WireKind.GzippedGob)]
    public async Task A_frame_that_is_cut_short_ends_the_connection(WireKind kind)
    {
        await using var client = await _app.NewClientAsync("u", kind);

        await client.SendFrameAsync(WireCodec.Encode(new(Requests.GetNewestSeq, client.UserId, "1", new byte[50]), kind)[..^9]);

        await AssertEndedInSilenceAsync(client);
    }

    [Fact]
    public async Task A_frame_that_inflates_beyond_measure_ends_the_connection()
    {
        await using var client = await _app.NewClientAsync("u", WireKind.GzippedGob);

        await client.SendFrameAsync(WireCodec.Gzip(new byte[40 * 1024 * 1024]));

        await AssertEndedInSilenceAsync(client);
    }

    [Fact]
    public async Task A_frame_that_lies_about_its_inflated_length_ends_the_connection()
    {
        await using var client = await _app.NewClientAsync("u", WireKind.GzippedGob);
        var bomb = WireCodec.Gzip(new byte[40 * 1024 * 1024]);
        BitConverter.TryWriteBytes(bomb.AsSpan(bomb.Length - 4), 100);

        await client.SendFrameAsync(bomb);

        await AssertEndedInSilenceAsync(client);
    }

    [Theory]
    [InlineData(WireKind.Gob)]
    [InlineData(WireKind.Json)]
    [InlineData(WireKind.GzippedGob)]
    public async Task An_unknown_request_ends_the_connection(WireKind kind)
    {
        await using var client = await _app.NewClientAsync("u", kind);

        await client.SendRequestAsync(4711, []);

        await AssertEndedInSilenceAsync(client);
    }

    [Theory]
    [InlineData("somebody")]
    [InlineData("")]
    [InlineData("imAdmin")]
    public async Task The_id_of_somebody_else_ends_the_connection(string sendId)
    {
        await using var client = await _app.NewClientAsync("u");

        await client.SendRequestAsync(Requests.GetNewestSeq, [], sendId);

        await AssertEndedInSilenceAsync(client);
    }

    [Fact]
    public async Task A_frame_of_60_KB_ends_the_connection()
    {
        await using var client = await _app.NewClientAsync("u");

        await client.SendFrameAsync(new byte[60 * 1024]);

        await AssertEndedInSilenceAsync(client);
    }

    [Fact]
    public async Task A_frame_of_the_largest_size_is_read()
    {
        await using var client = await _app.NewClientAsync("u", WireKind.Gob);
        var rest = WireCodec.Encode(new(Requests.SetBackgroundStatus, client.UserId, "big", new byte[50_000]), WireKind.Gob).Length - 50_000;
        var frame = WireCodec.Encode(new(Requests.SetBackgroundStatus, client.UserId, "big", new byte[MaxMessageBytes - rest]), WireKind.Gob);
        Assert.Equal(MaxMessageBytes, frame.Length);

        await client.SendFrameAsync(frame);

        Assert.Equal(1001, (await client.ReplyAsync("big")).ErrCode);
    }

    [Fact]
    public async Task Fragments_are_put_together()
    {
        await using var client = await _app.NewClientAsync("u");
        var frame = WireCodec.Encode(new(Requests.GetNewestSeq, client.UserId, "pieces", []), WireKind.Json);

        await client.SendFrameAsync(frame[..10], isEnd: false);
        await client.SendFrameAsync([], isEnd: false);
        await client.SendFrameAsync(frame[10..]);

        Assert.Equal(0, (await client.ReplyAsync("pieces")).ErrCode);
    }

    [Fact]
    public async Task Fragments_of_more_than_the_largest_size_end_the_connection()
    {
        await using var client = await _app.NewClientAsync("u");

        await client.SendFrameAsync(new byte[40_000], isEnd: false);
        await client.SendFrameAsync(new byte[40_000], isEnd: false);

        await AssertEndedInSilenceAsync(client);
    }

    [Fact]
    public async Task Control_frames_may_come_between_fragments()
    {
        var (raw, id) = await RawAsync();
        await using var _ = raw;
        var frame = WireCodec.Encode(new(Requests.GetNewestSeq, id, "1", []), WireKind.Json);

        await raw.TrySendAsync(
            [.. RawConnection.Frame(0x02, frame.AsSpan(0, 20)), .. RawConnection.Frame(Ping, "still here"u8), .. RawConnection.Frame(0x80, frame.AsSpan(20))]);

        await Eventually.TrueAsync(() => Contains(raw, "still here") && Contains(raw, "\"msgIncr\":\"1\""), "a pong and an answer");
    }

    [Fact]
    public async Task Frames_that_arrive_byte_by_byte_are_read()
    {
        var (raw, id) = await RawAsync();
        await using var _ = raw;

        foreach (var b in RawConnection.Frame(Binary, WireCodec.Encode(new(Requests.GetNewestSeq, id, "1", []), WireKind.Json))) await raw.TrySendAsync([b]);

        await Eventually.TrueAsync(() => Contains(raw, "\"msgIncr\":\"1\""), "an answer");
    }

    [Theory]
    [InlineData("820100", "not masked")]
    [InlineData("c280000000 00", "a reserved bit")]
    [InlineData("838000000000", "a reserved opcode")]
    [InlineData("8b8000000000", "a reserved control opcode")]
    [InlineData("098000000000", "a ping in pieces")]
    [InlineData("89fe007e00000000", "a long ping")]
    [InlineData("808000000000", "a continuation of nothing")]
    [InlineData("82fffffffffffffffffe00000000", "a length beyond all")]
    [InlineData("82ff7fffffffffffffff00000000", "a length beyond memory")]
    [InlineData("0281000000007b028100000000 7d", "a message inside a message")]
    public async Task A_breach_of_the_protocol_ends_the_connection(string hex, string breach)
    {
        var (raw, _) = await RawAsync();
        await using var __ = raw;

        await raw.TrySendAsync(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

        await Eventually.TrueAsync(() => raw.IsClosed, breach);
        Assert.Empty(raw.Received.Where((b, i) => i == 0 && b != Close));
    }

    [Fact]
    public async Task What_follows_a_bad_frame_is_not_done()
    {
        await using var bob = await _app.NewClientAsync("bob");
        var (id, token) = await _app.NewLoginAsync("raw");
        await using var raw = await RawConnection.ConnectAsync(_app.SocketUri(OpenImAppClient.Query(id, token) + "&isBackground=false&sdkType=js"));
        var message = new MsgData { SendID = id, RecvID = bob.UserId, ClientMsgID = "c", SessionType = 1, ContentType = 101, Content = ByteString.CopyFromUtf8("{}") };
        var send = RawConnection.Frame(Binary, WireCodec.Encode(new(Requests.SendMsg, id, "1", message.ToByteArray()), WireKind.Json));

        await raw.TrySendAsync([.. RawConnection.Frame(Binary, "nonsense"u8), .. send]);
        await raw.ClosedAsync();

        await bob.SayAsync(bob.TextTo(id, "a fence"));
        Assert.Equal(1, (await bob.TextPushAsync("a fence")).Message.Seq);
    }

    [Fact]
    public async Task A_close_frame_is_answered()
    {
        var (raw, _) = await RawAsync();
        await using var __ = raw;

        await raw.TrySendAsync(RawConnection.Frame(Close, [0x03, 0xe8]));

        await raw.ClosedAsync();
        Assert.Equal([Close, 2, 0x03, 0xe8], raw.Received);
    }

    [Fact]
    public async Task A_ping_frame_is_answered_with_its_payload()
    {
        var (raw, _) = await RawAsync();
        await using var __ = raw;

        await raw.TrySendAsync(RawConnection.Frame(Ping, "abc"u8));

        await Eventually.TrueAsync(() => raw.Received.Length == 5, "a pong");
        Assert.Equal([Pong, 3, .. "abc"u8], raw.Received);
    }

    [Fact]
    public async Task A_flood_of_pings_is_answered_or_ends_the_connection()
    {
        var (raw, _) = await RawAsync();
        await using var __ = raw;
        byte[] flood = [.. Enumerable.Repeat(RawConnection.Frame(Ping, new byte[125]), 500).SelectMany(f => f)];

        await raw.TrySendAsync(flood);

        await Eventually.TrueAsync(() => raw.IsClosed || raw.Received.Length == 500 * 127, "the pongs");
    }

    [Theory]
    [InlineData("""{"type":"ping"}""", """{"type":"pong"}""")]
    [InlineData("""{"type":"ping","body":"text"}""", """{"type":"pong","body":"text"}""")]
    [InlineData("""{"type":"ping","body":{"a":[1,null]}}""", """{"type":"pong","body":{"a":[1,null]}}""")]
    public async Task A_text_ping_is_answered_with_its_body(string ping, string pong)
    {
        await using var client = await _app.NewClientAsync("u");

        await client.SendTextAsync(ping);

        await Eventually.TrueAsync(() => client.Texts.Count == 2, "a pong");
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(pong).RootElement, JsonDocument.Parse(client.Texts[1]).RootElement));
    }

    [Theory]
    [InlineData("""{"type":"pong"}""")]
    [InlineData("""{"type":"hello"}""")]
    [InlineData("""{}""")]
    [InlineData("""ping""")]
    [InlineData("")]
    [InlineData("""{"reqIdentifier":1001,"token":"","sendID":"u","operationID":"op","msgIncr":"1","data":""}""")]
    public async Task Any_other_text_ends_the_connection(string text)
    {
        await using var client = await _app.NewClientAsync("u");

        await client.SendTextAsync(text);

        await AssertEndedInSilenceAsync(client);
    }

    [Fact]
    public async Task Text_that_is_no_utf8_ends_the_connection()
    {
        await using var client = await _app.NewClientAsync("u");

        await client.SendFrameAsync([0xff, 0xfe], WebSocketMessageType.Text);

        await AssertEndedInSilenceAsync(client);
    }

    [Fact]
    public async Task Signalling_answers_500()
    {
        await using var client = await _app.NewClientAsync("u");

        var reply = await client.RequestAsync(Requests.SendSignalMsg, []);

        Assert.Equal((500, Requests.SendSignalMsg, "op"), (reply.ErrCode, reply.ReqIdentifier, reply.OperationId));
        Assert.Empty(reply.Data);
    }

    [Theory]
    [InlineData(Requests.GetNewestSeq)]
    [InlineData(Requests.PullMsgBySeqRange)]
    [InlineData(Requests.SendMsg)]
    [InlineData(Requests.PullMsgBySeqList)]
    [InlineData(Requests.GetConvMaxReadSeq)]
    [InlineData(Requests.PullConvLastMessage)]
    [InlineData(Requests.SetBackgroundStatus)]
    [InlineData(Requests.SubUserOnlineStatus)]
    public async Task Data_that_is_no_protobuf_answers_1001(int request)
    {
        await using var client = await _app.NewClientAsync("u");

        var reply = await client.RequestAsync(request, [0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f, 1]);

        Assert.Equal((1001, "ArgsError"), (reply.ErrCode, reply.ErrMsg));
        Assert.Empty(reply.Data);
    }

    [Fact]
    public async Task Protobuf_without_end_answers_1001()
    {
        await using var client = await _app.NewClientAsync("u");
        byte[] groups = [.. Enumerable.Repeat((byte)0x0b, 30_000)]; // a group in a group in a group

        Assert.Equal(1001, (await client.RequestAsync(Requests.GetNewestSeq, groups)).ErrCode);
    }

    [Fact]
    public async Task A_logout_is_answered_and_ends_the_connection_but_not_the_token()
    {
        await using var client = await _app.NewClientAsync("u");

        var reply = await client.RequestAsync(Requests.Logout, [0x0a, 1, (byte)'u', 0x10, 5]);

        Assert.Equal(0, reply.ErrCode);
        await client.ClosedAsync();
        await using var again = await _app.ConnectAsync(client.UserId, client.Token);
    }

    [Fact]
    public async Task Answers_may_be_many_at_once()
    {
        await using var client = await _app.NewClientAsync("u");
        var asked = new List<string>();
        for (var i = 0; i < 300; i++) asked.Add(await client.SendRequestAsync(Requests.GetNewestSeq, []));

        foreach (var incr in asked) Assert.Equal(0, (await client.ReplyAsync(incr)).ErrCode);
    }

    [Theory]
    [InlineData(WireKind.Gob, 11)]
    [InlineData(WireKind.Json, 12)]
    [InlineData(WireKind.GzippedGob, 13)]
    public async Task Hostile_frames_hurt_nobody_else(WireKind kind, int seed)
    {
        await using var good = await _app.NewClientAsync("good");
        var (id, token) = await _app.NewLoginAsync("hostile");
        var uri = _app.SocketUri(OpenImAppClient.Query(id, token) + "&isBackground=false" + Flags(kind));
        await using var hostile = new Hostile(uri);
        var frames = new List<byte[]>();
        Fuzz.Run(seed, count: 700, ValidFrames(id, kind), frames.Add);

        foreach (var frame in frames) await hostile.SendAsync(frame);

        await good.SayAsync(good.TextTo(id, "still here"));
        await good.TextPushAsync("still here");
        await using var reformed = await _app.ConnectAsync(id, token);
        Assert.Equal(0, (await reformed.RequestAsync(Requests.GetNewestSeq, new GetMaxSeqReq { UserID = id })).ErrCode);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public async Task Hostile_data_in_good_envelopes_is_answered_and_spoils_no_history(int seed)
    {
        await using var client = await _app.NewClientAsync("u");
        var (id, conversation) = (client.UserId, $"si_{client.UserId}_{client.UserId}");
        var requests = ValidRequests(id);
        var asked = new List<string>();
        var inputs = new List<byte[]>();
        Fuzz.Run(seed, count: 500, [.. requests.Select(r => r.Data.ToByteArray())], inputs.Add);

        for (var i = 0; i < inputs.Count; i++) asked.Add(await client.SendRequestAsync(requests[i % requests.Count].Request, inputs[i]));

        foreach (var incr in asked) Assert.InRange((await client.ReplyAsync(incr)).ErrCode, 0, 1204);
        Assert.DoesNotContain(client.Frames, f => f.ErrCode == 500);
        var sent = await client.SayAsync(client.TextTo(id, "the last word"));
        var everything = new PullMessageBySeqsReq { UserID = id, SeqRanges = { new SeqRange { ConversationID = conversation, Begin = 1, End = 1_000_000, Num = 500 } } };
        var pulled = await client.AskAsync(Requests.PullMsgBySeqRange, everything, PullMessageBySeqsResp.Parser);
        Assert.Equal(sent.ServerMsgID, pulled.Msgs[conversation].Msgs[^1].ServerMsgID);
    }

    private static string Flags(WireKind kind) => kind switch { WireKind.Json => "&sdkType=js", WireKind.Gob => "", _ => "&compression=gzip" };

    /// <summary>Whole WebSocket frames: a change may hit the frame's head, the envelope or the message inside.</summary>
    private static List<byte[]> ValidFrames(string id, WireKind kind) =>
    [
        .. ValidRequests(id).Select(r => RawConnection.Frame(Binary, WireCodec.Encode(new(r.Request, id, "1", r.Data.ToByteArray()), kind))),
        RawConnection.Frame(Text, "{\"type\":\"ping\"}"u8),
        RawConnection.Frame(Ping, "x"u8),
    ];

    private static List<(int Request, IMessage Data)> ValidRequests(string id)
    {
        var message = new MsgData
        {
            SendID = id,
            RecvID = id,
            ClientMsgID = "c",
            SessionType = 1,
            ContentType = 101,
            Content = ByteString.CopyFromUtf8("{}"),
            Options = { ["unreadCount"] = false, ["new"] = true },
            OfflinePushInfo = new OfflinePushInfo { Title = "t", IOSBadgeCount = true },
            AtUserIDList = { "a" },
        };
        var range = new PullMessageBySeqsReq { UserID = id, SeqRanges = { new SeqRange { ConversationID = $"si_{id}_{id}", Begin = 1, End = 100, Num = 10 } } };
        var list = new GetSeqMessageReq { UserID = id, Conversations = { new ConversationSeqs { ConversationID = $"si_{id}_{id}", Seqs = { 1, 2, long.MaxValue, -1 } } } };
        return
        [
            (Requests.GetNewestSeq, new GetMaxSeqReq { UserID = id }), (Requests.PullMsgBySeqRange, range), (Requests.SendMsg, message), (Requests.PullMsgBySeqList, list),
            (Requests.GetConvMaxReadSeq, new GetConversationsHasReadAndMaxSeqReq { UserID = id }),
            (Requests.PullConvLastMessage, new GetLastMessageReq { ConversationIDs = { $"si_{id}_{id}", $"n_{id}_{id}" } }),
            (Requests.SubUserOnlineStatus, new SubUserOnlineStatus { SubscribeUserID = { id } }),
        ];
    }

    private async Task<(RawConnection Raw, string Id)> RawAsync()
    {
        var (id, token) = await _app.NewLoginAsync("raw");
        return (await RawConnection.ConnectAsync(_app.SocketUri(OpenImAppClient.Query(id, token) + "&isBackground=false&sdkType=js")), id);
    }

    private static bool Contains(RawConnection raw, string text) => raw.Received.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    /// <summary>Nothing but the welcome was ever said.</summary>
    private static async Task AssertEndedInSilenceAsync(OpenImClient client)
    {
        await client.ClosedAsync();
        Assert.Empty(client.Frames);
        Assert.Single(client.Texts);
    }

    /// <summary>
    /// Sends on and on, over a new connection whenever the last one was ended; and now and then anyway, because a wrong length makes
    /// the server take what follows for the rest of a frame.
    /// </summary>
    private sealed class Hostile(Uri uri) : IAsyncDisposable
    {
        private const int FramesOfAConnection = 5;
        private RawConnection? _raw;
        private int _sent;

        public async Task SendAsync(byte[] bytes)
        {
            while (_sent++ % FramesOfAConnection == 0 || _raw is null || _raw.IsClosed || !await _raw.TrySendAsync(bytes))
            {
                if (_raw is not null) await _raw.DisposeAsync();
                _raw = await RawConnection.ConnectAsync(uri);
            }
        }

        public ValueTask DisposeAsync() => _raw?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
