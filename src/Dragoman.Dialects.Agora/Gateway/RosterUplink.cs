using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Contacts;
using Dragoman.Dialects.Agora.Frames;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Messages;
using Google.Protobuf;
using ErrorCode = Dragoman.Dialects.Agora.Protos.Status.Types.ErrorCode;
using Operation = Dragoman.Dialects.Agora.Protos.RosterBody.Types.Operation;

namespace Dragoman.Dialects.Agora.Gateway;

/// <summary>Contacts as clients before agora-chat 1.3 and easemob-websdk 4.7 manage them (section 8.3); newer ones call routes.</summary>
internal sealed class RosterUplink(ContactDesk contacts, UserFinder users, MessageIds ids, TimeProvider clock) : IUplink
{
    /// <summary>Names in one meta.</summary>
    private const int MaxNames = 100;

    public Meta.Types.NameSpace NameSpace => Meta.Types.NameSpace.Roster;

    public async ValueTask HandleAsync(AgoraSession session, Meta meta, CancellationToken ct)
    {
        if (Parse(meta.Payload) is not { } body || body.To.Count is 0 or > MaxNames || body.To.Any(to => to.Name.Length == 0))
        {
            session.Send(Downlink.Refusal(meta.Id, ErrorCode.WrongParameter, "Sorry, format is incorrect", Now()));
            return;
        }

        var refusal = await DoAsync(session, body, [.. body.To.Select(to => to.Name)], ct);
        if (refusal is null) session.Answer(meta.Id, ids.Next().Value, Now());
        else session.Send(Downlink.Refusal(meta.Id, ReasonOf(refusal), Now()));
    }

    private async ValueTask<Refusal?> DoAsync(AgoraSession session, RosterBody body, string[] names, CancellationToken ct)
    {
        var (app, caller, user) = (session.VendorApp, session.Caller, session.User);
        switch (body.Operation)
        {
            case Operation.Add:
                return await contacts.InviteAsync(app, caller, user, names, body.Reason, ct);
            case Operation.Ban:
                return (await contacts.BlockAsync(app, caller, user, names, ct)).TryGet(out _, out var notBlocked) ? null : notBlocked;
            case Operation.Allow:
                return (await contacts.UnblockAsync(app, caller, user, names, ct)).TryGet(out _, out var notFreed) ? null : notFreed;
            case Operation.Accept or Operation.Decline or Operation.Remove:
                foreach (var name in names)
                {
                    var other = await users.NamedAsync(app, name, ct);
                    var refusal = body.Operation == Operation.Remove
                        ? await contacts.RemoveAsync(caller, user, other, ct)
                        : await contacts.AnswerAsync(app, caller, user, other, body.Operation == Operation.Accept, body.Reason, ct);
                    if (refusal is not null) return refusal;
                }

                return null;
            default:
                return new(Condition.NotPermitted);
        }
    }

    private static (ErrorCode Code, string Reason) ReasonOf(Refusal refusal) => refusal.Condition == Condition.PeerNotFound
        ? (ErrorCode.Fail, $"username {refusal.Subject} doesn't exist!")
        : SendRefusals.Of(refusal);

    private static RosterBody? Parse(ByteString payload)
    {
        try
        {
            return RosterBody.Parser.ParseFrom(payload);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
