using System.Text.Json;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Json;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Gateway.Http;
using Google.Protobuf;

namespace Dragoman.Dialects.OpenIm.Rest.Msg.Admin;

/// <summary><c>POST /msg/send_simple_msg?key=…</c>: answers, in markdown, in the conversation that an after-send webhook told of.</summary>
internal sealed class SendSimpleMsg(ServerMessages messages, TimeProvider clock) : OpenImJsonEndpoint("/msg/send_simple_msg")
{
    private const int FromUser = 100;
    private const int MaxKey = 4096;
    private const int MaxKeyDepth = 4;

    protected override async ValueTask<JsonReply> HandleAsync(OpenImCall call, JsonBody body, CancellationToken ct)
    {
        var content = body.RequiredText("content");
        if (ReadKey(call.Http.Request.Query["key"].ToString()) is not { } key) return OpenImErrors.Args.With("key is invalid");

        var isGroup = key.GroupId.Length > 0;
        var sender = body.Text("sendID") is { Length: > 0 } given ? given : isGroup ? "" : key.RecvId;
        if (sender.Length == 0) return OpenImErrors.Args.With("sendID is empty");
        if (call.Access(sender) is { } denied) return denied;

        var message = new MsgData
        {
            SendID = sender,
            RecvID = isGroup ? "" : key.SendId,
            GroupID = key.GroupId,
            ClientMsgID = ServerMessages.NewClientMsgId(),
            SessionType = isGroup ? Conversations.GroupChat : Conversations.SingleChat,
            MsgFrom = FromUser,
            ContentType = ContentTypes.Markdown,
            CreateTime = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Ex = body.Text("ex"),
            Content = ByteString.CopyFromUtf8(JsonSerializer.Serialize(new Dictionary<string, string> { ["content"] = content })),
        };
        if (body.Object("offlinePushInfo") is { } push)
            message.OfflinePushInfo = new OfflinePushInfo { Title = push.Text("title"), Desc = push.Text("desc"), Ex = push.Text("ex") };
        var (sent, error) = await messages.SendAsync(call.App, call.Caller, message, ct);
        return error is not null ? error : JsonReply.Of(json => SentJson.Write(json, sent!, receiver: null));
    }

    private static (string SendId, string RecvId, string GroupId)? ReadKey(string base64)
    {
        var bytes = new byte[MaxKey];
        if (base64.Length is 0 or > MaxKey || !Convert.TryFromBase64String(base64, bytes, out var length)) return null;
        using var json = JsonInput.TryParse(bytes.AsMemory(0, length), MaxKeyDepth);
        if (json?.RootElement.ValueKind != JsonValueKind.Object) return null;
        try
        {
            var body = new JsonBody(json.RootElement);
            return (body.Text("sendID"), body.Text("recvID"), body.Text("groupID"));
        }
        catch (BindingException)
        {
            return null;
        }
    }
}
