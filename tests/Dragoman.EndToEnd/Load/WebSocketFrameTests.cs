using Dragoman.Load.Net;

namespace Dragoman.EndToEnd.Load;

/// <summary>Against the examples of RFC 6455, section 5.7.</summary>
public sealed class WebSocketFrameTests
{
    [Fact]
    public void A_masked_text_has_the_bytes_of_the_rfc()
    {
        var frame = new byte[11];
        "Hello"u8.CopyTo(frame.AsSpan(6));

        WebSocketFrame.Seal(frame, 5, WebSocketOpcode.Text, BitConverter.ToUInt32([0x37, 0xfa, 0x21, 0x3d]));

        Assert.Equal("818537fa213d7f9f4d5158", Convert.ToHexStringLower(frame));
    }

    [Fact]
    public void An_unmasked_text_is_read_and_what_follows_is_left()
    {
        var consumed = WebSocketFrame.TryRead([0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x89], out var frame);

        Assert.Equal(7, consumed);
        Assert.Equal(WebSocketOpcode.Text, frame.Opcode);
        Assert.True(frame.IsFinal);
        Assert.Equal("Hello"u8.ToArray(), frame.Payload.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void Every_length_is_masked_as_byte_i_with_key_i_modulo_4(int length)
    {
        var header = WebSocketFrame.HeaderLength(length);
        var frame = new byte[header + length];
        for (var i = 0; i < length; i++) frame[header + i] = (byte)i;

        WebSocketFrame.Seal(frame, length, WebSocketOpcode.Binary, 0x11223344);

        var key = frame.AsSpan(header - 4, 4);
        for (var i = 0; i < length; i++) Assert.Equal((byte)i, (byte)(frame[header + i] ^ key[i & 3]));
    }

    [Theory]
    [InlineData(125, 2)]
    [InlineData(126, 4)]
    [InlineData(65_536, 10)]
    public void A_frame_is_read_only_when_all_of_it_is_there(int length, int header)
    {
        var bytes = new byte[header + length];
        bytes[0] = 0x82;
        bytes[1] = (byte)(header switch { 2 => length, 4 => 126, _ => 127 });
        if (header == 4) System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)length);
        if (header == 10) System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(2), (ulong)length);

        foreach (var part in new[] { 0, 1, header - 1, header, bytes.Length - 1 })
            Assert.Equal(0, WebSocketFrame.TryRead(bytes.AsSpan(0, part), out _));
        Assert.Equal(bytes.Length, WebSocketFrame.TryRead(bytes, out var frame));
        Assert.Equal(length, frame.Payload.Length);
    }

    [Theory]
    [InlineData(0xc1, 0x00)]
    [InlineData(0x81, 0x80)]
    public void A_reserved_bit_or_a_masked_frame_of_the_server_is_refused(byte first, byte second) =>
        Assert.Throws<InvalidDataException>(() => WebSocketFrame.TryRead([first, second], out _));
}
