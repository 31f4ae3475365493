using Dragoman.Dialects.Agora.Frames;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine.Ports;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using ErrorCode = Dragoman.Dialects.Agora.Protos.Status.Types.ErrorCode;

namespace Dragoman.Dialects.Agora.Gateway;

/// <summary>Takes what clients send up in one namespace.</summary>
internal interface IUplink
{
    Meta.Types.NameSpace NameSpace { get; }

    /// <summary>Answers the meta exactly once, whatever becomes of it: a client that gets no answer connects anew.</summary>
    ValueTask HandleAsync(AgoraSession session, Meta meta, CancellationToken ct);
}

/// <summary>What a client asks after its login: which queues have something, the next part of one, and what it sends itself.</summary>
internal sealed partial class SyncDesk(AgoraQueues queues, IEnumerable<IUplink> uplinks, TimeProvider clock, ILogger<SyncDesk> logger)
{
    private const string Failed = "Sorry, the server has failed";
    private readonly Dictionary<Meta.Types.NameSpace, IUplink> _uplinks = uplinks.ToDictionary(u => u.NameSpace);

    public async ValueTask UnreadAsync(AgoraSession session, CancellationToken ct)
    {
        try
        {
            session.Send(Downlink.Unread(await queues.WaitingAsync(session, ct), Now()));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            GiveUp(session, e);
        }
    }

    public ValueTask SyncAsync(AgoraSession session, ByteString payload, CancellationToken ct)
    {
        if (Read(payload) is not { } request)
        {
            session.Connection.Close(1007);
            return ValueTask.CompletedTask;
        }

        if (request.Meta is { } meta) return MetaAsync(session, meta, ct);
        return request.Queue is { } queue ? PullAsync(session, queue, request, ct) : ValueTask.CompletedTask;
    }

    /// <returns>False when there is no meta that could be refused.</returns>
    public bool RefuseAsTooOften(AgoraSession session, ByteString payload)
    {
        if (Read(payload)?.Meta is not { } meta) return false;
        session.Send(Downlink.Refusal(meta.Id, ErrorCode.PermissionDenied, "traffic limit", Now()));
        return true;
    }

    private async ValueTask MetaAsync(AgoraSession session, Meta meta, CancellationToken ct)
    {
        if (meta.Ns == Meta.Types.NameSpace.Statistic) return; // what a client reports of itself has no answer
        if (meta.Payload.Length > session.VendorApp.Settings.Limits.MessageBytes)
        {
            session.Send(Downlink.Refusal(meta.Id, ErrorCode.PermissionDenied, "Sorry, data is too large", Now()));
            return;
        }

        try
        {
            if (_uplinks.TryGetValue(meta.Ns, out var uplink)) await uplink.HandleAsync(session, meta, ct);
            else session.Send(Downlink.Refusal(meta.Id, ErrorCode.Fail, "Sorry, this is not supported", Now()));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The client left meanwhile.
        }
        catch (StorageAwayException)
        {
            session.Send(Downlink.Refusal(meta.Id, ErrorCode.Fail, Failed, Now()));
        }
        catch (Exception e)
        {
            Log.Failed(logger, e, meta.Ns);
            session.Send(Downlink.Refusal(meta.Id, ErrorCode.Fail, Failed, Now()));
        }
    }

    private async ValueTask PullAsync(AgoraSession session, JID queue, CommSyncUL request, CancellationToken ct)
    {
        try
        {
            if (request.HasKey) queues.Acknowledge(session, queue, request.Key);
            else queues.Confirm(session, queue);
            var batch = await queues.PullAsync(session, queue, ct);
            session.Send(batch.Metas.Count == 0
                ? Downlink.EndOf(queue, Now())
                : Downlink.Sync(new CommSyncDL
                {
                    Status = Downlink.Ok,
                    Queue = queue,
                    Metas = { batch.Metas },
                    NextKey = batch.NextKey,
                    Timestamp = (ulong)Now(),
                }));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            GiveUp(session, e);
        }
    }

    /// <summary>There is no word for "failed" here; a client whose connection ends comes back and asks again.</summary>
    private void GiveUp(AgoraSession session, Exception e)
    {
        if (e is not StorageAwayException) Log.PullFailed(logger, e);
        session.Connection.Close(1011);
    }

    private static CommSyncUL? Read(ByteString payload)
    {
        try
        {
            return CommSyncUL.Parser.ParseFrom(payload);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The queues of a device could not be read")]
        public static partial void PullFailed(ILogger logger, Exception e);

        [LoggerMessage(Level = LogLevel.Error, Message = "An uplink of namespace {NameSpace} failed")]
        public static partial void Failed(ILogger logger, Exception e, Meta.Types.NameSpace nameSpace);
    }
}
