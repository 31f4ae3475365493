using System.Buffers.Binary;
using Dragoman.Gateway.Transports;

namespace Dragoman.Gateway.Tests.Transports;

public sealed class WebSocketFramesTests
{
    private const int MaxPayload = 100_000;

    [Fact]
    public void The_accept_key_is_the_one_of_the_RFC() =>
        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", WebSocketHandshake.Accept("dGhlIHNhbXBsZSBub25jZQ=="));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(MaxPayload)]
    public void A_clients_frame_of_any_length_is_read_and_unmasked_wherever_it_is_cut(int length)
    {
        var payload = Bytes(length);
        var frame = Masked(0x82, payload);
        foreach (var cut in new[] { 0, 1, 2, 5, 9, frame.Length - 1 }.Where(cut => cut < frame.Length))
            Assert.Equal(WebSocketFrames.ReadStatus.NeedMore, WebSocketFrames.TryRead(frame.AsSpan(0, cut).ToArray(), MaxPayload, out _));

        Assert.Equal(WebSocketFrames.ReadStatus.Frame, WebSocketFrames.TryRead(frame, MaxPayload, out var header));
        Assert.Equal((WebSocketOpcode.Binary, true, frame.Length), (header.Opcode, header.IsFinal, header.Total));
        Assert.Equal(payload, frame.AsSpan(header.Payload, header.Length).ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(70_000)]
    public void A_servers_frame_has_the_shortest_header_and_no_mask(int length)
    {
        var payload = Bytes(length);
        var frame = WebSocketFrames.Make(WebSocketOpcode.Text, payload);

        Assert.Equal(0x81, frame[0]);
        Assert.Equal(0, frame[1] & 0x80);
        Assert.Equal(WebSocketFrames.HeaderLength(length) + length, frame.Length);
        Assert.Equal(payload, frame[^length..]);
    }

    [Theory]
    [InlineData(0xC2)] // a reserved bit
    [InlineData(0x83)] // an unknown opcode
    [InlineData(0x8B)] // an unknown control opcode
    [InlineData(0x09)] // a ping in pieces
    public void A_frame_against_the_rules_is_a_violation(int first) =>
        Assert.Equal(WebSocketFrames.ReadStatus.Violation, WebSocketFrames.TryRead(Masked((byte)first, Bytes(3)), MaxPayload, out _));

    [Fact]
    public void A_frame_without_a_mask_is_a_violation() =>
        Assert.Equal(
            WebSocketFrames.ReadStatus.Violation,
            WebSocketFrames.TryRead(WebSocketFrames.Make(WebSocketOpcode.Binary, Bytes(3)), MaxPayload, out _));

    [Fact]
    public void A_long_control_frame_is_a_violation() =>
        Assert.Equal(WebSocketFrames.ReadStatus.Violation, WebSocketFrames.TryRead(Masked(0x89, Bytes(126)), MaxPayload, out _));

    [Fact]
    public void A_frame_past_the_limit_is_refused_by_its_header_alone()
    {
        var header = new byte[10];
        (header[0], header[1]) = (0x82, 0xFF);
        BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(2), ulong.MaxValue);

        Assert.Equal(WebSocketFrames.ReadStatus.TooBig, WebSocketFrames.TryRead(header, MaxPayload, out _));
    }

    [Fact]
    public void Random_bytes_never_throw_and_never_reach_past_the_buffer()
    {
        var random = new Random(20261121);
        for (var i = 0; i < 100_000; i++)
        {
            var bytes = new byte[random.Next(0, 64)];
            random.NextBytes(bytes);
            if (WebSocketFrames.TryRead(bytes, 48, out var header) == WebSocketFrames.ReadStatus.Frame)
                Assert.True(header.Payload + header.Length <= bytes.Length && header.Total <= bytes.Length);
        }
    }

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Masked(byte first, byte[] payload)
    {
        byte[] mask = [0x12, 0x34, 0x56, 0x78];
        var header = new byte[10];
        var length = WebSocketFrames.WriteHeader(header, WebSocketOpcode.Binary, payload.Length);
        header[0] = first;
        header[1] |= 0x80;
        return [.. header[..length], .. mask, .. payload.Select((b, i) => (byte)(b ^ mask[i & 3]))];
    }
}
