using Dragoman.Dialects.Conformance.OpenIm.Codecs;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Frames;

/// <summary>RFC 6455: fragments, control frames and breaches.</summary>
public sealed class WebSocketProtocolTests(OpenImServer server) : FrameTest(server)
{
    private const byte Binary = 0x82, Close = 0x88, Ping = 0x89, Pong = 0x8a;

    [Fact]
    public async Task Fragments_are_put_together()
    {
        await using var client = await App.NewClientAsync("u");
        var frame = WireCodec.Encode(new(Requests.GetNewestSeq, client.UserId, "pieces", []), WireKind.Json);

        await client.SendFrameAsync(frame[..10], isEnd: false);
        await client.SendFrameAsync([], isEnd: false);
        await client.SendFrameAsync(frame[10..]);

        Assert.Equal(0, (await client.ReplyAsync("pieces")).ErrCode);
    }

    [Fact]
    public async Task Fragments_of_more_than_the_largest_size_end_the_connection()
    {
        await using var client = await App.NewClientAsync("u");

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
}
