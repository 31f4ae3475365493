using Dragoman.Dialects.Agora.Protos;
using Google.Protobuf;

namespace Dragoman.Dialects.Agora.Frames;

/// <summary>What the server says: the payloads of section 4 in their outer frame.</summary>
internal static class Downlink
{
    public static Status Ok => new() { ErrorCode = Status.Types.ErrorCode.Ok };

    public static MSync Provision(Provision answer) => Frame(MSync.Types.Command.Provision, answer);

    public static MSync Sync(CommSyncDL answer) => Frame(MSync.Types.Command.Sync, answer);

    public static MSync Notice(JID queue) => Frame(MSync.Types.Command.Notice, new CommNotice { Queue = queue });

    public static MSync Logout() => Frame(MSync.Types.Command.Logout, new Logout { Status = Ok });

    public static MSync Unread(IEnumerable<MetaQueue> waiting, long now) =>
        Frame(MSync.Types.Command.Unread, new CommUnreadDL { Status = Ok, Unread = { waiting }, Timestamp = (ulong)now });

    /// <summary>The answer to an uplink meta that was taken and tells more than that; what tells no more is an <see cref="AckFrame"/>.</summary>
    /// <param name="serverId">What the message is called from now on.</param>
    public static MSync Answer(ulong metaId, long serverId, long now, IEnumerable<Meta> metas) =>
        Sync(new CommSyncDL { Status = Ok, MetaId = metaId, ServerId = (ulong)serverId, Timestamp = (ulong)now, Metas = { metas } });

    public static MSync Refusal(ulong metaId, (Status.Types.ErrorCode Code, string Reason) status, long now) => Refusal(metaId, status.Code, status.Reason, now);

    /// <summary>The answer to an uplink meta that was refused.</summary>
    public static MSync Refusal(ulong metaId, Status.Types.ErrorCode code, string reason, long now) =>
        Sync(new CommSyncDL { Status = new Status { ErrorCode = code, Reason = reason }, MetaId = metaId, Timestamp = (ulong)now });

    /// <summary>The empty answer that ends the pulling of a queue: it must never carry metas, or the client pulls for ever.</summary>
    public static MSync EndOf(JID queue, long now) =>
        Sync(new CommSyncDL { Status = Ok, Queue = queue, IsLast = true, Timestamp = (ulong)now });

    /// <summary>Tells a client that it has to go (section 6.5).</summary>
    public static MSync Kick(JID user, long id, long now, StatisticsBody.Types.Operation operation, string reason)
    {
        var body = new StatisticsBody { Operation = operation };
        if (reason.Length > 0) body.Reason = reason;
        var meta = new Meta
        {
            Id = (ulong)id,
            From = user,
            To = user,
            Timestamp = (ulong)now,
            Ns = Meta.Types.NameSpace.Statistic,
            Payload = body.ToByteString(),
        };
        return Sync(new CommSyncDL { Status = Ok, Metas = { meta }, Queue = user, IsLast = true });
    }

    private static MSync Frame(MSync.Types.Command command, IMessage payload) => new()
    {
        Version = MSync.Types.Version.MsyncV1,
        Command = command,
        Payload = payload.ToByteString(),
        EncryptType = { EncryptType.EncryptNone },
    };
}
