using Dragoman.Dialects.Agora.Frames;
using Dragoman.Dialects.Agora.Messages.Notices.Rooms;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Rooms;
using Google.Protobuf;
using ErrorCode = Dragoman.Dialects.Agora.Protos.Status.Types.ErrorCode;
using Operation = Dragoman.Dialects.Agora.Protos.MUCBody.Types.Operation;

namespace Dragoman.Dialects.Agora.Gateway;

/// <summary>Clients come into chat rooms and leave them (section 8.2); all else about rooms and groups they ask by calls.</summary>
internal sealed class RoomUplink(RoomEntrance entrance, LeaveRoom leave, MessageIds ids, TimeProvider clock) : IUplink
{
    private static readonly (ErrorCode, string) NoSense = (ErrorCode.WrongParameter, "Sorry, format is incorrect");

    public Meta.Types.NameSpace NameSpace => Meta.Types.NameSpace.Muc;

    public async ValueTask HandleAsync(AgoraSession session, Meta meta, CancellationToken ct)
    {
        if (Read(meta.Payload) is not { IsChatroom: true, MucId: { } room } body || body.Operation is not (Operation.Join or Operation.Leave))
        {
            session.Send(Downlink.Refusal(meta.Id, NoSense, Now()));
            return;
        }

        var refusal = body.Operation == Operation.Join
            ? await JoinAsync(session, meta, body, room.Name, ct)
            : await LeaveAsync(session, meta, room.Name, ct);
        if (refusal is not null) session.Send(Downlink.Refusal(meta.Id, SendRefusals.Of(refusal), Now()));
    }

    private async ValueTask<Refusal?> JoinAsync(AgoraSession session, Meta meta, MUCBody body, string room, CancellationToken ct)
    {
        var done = await entrance.EnterAsync(
            session.Caller, session.User, room, body.Ext, body.LeaveOtherRooms, session.VendorApp.Settings.RoomHistory, ct);
        if (!done.TryGet(out var entered, out var refusal)) return refusal;

        var info = new MUCBody
        {
            MucId = Jids.Group(session.VendorApp.Key, room),
            Operation = Operation.Join,
            From = new JID { Name = session.User.Value },
            IsChatroom = true,
            Status = new MUCBody.Types.Status
            {
                ErrorCode = MUCBody.Types.Status.Types.ErrorCode.Ok,
                ChatroomInfo = entrance.InfoOf(entered, session.User),
            },
        };
        var id = ids.Next().Value;
        session.Send(Downlink.Sync(new CommSyncDL
        {
            Status = Downlink.Ok,
            MetaId = meta.Id,
            ServerId = (ulong)id,
            Timestamp = (ulong)Now(),
            Metas = { MucEvents.Wrap(session.VendorApp, id, session.User, new RoomId(room), Now(), info) },
        }));
        entrance.Replay(session.Caller, entered);
        return null;
    }

    private async ValueTask<Refusal?> LeaveAsync(AgoraSession session, Meta meta, string room, CancellationToken ct)
    {
        if (!RoomEntrance.IsId(room)) return new(Condition.RoomIdInvalid, room);
        var done = await leave.RunAsync(session.Caller, session.User, new RoomId(room), ct);
        if (!done.TryGet(out _, out var refusal)) return refusal;

        session.Answer(meta.Id, ids.Next().Value, Now());
        return null;
    }

    private static MUCBody? Read(ByteString payload)
    {
        try
        {
            return MUCBody.Parser.ParseFrom(payload);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
