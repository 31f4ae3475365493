using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.OpenIm.Gateway;

/// <summary><c>SendMsgResp</c>, written by hand: there is one for every message.</summary>
internal static class SendReply
{
    /// <param name="output">At least the two ids and 24 bytes.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> output, ReadOnlySpan<byte> serverMsgId, ReadOnlySpan<byte> clientMsgId, long sendTime)
    {
        var at = WriteBytes(output, 1, serverMsgId);
        at += WriteBytes(output[at..], 2, clientMsgId);
        output[at++] = 3 << 3;
        return at + WriteVarint(output[at..], (ulong)sendTime);
    }

    /// <summary>The reply to a message that a webhook wrote anew.</summary>
    public static SendMsgResp Of(in SentMessage sent, MsgData modified) => new()
    {
        ServerMsgID = OpenImIds.ServerMsgId(sent.Id),
        ClientMsgID = modified.ClientMsgID,
        SendTime = sent.SentAt,
        Modify = modified,
    };

    private static int WriteBytes(Span<byte> output, int field, ReadOnlySpan<byte> value)
    {
        output[0] = (byte)((field << 3) | 2);
        var at = 1 + WriteVarint(output[1..], (ulong)value.Length);
        value.CopyTo(output[at..]);
        return at + value.Length;
    }

    private static int WriteVarint(Span<byte> output, ulong value)
    {
        var at = 0;
        for (; value >= 0x80; value >>= 7) output[at++] = (byte)(value | 0x80);
        output[at++] = (byte)value;
        return at;
    }
}
