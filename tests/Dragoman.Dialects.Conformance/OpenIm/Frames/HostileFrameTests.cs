using Dragoman.Dialects.Conformance.OpenIm.Codecs;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Protos;
using Google.Protobuf;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Frames;

/// <summary>Seeded mutations of good frames and good data: nobody else is hurt, and nothing is spoiled.</summary>
public sealed class HostileFrameTests(OpenImServer server) : FrameTest(server)
{
    private const byte Text = 0x81, Binary = 0x82, Ping = 0x89;

    [Theory]
    [InlineData(WireKind.Gob, 11)]
    [InlineData(WireKind.Json, 12)]
    [InlineData(WireKind.GzippedGob, 13)]
    public async Task Hostile_frames_hurt_nobody_else(WireKind kind, int seed)
    {
        await using var good = await App.NewClientAsync("good");
        var (id, token) = await App.NewLoginAsync("hostile");
        var uri = App.SocketUri(OpenImAppClient.Query(id, token) + "&isBackground=false" + Flags(kind));
        await using var hostile = new Hostile(uri);
        var frames = new List<byte[]>();
        Fuzz.Run(seed, count: 700, ValidFrames(id, kind), frames.Add);

        foreach (var frame in frames) await hostile.SendAsync(frame);

        await good.SayAsync(good.TextTo(id, "still here"));
        await good.TextPushAsync("still here");
        await using var reformed = await App.ConnectAsync(id, token);
        Assert.Equal(0, (await reformed.RequestAsync(Requests.GetNewestSeq, new GetMaxSeqReq { UserID = id })).ErrCode);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public async Task Hostile_data_in_good_envelopes_is_answered_and_spoils_no_history(int seed)
    {
        await using var client = await App.NewClientAsync("u");
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
