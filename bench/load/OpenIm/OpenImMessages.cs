using Dragoman.Load.Codecs;

namespace Dragoman.Load.OpenIm;

/// <summary>The message of a push or a pull, as far as this client looks at it.</summary>
internal ref struct MsgData
{
    internal ReadOnlySpan<byte> SendId;
    internal ReadOnlySpan<byte> ClientMsgId;
    internal ReadOnlySpan<byte> ServerMsgId;
    internal ReadOnlySpan<byte> Content;
    internal int ContentType;
    internal int Status;
    internal long Seq;
}

/// <summary>The protobuf messages inside the envelopes, by field number.</summary>
/// <remarks>Source: our OpenIM specification, sections 6.1 and 6.8.</remarks>
internal static class OpenImMessages
{
    internal const int SingleChat = 1;
    internal const int GroupChat = 3;
    internal const int TextContent = 101;

    /// <summary>title, iOSPushSound, iOSBadgeCount, as the SDK fills them.</summary>
    private static readonly byte[] s_offlinePushInfo =
        [0x0a, 23, .. "You have a new message."u8, 0x22, 2, .. "+1"u8, 0x28, 1];

    /// <summary>Where the parts are that change from one message of a sender to the next.</summary>
    internal readonly record struct Places(int Length, int ClientMsgIdAt, int ContentAt, int CreateTimeAt);

    /// <summary>The MsgData of request 1003, with the fields that the SDK sets.</summary>
    /// <param name="target">The receiver's ID, or the group's.</param>
    /// <param name="createTime">Unix milliseconds.</param>
    internal static Places WriteText(
        Span<byte> destination, string sendId, string target, bool isGroup, string clientMsgId, ReadOnlySpan<byte> content, int platform, long createTime)
    {
        var writer = new ProtoWriter(destination);
        writer.String(1, sendId);
        if (isGroup) writer.String(3, target);
        else writer.String(2, target);
        var clientMsgIdAt = writer.String(4, clientMsgId);
        writer.Int64(6, platform);
        writer.String(7, sendId);
        writer.Int64(9, isGroup ? GroupChat : SingleChat);
        writer.Int64(10, 100);
        writer.Int64(11, TextContent);
        var contentAt = writer.Bytes(12, content);
        var createTimeAt = writer.Position + 1;
        writer.Int64(16, createTime);
        writer.Int64(17, 1);
        writer.Bytes(20, s_offlinePushInfo);
        writer.String(22, "null");
        return new Places(writer.Position, clientMsgIdAt, contentAt, createTimeAt);
    }

    internal static int WriteGetMaxSeq(Span<byte> destination, string userId)
    {
        var writer = new ProtoWriter(destination);
        writer.String(1, userId);
        return writer.Position;
    }

    /// <summary>PullMessageBySeqsReq for one range, in ascending order.</summary>
    internal static int WritePull(Span<byte> destination, string userId, string conversationId, long begin, long end)
    {
        var range = new ProtoWriter(stackalloc byte[conversationId.Length * 3 + 64]);
        range.String(1, conversationId);
        range.Int64(2, begin);
        range.Int64(3, end);
        range.Int64(4, end - begin + 1);

        var writer = new ProtoWriter(destination);
        writer.String(1, userId);
        writer.Bytes(2, range.Written);
        return writer.Position;
    }

    /// <summary>The clientMsgID of a SendMsgResp.</summary>
    internal static ReadOnlySpan<byte> ReadSendReply(ReadOnlySpan<byte> data)
    {
        var reader = new ProtoReader(data);
        ReadOnlySpan<byte> clientMsgId = default;
        while (reader.Next())
        {
            if (reader.Field == 2) clientMsgId = reader.Bytes();
            else reader.Skip();
        }

        return clientMsgId;
    }

    /// <summary>The max seq of one conversation out of a GetMaxSeqResp; 0 when it is not there.</summary>
    internal static long ReadMaxSeq(ReadOnlySpan<byte> data, ReadOnlySpan<byte> conversationId)
    {
        var reader = new ProtoReader(data);
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            var entry = new ProtoReader(reader.Bytes());
            ReadOnlySpan<byte> key = default;
            long value = 0;
            while (entry.Next())
            {
                if (entry.Field == 1) key = entry.Bytes();
                else if (entry.Field == 2) value = entry.Int64();
                else entry.Skip();
            }

            if (key.SequenceEqual(conversationId)) return value;
        }

        return 0;
    }

    internal static MsgData ReadMsgData(ReadOnlySpan<byte> data)
    {
        var reader = new ProtoReader(data);
        var message = default(MsgData);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: message.SendId = reader.Bytes(); break;
                case 4: message.ClientMsgId = reader.Bytes(); break;
                case 5: message.ServerMsgId = reader.Bytes(); break;
                case 11: message.ContentType = (int)reader.Int64(); break;
                case 12: message.Content = reader.Bytes(); break;
                case 14: message.Seq = reader.Int64(); break;
                case 17: message.Status = (int)reader.Int64(); break;
                default: reader.Skip(); break;
            }
        }

        return message;
    }
}
