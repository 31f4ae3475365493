using System.Text.Json;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Json;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Rest.Msg.Admin;

/// <summary><c>POST /msg/send_msg</c>: the app's server says something in somebody's name.</summary>
internal sealed class SendMsg(ServerMessages messages, SendStatuses statuses, TimeProvider clock) : OpenImJsonEndpoint("/msg/send_msg")
{
    protected override async ValueTask<JsonReply> HandleAsync(OpenImCall call, JsonBody body, CancellationToken ct)
    {
        var (message, invalid) = SendMsgBody.Read(body, needsReceiver: true, clock.GetUtcNow().ToUnixTimeMilliseconds());
        if (!call.Caller.IsAdministrator) return OpenImErrors.NoPermission.With("only app manager can send message");
        if (invalid is not null) return invalid;

        statuses.Set(call.AppId, call.OperationId, SendStatuses.Sending);
        var (sent, error) = await messages.SendAsync(call.App, call.Caller, message!, ct);
        statuses.Set(call.AppId, call.OperationId, error is null ? SendStatuses.Succeeded : SendStatuses.Failed);
        return error is not null ? error : JsonReply.Of(json => SentJson.Write(json, sent!, receiver: null));
    }
}

/// <summary><c>POST /msg/batch_send_msg</c>: one message to many users; who cannot be reached is named, the others have it.</summary>
internal sealed class BatchSendMsg(ServerMessages messages, IAccountStore accounts, TimeProvider clock) : OpenImJsonEndpoint("/msg/batch_send_msg")
{
    private const int AtOnce = 64;

    protected override async ValueTask<JsonReply> HandleAsync(OpenImCall call, JsonBody body, CancellationToken ct)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var (message, invalid) = SendMsgBody.Read(body, needsReceiver: false, now);
        var isSendAll = body.Flag("isSendAll");
        var receivers = body.Texts("recvIDs");
        if (receivers.Count == 0 && !isSendAll) throw JsonBody.Required("recvIDs");
        if (!call.Caller.IsAdministrator) return OpenImErrors.NoPermission.With("only app manager can send message");
        if (invalid is not null) return invalid;

        if (isSendAll) receivers = await AllAsync(call.AppId, ct);
        var outcomes = new (ServerSent? Sent, OpenImError? Error)[receivers.Count];
        await Parallel.ForAsync(0, receivers.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (i, ct) =>
        {
            var copy = message!.Clone();
            copy.RecvID = receivers[i];
            copy.ClientMsgID = ServerMessages.NewClientMsgId();
            outcomes[i] = await messages.SendAsync(call.App, call.Caller, copy, ct);
        });
        return JsonReply.Of(json => Write(json, receivers, outcomes));
    }

    private async ValueTask<List<string>> AllAsync(AppId app, CancellationToken ct)
    {
        const int page = 10_000;
        var all = new List<string>();
        while (true)
        {
            var (_, ids) = await accounts.PageIdsAsync(app, all.Count, page, ct);
            all.AddRange(ids.Select(id => id.Value));
            if (ids.Count < page) return all;
        }
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<string> receivers, (ServerSent? Sent, OpenImError? Error)[] outcomes)
    {
        json.WriteStartObject();
        json.WriteStartArray("results"u8);
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i].Sent is { } sent) SentJson.Write(json, sent, receivers[i]);
        }

        json.WriteEndArray();
        json.WriteStartArray("failedUserIDs"u8);
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i].Error is not null) json.WriteStringValue(receivers[i]);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}

/// <summary><c>POST /msg/check_msg_is_send_success</c>: how the send with this operation id went.</summary>
internal sealed class CheckMsgIsSendSuccess(SendStatuses statuses) : OpenImEndpoint<Empty, GetSendMsgStatusResp>("/msg/check_msg_is_send_success")
{
    protected override ValueTask<OpenImReply<GetSendMsgStatusResp>> HandleAsync(OpenImCall call, Empty request, CancellationToken ct) =>
        Answer(new GetSendMsgStatusResp { Status = statuses.Of(call.AppId, call.OperationId) });
}

/// <summary>The answer to a send.</summary>
internal static class SentJson
{
    public static void Write(Utf8JsonWriter json, ServerSent sent, string? receiver)
    {
        json.WriteStartObject();
        json.WriteString("serverMsgID"u8, sent.ServerMsgId);
        json.WriteString("clientMsgID"u8, sent.ClientMsgId);
        json.WriteNumber("sendTime"u8, sent.SendTime);
        if (receiver is not null) json.WriteString("recvID"u8, receiver);
        if (sent.Modified is { } modified)
        {
            json.WritePropertyName("modify"u8);
            ProtoJson.Write(modified, json);
        }

        json.WriteEndObject();
    }
}
