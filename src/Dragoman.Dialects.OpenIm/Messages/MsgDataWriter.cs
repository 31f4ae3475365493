using System.Buffers;
using Dragoman.Gateway.Protobuf;
using static Dragoman.Dialects.OpenIm.Messages.MsgDataView;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>
/// Writes the body that we store: what the client said, in the order of the field numbers, without what is the server's to say
/// (server message id, sequence number, send time, status, read) and without fields that we do not know.
/// </summary>
internal static class MsgDataWriter
{
    private const int OptionKeyField = 1, OptionValueTag = 2 << 3;

    /// <summary>The options' masks overrule the client; what is in both is false.</summary>
    public static int MeasureBody(in MsgDataView view, MsgOptions forcedFalse = MsgOptions.None, MsgOptions forcedTrue = MsgOptions.None)
    {
        var length = WireWriter.TextLength(SendIdField, view.SendId.Length)
            + WireWriter.TextLength(RecvIdField, view.RecvId.Length)
            + WireWriter.TextLength(GroupIdField, view.GroupId.Length)
            + WireWriter.TextLength(ClientMsgIdField, view.ClientMsgId.Length)
            + WireWriter.NumberLength(SenderPlatformIdField, view.SenderPlatformId)
            + WireWriter.TextLength(SenderNicknameField, view.SenderNickname.Length)
            + WireWriter.TextLength(SenderFaceUrlField, view.SenderFaceUrl.Length)
            + WireWriter.NumberLength(SessionTypeField, view.SessionType)
            + WireWriter.NumberLength(MsgFromField, view.MsgFrom)
            + WireWriter.NumberLength(ContentTypeField, view.ContentType)
            + WireWriter.TextLength(ContentField, view.Content.Length)
            + WireWriter.NumberLength(CreateTimeField, view.CreateTime)
            + view.UnknownOptionsLength
            + (view.HasOfflinePushInfo ? WireWriter.BytesLength(OfflinePushInfoField, view.OfflinePushInfo.Length) : 0)
            + view.AtUsersLength
            + WireWriter.TextLength(AttachedInfoField, view.AttachedInfo.Length)
            + WireWriter.TextLength(ExField, view.Ex.Length);

        var options = view.OptionsGiven | forcedFalse | forcedTrue;
        for (var bit = 0; bit < MsgOptionKeys.Count; bit++)
            if (((int)options >> bit & 1) != 0) length += WireWriter.BytesLength(OptionsField, OptionEntryLength(bit));
        return length;
    }

    /// <param name="destination">At least <see cref="MeasureBody"/> bytes, for the same masks.</param>
    /// <returns>The bytes written.</returns>
    public static int WriteBody(
        in MsgDataView view, Span<byte> destination, MsgOptions forcedFalse = MsgOptions.None, MsgOptions forcedTrue = MsgOptions.None)
    {
        var writer = new WireWriter(destination);
        writer.WriteText(SendIdField, view.SendId);
        writer.WriteText(RecvIdField, view.RecvId);
        writer.WriteText(GroupIdField, view.GroupId);
        writer.WriteText(ClientMsgIdField, view.ClientMsgId);
        writer.WriteNumber(SenderPlatformIdField, view.SenderPlatformId);
        writer.WriteText(SenderNicknameField, view.SenderNickname);
        writer.WriteText(SenderFaceUrlField, view.SenderFaceUrl);
        writer.WriteNumber(SessionTypeField, view.SessionType);
        writer.WriteNumber(MsgFromField, view.MsgFrom);
        writer.WriteNumber(ContentTypeField, view.ContentType);
        writer.WriteText(ContentField, view.Content);
        writer.WriteNumber(CreateTimeField, view.CreateTime);
        WriteOptions(in view, ref writer, forcedFalse, forcedTrue);
        if (view.HasOfflinePushInfo) writer.WriteBytes(OfflinePushInfoField, view.OfflinePushInfo);
        if (view.AtUserCount > 0)
            foreach (var userId in view.AtUserIds) writer.WriteBytes(AtUserIdListField, userId);
        writer.WriteText(AttachedInfoField, view.AttachedInfo);
        writer.WriteText(ExField, view.Ex);
        return writer.Written;
    }

    /// <inheritdoc cref="WriteBody(in MsgDataView, Span{byte}, MsgOptions, MsgOptions)"/>
    public static void WriteBody(
        in MsgDataView view, IBufferWriter<byte> output, MsgOptions forcedFalse = MsgOptions.None, MsgOptions forcedTrue = MsgOptions.None)
    {
        var length = MeasureBody(in view, forcedFalse, forcedTrue);
        output.Advance(WriteBody(in view, output.GetSpan(length), forcedFalse, forcedTrue));
    }

    private static void WriteOptions(in MsgDataView view, scoped ref WireWriter writer, MsgOptions forcedFalse, MsgOptions forcedTrue)
    {
        var options = view.OptionsGiven | forcedFalse | forcedTrue;
        var trueOptions = (view.OptionsTrue | forcedTrue) & ~forcedFalse;
        for (var bit = 0; bit < MsgOptionKeys.Count; bit++)
        {
            if (((int)options >> bit & 1) == 0) continue;

            writer.WriteHead(OptionsField, OptionEntryLength(bit));
            writer.WriteBytes(OptionKeyField, MsgOptionKeys.Name(bit));
            writer.WriteVarint(OptionValueTag);
            writer.WriteVarint((ulong)((int)trueOptions >> bit & 1)); // written when it is false, too: encoders do so in maps
        }

        if (view.UnknownOptionsLength == 0) return;

        // A newer client's options mean something to other newer clients.
        foreach (var entry in view.OptionEntries)
            if (TryReadOption(entry, out var option, out _) && option == MsgOptions.None) writer.WriteBytes(OptionsField, entry);
    }

    private static int OptionEntryLength(int bit) => WireWriter.BytesLength(OptionKeyField, MsgOptionKeys.Name(bit).Length) + 2;
}
