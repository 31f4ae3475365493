using Dragoman.Dialects.OpenIm.Frames;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Push;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Dragoman.Dialects.OpenIm.Gateway;

/// <summary>The gateway's requests (section 8.4): which number is what.</summary>
/// <remarks>Everything that is needed of a frame is read or copied before the first wait: the frame's bytes are borrowed.</remarks>
internal sealed partial class RequestDispatcher(
    SeqReads seqs, MessagePulls pulls, MessageSends sends, PresenceSubscriptions presence, UnregisterDevice unregister, ILogger<RequestDispatcher> logger)
{
    private readonly SeqReads _seqs = seqs;
    private readonly MessagePulls _pulls = pulls;
    private readonly PresenceSubscriptions _presence = presence;

    private static readonly OpenImError BadProtobuf = OpenImErrors.Args.With("data is not a message of this request");

    public ValueTask DispatchAsync(OpenImSession session, in RequestFrame frame, CancellationToken ct)
    {
        if (frame.ReqIdentifier == Requests.SendMsg) return sends.SendAsync(session, frame, ct);

        var head = new ReplyHead(frame.ReqIdentifier, frame.MsgIncr.ToArray(), frame.OperationId.ToArray());
        switch (frame.ReqIdentifier)
        {
            case Requests.GetNewestSeq:
                return ReadAsync(session, head, GetMaxSeqReq.Parser, frame.Data, ct, static async (self, s, _, ct) =>
                    await self._seqs.MaxSeqsAsync(s.App, s.User, ct));
            case Requests.PullMsgBySeqRange:
                return ReadAsync(session, head, PullMessageBySeqsReq.Parser, frame.Data, ct, static async (self, s, request, ct) =>
                    await self._pulls.ByRangeAsync(s.App, s.User, request, ct));
            case Requests.PullMsgBySeqList:
                return ReadAsync(session, head, GetSeqMessageReq.Parser, frame.Data, ct, static async (self, s, request, ct) =>
                    await self._pulls.BySeqsAsync(s.App, s.User, request, ct));
            case Requests.GetConvMaxReadSeq:
                return ReadAsync(session, head, GetConversationsHasReadAndMaxSeqReq.Parser, frame.Data, ct, static async (self, s, request, ct) =>
                    await self._seqs.HasReadAndMaxAsync(s.App, s.User, request, ct));
            case Requests.PullConvLastMessage:
                return ReadAsync(session, head, GetLastMessageReq.Parser, frame.Data, ct, static async (self, s, request, ct) =>
                    await self._pulls.LastAsync(s.App, s.User, request, ct));
            case Requests.SubUserOnlineStatus:
                return ReadAsync(session, head, SubUserOnlineStatus.Parser, frame.Data, ct, static (self, s, request, _) =>
                    new(self._presence.Change(s, request)));
            case Requests.SetBackgroundStatus:
                return ReadAsync(session, head, SetAppBackgroundStatusReq.Parser, frame.Data, ct, static (_, s, request, _) =>
                {
                    s.SetBackground(request.IsBackground);
                    return new(new SetAppBackgroundStatusResp());
                });
            case Requests.Logout:
                return LogOutAsync(session, head, ct);
            case Requests.SendSignalMsg:
                session.Reply(head, OpenImErrors.Internal.With("signalling is not supported"));
                return ValueTask.CompletedTask;
            default:
                return session.End();
        }
    }

    /// <summary>To be called when a session has ended.</summary>
    public void Forget(OpenImSession session) => _presence.Forget(session);

    /// <summary>The device is not to be woken any more; whether or not that could be noted, the session ends.</summary>
    private async ValueTask LogOutAsync(OpenImSession session, ReplyHead head, CancellationToken ct)
    {
        await AnswerAsync(session, head, session, ct, async (_, s, _, ct) =>
        {
            await unregister.RunAsync(s.Caller, s.User, s.Slot, ct);
            return new DelUserPushTokenResp();
        });
        await session.End();
    }

    private ValueTask ReadAsync<T>(
        OpenImSession session,
        in ReplyHead head,
        MessageParser<T> parser,
        ReadOnlySpan<byte> data,
        CancellationToken ct,
        Func<RequestDispatcher, OpenImSession, T, CancellationToken, ValueTask<IMessage>> answer)
        where T : IMessage<T>
    {
        T request;
        try
        {
            request = parser.ParseFrom(data);
        }
        catch (InvalidProtocolBufferException)
        {
            session.Reply(head, BadProtobuf);
            return ValueTask.CompletedTask;
        }

        return AnswerAsync(session, head, request, ct, answer);
    }

    private async ValueTask AnswerAsync<T>(
        OpenImSession session,
        ReplyHead head,
        T request,
        CancellationToken ct,
        Func<RequestDispatcher, OpenImSession, T, CancellationToken, ValueTask<IMessage>> answer)
    {
        try
        {
            session.Reply(head, await answer(this, session, request, ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The client left while we read.
        }
        catch (StorageAwayException)
        {
            session.Reply(head, OpenImErrors.Unavailable);
        }
        catch (Exception e)
        {
            Log.Failed(logger, e, head.ReqIdentifier);
            session.Reply(head, OpenImErrors.Internal);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Request {ReqIdentifier} failed")]
        public static partial void Failed(ILogger logger, Exception e, int reqIdentifier);
    }
}
