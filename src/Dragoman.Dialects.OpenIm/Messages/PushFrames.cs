using System.Buffers;
using Dragoman.Dialects.OpenIm.Frames;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>
/// The push of one new message (2001): a PushMessages with one conversation and one message, written in one pass into memory of exactly
/// its length, and the four whole frames around it. A frame is the same for all connections of its kind.
/// </summary>
internal static class PushFrames
{
    private const int ReqIdentifier = 2001;
    private const int MsgsField = 1, NotificationMsgsField = 2, KeyField = 1, ValueField = 2, PullMsgsMsgsField = 1;

    /// <summary>The length of the PushMessages.</summary>
    public static int Measure(ReadOnlySpan<byte> conversationId, in StoredMessage message) =>
        WireWriter.BytesLength(MsgsField, EntryLength(conversationId.Length, PullMsgsLength(message.Measure())));

    /// <param name="conversationId">One that begins with <c>n_</c> is a notification channel and goes into the other map.</param>
    /// <param name="destination">At least <see cref="Measure"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    public static int Write(ReadOnlySpan<byte> conversationId, in StoredMessage message, Span<byte> destination)
    {
        var messageLength = message.Measure();
        var pullMsgsLength = PullMsgsLength(messageLength);

        var writer = new WireWriter(destination);
        writer.WriteHead(conversationId.StartsWith("n_"u8) ? NotificationMsgsField : MsgsField, EntryLength(conversationId.Length, pullMsgsLength));
        writer.WriteBytes(KeyField, conversationId);
        writer.WriteHead(ValueField, pullMsgsLength);
        writer.WriteHead(PullMsgsMsgsField, messageLength);
        return writer.Written + message.Write(destination[writer.Written..]);
    }

    /// <summary>The whole frame for a connection that speaks gob.</summary>
    public static byte[] EncodeGob(ReadOnlySpan<byte> conversationId, in StoredMessage message)
    {
        var dataLength = Measure(conversationId, in message);
        var frame = GC.AllocateUninitializedArray<byte>(GobFrames.MeasureResponse(ReqIdentifier, 0, 0, 0, 0, dataLength));
        LayOutGob(frame, conversationId, in message, dataLength);
        return frame;
    }

    /// <summary>The same for a connection with compression.</summary>
    public static byte[] EncodeGzippedGob(ReadOnlySpan<byte> conversationId, in StoredMessage message)
    {
        var dataLength = Measure(conversationId, in message);
        var frameLength = GobFrames.MeasureResponse(ReqIdentifier, 0, 0, 0, 0, dataLength);
        if (frameLength > GzipFrames.MaxStoredBytes) return GzipFrames.Deflate(EncodeGob(conversationId, in message));

        var member = GC.AllocateUninitializedArray<byte>(GzipFrames.MeasureStored(frameLength));
        LayOutGob(GzipFrames.LayOutStored(member, frameLength), conversationId, in message, dataLength);
        GzipFrames.SealStored(member);
        return member;
    }

    private static void LayOutGob(Span<byte> frame, ReadOnlySpan<byte> conversationId, in StoredMessage message, int dataLength)
    {
        GobFrames.LayOutResponse(frame, ReqIdentifier, default, default, 0, default, dataLength, out var data);
        Write(conversationId, in message, data);
    }

    /// <summary>The whole frame for a connection that speaks JSON.</summary>
    public static byte[] EncodeJson(ReadOnlySpan<byte> conversationId, in StoredMessage message)
    {
        var dataLength = Measure(conversationId, in message);
        var data = ArrayPool<byte>.Shared.Rent(dataLength);
        try
        {
            Write(conversationId, in message, data);
            var output = new ArrayBufferWriter<byte>(128 + dataLength * 4 / 3);
            JsonFrames.WriteResponse(output, ReqIdentifier, default, default, 0, default, data.AsSpan(0, dataLength));
            return output.WrittenSpan.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(data);
        }
    }

    /// <summary>The same for a connection with compression, which the JavaScript SDK does not ask for and others may.</summary>
    public static byte[] EncodeGzippedJson(ReadOnlySpan<byte> conversationId, in StoredMessage message) =>
        GzipFrames.Deflate(EncodeJson(conversationId, in message));

    private static int PullMsgsLength(int messageLength) => WireWriter.BytesLength(PullMsgsMsgsField, messageLength);

    private static int EntryLength(int conversationIdLength, int pullMsgsLength) =>
        WireWriter.BytesLength(KeyField, conversationIdLength) + WireWriter.BytesLength(ValueField, pullMsgsLength);
}
