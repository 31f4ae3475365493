using System.Text.Json;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Google.Protobuf;

namespace Dragoman.Dialects.OpenIm.Rest.Msg.Admin;

/// <summary><c>POST /msg/send_business_notification</c>: something for the app's own code on its clients, content type 2001.</summary>
internal sealed class SendBusinessNotification(ServerMessages messages, TimeProvider clock) : OpenImJsonEndpoint("/msg/send_business_notification")
{
    private const int BusinessNotification = 2001;
    private const int FromSystem = 200;
    private const int Stored = 2;

    protected override async ValueTask<JsonReply> HandleAsync(OpenImCall call, JsonBody body, CancellationToken ct)
    {
        var (receiver, group) = (body.Text("recvUserID"), body.Text("recvGroupID"));
        var level = body.Find("reliabilityLevel") is null ? 1 : body.Int32("reliabilityLevel");
        var sender = body.RequiredText("sendUserID");
        if ((receiver.Length == 0) == (group.Length == 0))
            return OpenImErrors.Args.With("recvUserID and recvGroupID cannot be empty at the same time, nor both be given");
        if (level is not (1 or Stored)) return OpenImErrors.Args.With("reliabilityLevel must be 1 or 2");
        if (!call.Caller.IsAdministrator) return OpenImErrors.NoPermission.With("only app manager can send message");

        var isShown = body.Flag("sendMsg");
        var notification = Make(body, sender, receiver, group);
        foreach (var key in (ReadOnlySpan<string>)["unreadCount", "conversationUpdate", "offlinePush", "senderConversationUpdate", "isNotNotification"])
            notification.Options[key] = false;
        notification.Options["history"] = notification.Options["persistent"] = level == Stored;
        notification.Options["senderSync"] = true;
        notification.Options["isSendMsg"] = isShown;
        var (sent, error) = await messages.SendAsync(call.App, call.Caller, notification, ct, SendRights.All, LogChannel.Changes);
        if (error is not null || !isShown) return error is not null ? error : JsonReply.Of(json => SentJson.Write(json, sent!, receiver: null));

        var copy = Make(body, sender, receiver, group);
        copy.Options["offlinePush"] = false;
        copy.Options["unreadCount"] = true;
        (sent, error) = await messages.SendAsync(call.App, call.Caller, copy, ct, SendRights.All);
        return error is not null ? error : JsonReply.Of(json => SentJson.Write(json, sent!, receiver: null));
    }

    private MsgData Make(JsonBody body, string sender, string receiver, string group) => new()
    {
        SendID = sender,
        RecvID = receiver.Length > 0 ? receiver : group,
        GroupID = group,
        ClientMsgID = ServerMessages.NewClientMsgId(),
        SessionType = group.Length > 0 ? Conversations.GroupChat : Conversations.SingleChat,
        MsgFrom = FromSystem,
        ContentType = BusinessNotification,
        CreateTime = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        Content = ByteString.CopyFromUtf8(JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["detail"] = JsonSerializer.Serialize(new Dictionary<string, string> { ["key"] = body.Text("key"), ["data"] = body.Text("data") }),
        })),
    };
}
