using System.Text.Json;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Google.Protobuf;

namespace Dragoman.Dialects.OpenIm.Rest.Msg.Admin;

/// <summary>The body of <c>/msg/send_msg</c> and <c>/msg/batch_send_msg</c> (section 5.1), as the message that it asks for.</summary>
internal static class SendMsgBody
{
    private const int FromSystem = 200;

    /// <param name="needsReceiver">False for a batch, whose receivers stand beside the message.</param>
    /// <exception cref="BindingException">A required member is missing or of another type.</exception>
    public static (MsgData? Message, OpenImError? Error) Read(JsonBody body, bool needsReceiver, long now)
    {
        var message = new MsgData
        {
            SendID = body.RequiredText("sendID"),
            RecvID = body.Text("recvID"),
            GroupID = body.Text("groupID"),
            ClientMsgID = ServerMessages.NewClientMsgId(),
            SenderPlatformID = body.Int32("senderPlatformID"),
            SenderNickname = body.Text("senderNickname"),
            SenderFaceURL = body.Text("senderFaceURL"),
            SessionType = body.Int32("sessionType"),
            MsgFrom = FromSystem,
            ContentType = body.Int32("contentType"),
            CreateTime = now,
            SendTime = body.Number("sendTime"),
            Ex = body.Text("ex"),
        };
        var content = body.Object("content") ?? throw JsonBody.Required("content");
        if (message.ContentType == 0) throw JsonBody.Required("contentType");
        if (message.SessionType == 0) throw JsonBody.Required("sessionType");
        if (needsReceiver && WhoIsMissing(message) is { } missing) return (null, missing);
        if (ContentChecks.Check(message.ContentType, content.Root) is { } invalid) return (null, invalid);

        var json = JsonSerializer.Serialize(content.Root);
        if (message.ContentType == ContentTypes.OaNotification)
        {
            message.SessionType = Conversations.SystemChat;
            json = JsonSerializer.Serialize(new Dictionary<string, string> { ["detail"] = json });
        }

        message.Content = ByteString.CopyFromUtf8(json);
        if (message.ContentType == ContentTypes.AtText) message.AtUserIDList.Add(content.Texts("atUserList"));
        SetOptions(body, message);
        if (body.Object("offlinePushInfo") is { } push) message.OfflinePushInfo = PushOf(push);
        return (message, null);
    }

    private static OpenImError? WhoIsMissing(MsgData message) => message.SessionType switch
    {
        Conversations.SingleChat or Conversations.SystemChat when message.RecvID.Length == 0 => OpenImErrors.Args.With(JsonBody.Required("recvID").Message),
        2 or Conversations.GroupChat when message.GroupID.Length == 0 => OpenImErrors.Args.With(JsonBody.Required("groupID").Message),
        _ => null,
    };

    private static void SetOptions(JsonBody body, MsgData message)
    {
        if (body.Flag("isOnlineOnly"))
        {
            foreach (var key in (ReadOnlySpan<string>)["history", "persistent", "senderSync", "conversationUpdate"]) message.Options[key] = false;
        }

        if (body.Flag("notOfflinePush")) message.Options["offlinePush"] = false;
    }

    private static OfflinePushInfo PushOf(JsonBody push) => new()
    {
        Title = push.Text("title"),
        Desc = push.Text("desc"),
        Ex = push.Text("ex"),
        IOSPushSound = push.Text("iOSPushSound"),
        IOSBadgeCount = push.Flag("iOSBadgeCount"),
        SignalInfo = push.Text("signalInfo"),
    };
}
