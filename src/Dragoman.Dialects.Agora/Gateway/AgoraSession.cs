using System.Globalization;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Frames;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Rates;
using Dragoman.Engine.Sessions;
using Dragoman.Gateway.Connections;
using Operation = Dragoman.Dialects.Agora.Protos.StatisticsBody.Types.Operation;

namespace Dragoman.Dialects.Agora.Gateway;

/// <summary>What a client says of itself when it logs in.</summary>
/// <param name="Resource">Names the device among those of its user.</param>
/// <param name="Platform">What the vendor counts devices by.</param>
internal sealed record DeviceCard(string Resource, string Uuid, string Name, int Platform, DeviceKind Kind);

/// <summary>One logged-in connection.</summary>
internal sealed class AgoraSession(AgoraClient client, AgoraApp app, Bearer bearer, DeviceCard device, AgoraQueues queues)
    : Session(client.Connection, app.Id, bearer.User, new DeviceSlot(AgoraId.Dialect, device.Platform), bearer.Grant)
{
    public AgoraApp VendorApp { get; } = app;
    public DeviceCard Card { get; } = device;
    public WireKind Wire => client.Wire;
    public JID Jid { get; } = Jids.User(app, bearer.User.Value);
    public Caller Caller { get; } = new(app.Id, bearer.User, IsAdministrator: false, Session: client.Connection.Id) { GroupQuota = app.GroupQuota };

    public RateKey RateKey { get; } = new(app.Id, RateName.Session, client.Connection.Id.Value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Messages of this connection that wait for the disk.</summary>
    internal int SendsInFlight;

    /// <summary>1: <see cref="AckProbes"/> will look at it.</summary>
    internal int IsWatched;

    public override DeviceKind Kind => Card.Kind;
    public override string Device => Card.Resource;

    public SessionQueues Queues { get; } = queues.Make(new(app.Id, bearer.User, AgoraId.Dialect, device.Resource));

    public void Send(MSync frame) => client.Send(frame);

    /// <summary>An uplink meta was taken.</summary>
    /// <param name="serverId">What the message is called from now on.</param>
    public void Answer(ulong metaId, long serverId, long now)
    {
        Span<byte> room = stackalloc byte[AckFrame.MaxLength];
        client.Send(AckFrame.Write(room, metaId, serverId, now));
    }

    /// <summary>The user has got a newer token: the connection lives as long as that.</summary>
    public void Renew(long expiresAt) => Connection.ExpiresAt = Math.Max(Connection.ExpiresAt, expiresAt);

    public override void Kick(SessionEnd end)
    {
        if (OperationOf(end.Reason) is { } operation) client.Dismiss(Jid, operation, end.Detail);
        else Connection.Close(1000);
    }

    /// <returns>Null when the client is not told: it finds out when it comes again.</returns>
    private static Operation? OperationOf(EndReason reason) => reason switch
    {
        EndReason.ReplacedByLogin or EndReason.DeviceLimit => Operation.UserLoginAnotherDevice,
        EndReason.ByAdministrator or EndReason.ByOwnOtherDevice => Operation.UserKickedByOtherDevice,
        EndReason.PasswordChanged => Operation.UserKickedByChangePassword,
        EndReason.AccountDeleted => Operation.UserRemoved,
        _ => null,
    };
}
