using System.Buffers.Text;
using Dragoman.Load.Codecs;
using Dragoman.Load.Drivers;
using Dragoman.Load.Net;

namespace Dragoman.Load.OpenIm;

/// <summary>One sender's message 1003, encoded once; for each message only its ids, its times and the mask are written anew.</summary>
internal sealed class OpenImTemplate
{
    internal const int MsgIncrDigits = 12;

    private static ReadOnlySpan<byte> ContentStart => "{\"content\":\""u8;

    private readonly OpenImEncoding _encoding;
    private readonly bool _gzip;
    private readonly int _sender;
    private readonly byte[] _envelope;
    private readonly byte[] _message;
    private readonly int _msgIncrAt;
    private readonly int _dataAt;
    private readonly OpenImMessages.Places _places;

    internal OpenImTemplate(
        OpenImEncoding encoding, bool gzip, int sender, string sendId, string target, bool isGroup, string clientMsgId, int textBytes, int platform)
    {
        _encoding = encoding;
        _gzip = gzip;
        _sender = sender;

        byte[] content = [.. ContentStart, .. Enumerable.Repeat((byte)'.', textBytes), .. "\"}"u8];
        Span<byte> message = new byte[content.Length + 1024];
        _places = OpenImMessages.WriteText(
            message, sendId, target, isGroup, clientMsgId, content, platform, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        _message = message[.._places.Length].ToArray();

        Span<byte> envelope = new byte[2 * _message.Length + 1024];
        var msgIncr = new string('0', MsgIncrDigits);
        var operationId = Guid.NewGuid().ToString();
        int length;
        (length, _msgIncrAt, _dataAt) = encoding == OpenImEncoding.Gob
            ? GobEnvelope.WriteRequest(envelope, ReqIdentifiers.SendMessage, sendId, operationId, msgIncr, _message)
            : JsonEnvelope.WriteRequest(envelope, ReqIdentifiers.SendMessage, sendId, operationId, msgIncr, _message);
        _envelope = envelope[..length].ToArray();
        FrameLength = WebSocketFrame.HeaderLength(PayloadLength) + PayloadLength;
    }

    internal int FrameLength { get; }

    private int PayloadLength => _gzip ? _envelope.Length + GzipMember.StoredPrefix + GzipMember.StoredSuffix : _envelope.Length;

    /// <returns>The length of the frame.</returns>
    internal int Write(long counter, long timestamp, long unixMilliseconds, uint mask, Span<byte> destination)
    {
        var payloadLength = PayloadLength;
        var header = WebSocketFrame.HeaderLength(payloadLength);
        var frame = destination[..(header + payloadLength)];
        var payload = frame[header..];
        var envelope = _gzip ? payload.Slice(GzipMember.StoredPrefix, _envelope.Length) : payload;

        _envelope.CopyTo(envelope);
        Marker.WriteHex(envelope.Slice(_msgIncrAt, MsgIncrDigits), counter);
        if (_encoding == OpenImEncoding.Gob)
        {
            Patch(envelope.Slice(_dataAt, _message.Length), counter, timestamp, unixMilliseconds);
        }
        else
        {
            Patch(_message, counter, timestamp, unixMilliseconds);
            Base64.EncodeToUtf8(_message, envelope[_dataAt..], out _, out _);
        }

        if (_gzip) GzipMember.Seal(payload);
        WebSocketFrame.Seal(frame, payloadLength, WebSocketOpcode.Binary, mask);
        return frame.Length;
    }

    /// <returns>The text between the JSON around it; false when the content is not ours.</returns>
    internal static bool TryGetText(ReadOnlySpan<byte> content, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!content.StartsWith(ContentStart) || !content.EndsWith("\"}"u8)) return false;
        text = content[ContentStart.Length..^2];
        return true;
    }

    private void Patch(Span<byte> message, long counter, long timestamp, long unixMilliseconds)
    {
        Marker.WriteHex(message.Slice(_places.ClientMsgIdAt + 16, 16), counter);
        Marker.Write(message[(_places.ContentAt + ContentStart.Length)..], _sender, counter, timestamp);

        // Milliseconds of this century take six bytes as a varint.
        var at = _places.CreateTimeAt + 1;
        for (var i = 0; i < 6; i++) message[at + i] = (byte)((byte)((unixMilliseconds >> (7 * i)) & 0x7f) | (i < 5 ? 0x80 : 0));
    }
}
