using Dragoman.Gateway.Protobuf;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>A stored body and what the server says about it: together one MsgData.</summary>
internal readonly ref struct StoredMessage
{
    /// <summary>As <see cref="MsgDataWriter"/> wrote it.</summary>
    public required ReadOnlySpan<byte> Body { get; init; }

    public ReadOnlySpan<byte> ServerMsgId { get; init; }

    /// <summary>0 for a message that is not stored.</summary>
    public long Seq { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long SendTime { get; init; }

    /// <summary>2 for a message that was sent, see the vendor's list.</summary>
    public int Status { get; init; }

    public bool IsRead { get; init; }

    /// <summary>The length of the MsgData.</summary>
    public int Measure() =>
        Body.Length
        + WireWriter.TextLength(MsgDataView.ServerMsgIdField, ServerMsgId.Length)
        + WireWriter.NumberLength(MsgDataView.SeqField, Seq)
        + WireWriter.NumberLength(MsgDataView.SendTimeField, SendTime)
        + WireWriter.NumberLength(MsgDataView.StatusField, Status)
        + WireWriter.NumberLength(MsgDataView.IsReadField, IsRead ? 1 : 0);

    /// <summary>Writes the MsgData: the server's fields just follow the body, for the order of fields has no meaning.</summary>
    /// <param name="destination">At least <see cref="Measure"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    public int Write(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.WriteRaw(Body);
        writer.WriteText(MsgDataView.ServerMsgIdField, ServerMsgId);
        writer.WriteNumber(MsgDataView.SeqField, Seq);
        writer.WriteNumber(MsgDataView.SendTimeField, SendTime);
        writer.WriteNumber(MsgDataView.StatusField, Status);
        writer.WriteNumber(MsgDataView.IsReadField, IsRead ? 1 : 0);
        return writer.Written;
    }
}
