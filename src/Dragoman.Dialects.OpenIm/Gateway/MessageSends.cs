using System.Text;
using Dragoman.Dialects.OpenIm.Frames;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Engine;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Microsoft.Extensions.Logging;

namespace Dragoman.Dialects.OpenIm.Gateway;

/// <summary>Request 1003: a client says something. The hot path: one copy of the message, no string but the ids.</summary>
internal sealed partial class MessageSends(
    SendDirectMessage direct, SendGroupMessage group, SendAnnouncement announcement, SendLicence licence, ILogger<MessageSends> logger)
{
    /// <summary>Sends of one connection that may wait for the disk together; the next frame waits for one of them.</summary>
    private const int MaxInFlight = 256;

    public ValueTask SendAsync(OpenImSession session, in RequestFrame frame, CancellationToken ct)
    {
        var head = new ReplyHead(frame.ReqIdentifier, frame.MsgIncr.ToArray(), frame.OperationId.ToArray());
        if (!MsgDataView.TryParse(frame.Data, out var message))
        {
            session.Reply(head, OpenImErrors.Args.With("data is not a message"));
            return ValueTask.CompletedTask;
        }

        if (MessageRules.Check(message) is { } invalid)
        {
            session.Reply(head, invalid);
            return ValueTask.CompletedTask;
        }

        if ((licence.Check(session.VendorApp, message.SessionType, message.ContentType)
            ?? licence.CheckRate(session.VendorApp, session.Caller)) is { } forbidden)
        {
            session.Reply(head, forbidden);
            return ValueTask.CompletedTask;
        }

        if (!session.Caller.IsAdministrator && ContentTypes.IsNotification(message.ContentType))
        {
            session.Reply(head, OpenImErrors.NoPermission.With("notifications are the server's to send"));
            return ValueTask.CompletedTask;
        }

        var caller = session.Caller with { Operation = Encoding.UTF8.GetString(frame.OperationId) };
        var sender = session.IsOwnId(message.SendId) ? session.User : new UserId(Encoding.UTF8.GetString(message.SendId));
        var clientMsgId = message.ClientMsgId.ToArray();
        var draft = MessageRules.DraftOf(
            message,
            clientMsgId,
            session.Id,
            new SendAck(session, head, clientMsgId),
            isAdminSender: session.Caller.IsAdministrator && session.VendorApp.IsAdmin(sender.Value),
            session.VendorApp.FriendCheck);
        var begun = message.SessionType switch
        {
            Conversations.GroupChat => group.BeginAsync(caller, sender, new GroupId(Encoding.UTF8.GetString(message.GroupId)), draft, ct),
            Conversations.SystemChat => announcement.BeginAsync(caller, sender, new UserId(Encoding.UTF8.GetString(message.RecvId)), draft, ct),
            _ => direct.BeginAsync(caller, sender, new UserId(Encoding.UTF8.GetString(message.RecvId)), draft, ct),
        };

        // The usual case: the rules are in memory, the message has its turn, and the next frame may be read.
        return begun.IsCompletedSuccessfully ? Continue(session, head, begun.Result) : BeginSlowlyAsync(session, head, begun);
    }

    private async ValueTask BeginSlowlyAsync(OpenImSession session, ReplyHead head, ValueTask<Result<PendingSend>> begun)
    {
        try
        {
            await Continue(session, head, await begun);
        }
        catch (OperationCanceledException)
        {
            // The client left while its message was being checked: nothing was acknowledged.
        }
        catch (StorageAwayException)
        {
            session.Reply(head, OpenImErrors.Unavailable);
        }
        catch (Exception e)
        {
            Log.Failed(logger, e);
            session.Reply(head, OpenImErrors.Internal);
        }
    }

    /// <returns>Ends when the connection may read on: at once, unless it has too many sends on their way.</returns>
    private static ValueTask Continue(OpenImSession session, in ReplyHead head, in Result<PendingSend> begun)
    {
        if (!begun.TryGet(out var pending, out var refusal))
        {
            session.Reply(head, refusal);
            return ValueTask.CompletedTask;
        }

        return Interlocked.Increment(ref session.SendsInFlight) > MaxInFlight ? WaitAsync(pending) : ValueTask.CompletedTask;
    }

    private static async ValueTask WaitAsync(PendingSend pending) => await pending.FinishAsync();

    /// <summary>Answers the client when its message is on disk, or why it is not.</summary>
    private sealed class SendAck(OpenImSession session, ReplyHead head, byte[] clientMsgId) : ModifiableReceipt
    {
        protected override void OnSent(in SentMessage sent)
        {
            Interlocked.Decrement(ref session.SendsInFlight);
            Span<byte> serverMsgId = stackalloc byte[OpenImIds.ServerMsgIdLength];
            OpenImIds.WriteServerMsgId(sent.Id, serverMsgId);
            if (Modified is { } modified)
            {
                session.Reply(head, SendReply.Of(sent, modified));
                return;
            }

            Span<byte> reply = stackalloc byte[MessageRules.MaxClientMsgId + OpenImIds.ServerMsgIdLength + 24];
            session.Reply(head, reply[..SendReply.Write(reply, serverMsgId, clientMsgId, sent.SentAt)]);
        }

        protected override void OnRefused(Refusal refusal)
        {
            Interlocked.Decrement(ref session.SendsInFlight);
            session.Reply(head, refusal);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A message could not be sent")]
        public static partial void Failed(ILogger logger, Exception e);
    }
}
