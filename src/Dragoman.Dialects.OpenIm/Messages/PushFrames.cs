using Dragoman.Dialects.OpenIm.Frames;
using Dragoman.Gateway.Protobuf;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>
/// The data of the push of one new message (2001): a PushMessages with one conversation and one message, written in one pass into memory
/// of exactly its length.
/// </summary>
internal static class PushFrames
{
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

    private static int PullMsgsLength(int messageLength) => WireWriter.BytesLength(PullMsgsMsgsField, messageLength);

    private static int EntryLength(int conversationIdLength, int pullMsgsLength) =>
        WireWriter.BytesLength(KeyField, conversationIdLength) + WireWriter.BytesLength(ValueField, pullMsgsLength);
}
