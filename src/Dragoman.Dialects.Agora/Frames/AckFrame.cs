using Dragoman.Dialects.Agora.Protos;
using Dragoman.Gateway.Protobuf;
using Google.Protobuf;

namespace Dragoman.Dialects.Agora.Frames;

/// <summary>The answer to an uplink meta that was taken: an MSync with a CommSyncDL in it. One for every message that is sent, so it is written in place.</summary>
internal static class AckFrame
{
    /// <summary>More than any has.</summary>
    public const int MaxLength = 64;

    private static readonly byte[] s_status = Downlink.Ok.ToByteArray();

    /// <param name="destination"><see cref="MaxLength"/> bytes.</param>
    /// <param name="serverId">What the message is called from now on.</param>
    /// <returns>The bytes written.</returns>
    public static ReadOnlySpan<byte> Write(Span<byte> destination, ulong metaId, long serverId, long now)
    {
        Span<byte> room = stackalloc byte[MaxLength];
        var answer = new WireWriter(room);
        answer.WriteBytes(CommSyncDL.StatusFieldNumber, s_status);
        answer.WriteVarint(CommSyncDL.MetaIdFieldNumber, metaId);
        answer.WriteVarint(CommSyncDL.ServerIdFieldNumber, (ulong)serverId);
        answer.WriteVarint(CommSyncDL.TimestampFieldNumber, (ulong)now);

        var frame = new WireWriter(destination);
        frame.WriteVarint(MSync.VersionFieldNumber, (ulong)MSync.Types.Version.MsyncV1);
        frame.WriteVarint(MSync.CommandFieldNumber, (ulong)MSync.Types.Command.Sync);
        frame.WriteBytes(MSync.PayloadFieldNumber, room[..answer.Written]);
        frame.WriteVarint(MSync.EncryptTypeFieldNumber, (ulong)EncryptType.EncryptNone);
        return destination[..frame.Written];
    }
}
