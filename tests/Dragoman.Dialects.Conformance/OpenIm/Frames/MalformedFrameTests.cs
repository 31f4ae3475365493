using Dragoman.Dialects.Conformance.OpenIm.Codecs;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Protos;
using Google.Protobuf;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Frames;

/// <summary>Section 8: frames that cannot be read, and what becomes of who sends them.</summary>
public sealed class MalformedFrameTests(OpenImServer server) : FrameTest(server)
{
    private const byte Binary = 0x82;
    private const int MaxMessageBytes = 51_200;

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
        await using var client = await App.NewClientAsync("u", kind);

        await client.SendFrameAsync(Convert.FromHexString(hex));

        await AssertEndedInSilenceAsync(client);
    }

    [Theory]
    [InlineData(WireKind.Gob)]
    [InlineData(WireKind.Json)]
    [InlineData(WireKind.GzippedGob)]
    public async Task A_frame_that_is_cut_short_ends_the_connection(WireKind kind)
    {
        await using var client = await App.NewClientAsync("u", kind);

        await client.SendFrameAsync(WireCodec.Encode(new(Requests.GetNewestSeq, client.UserId, "1", new byte[50]), kind)[..^9]);

        await AssertEndedInSilenceAsync(client);
    }

    [Fact]
    public async Task A_frame_that_inflates_beyond_measure_ends_the_connection()
    {
        await using var client = await App.NewClientAsync("u", WireKind.GzippedGob);

        await client.SendFrameAsync(WireCodec.Gzip(new byte[40 * 1024 * 1024]));

        await AssertEndedInSilenceAsync(client);
    }

    [Fact]
    public async Task A_frame_that_lies_about_its_inflated_length_ends_the_connection()
    {
        await using var client = await App.NewClientAsync("u", WireKind.GzippedGob);
        var bomb = WireCodec.Gzip(new byte[40 * 1024 * 1024]);
        BitConverter.TryWriteBytes(bomb.AsSpan(bomb.Length - 4), 100);

        await client.SendFrameAsync(bomb);

        await AssertEndedInSilenceAsync(client);
    }

    [Fact]
    public async Task A_frame_of_60_KB_ends_the_connection()
    {
        await using var client = await App.NewClientAsync("u");

        await client.SendFrameAsync(new byte[60 * 1024]);

        await AssertEndedInSilenceAsync(client);
    }

    [Fact]
    public async Task A_frame_of_the_largest_size_is_read()
    {
        await using var client = await App.NewClientAsync("u", WireKind.Gob);
        var rest = WireCodec.Encode(new(Requests.SetBackgroundStatus, client.UserId, "big", new byte[50_000]), WireKind.Gob).Length - 50_000;
        var frame = WireCodec.Encode(new(Requests.SetBackgroundStatus, client.UserId, "big", new byte[MaxMessageBytes - rest]), WireKind.Gob);
        Assert.Equal(MaxMessageBytes, frame.Length);

        await client.SendFrameAsync(frame);

        Assert.Equal(1001, (await client.ReplyAsync("big")).ErrCode);
    }

    [Fact]
    public async Task What_follows_a_bad_frame_is_not_done()
    {
        await using var bob = await App.NewClientAsync("bob");
        var (id, token) = await App.NewLoginAsync("raw");
        await using var raw = await RawConnection.ConnectAsync(App.SocketUri(OpenImAppClient.Query(id, token) + "&isBackground=false&sdkType=js"));
        var message = new MsgData { SendID = id, RecvID = bob.UserId, ClientMsgID = "c", SessionType = 1, ContentType = 101, Content = ByteString.CopyFromUtf8("{}") };
        var send = RawConnection.Frame(Binary, WireCodec.Encode(new(Requests.SendMsg, id, "1", message.ToByteArray()), WireKind.Json));

        await raw.TrySendAsync([.. RawConnection.Frame(Binary, "nonsense"u8), .. send]);
        await raw.ClosedAsync();

        await bob.SayAsync(bob.TextTo(id, "a fence"));
        Assert.Equal(1, (await bob.TextPushAsync("a fence")).Message.Seq);
    }
}
