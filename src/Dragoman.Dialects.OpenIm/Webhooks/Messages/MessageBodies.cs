using System.Text.Json.Nodes;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.OpenIm.Webhooks.Messages;

/// <summary>The object that all message events share (section 14, "M"), and which messages they are about.</summary>
internal sealed class MessageBodies(MessageRenderer renderer)
{
    /// <summary>Whether a message event is about this message: not about typing, nor about what servers say.</summary>
    public static bool Concerns(WebhookEventSettings settings, MsgData message) =>
        message.ContentType != ContentTypes.Typing
        && !ContentTypes.IsNotification(message.ContentType)
        && Array.IndexOf(settings.DeniedTypes, message.ContentType) < 0;

    public static bool IsOf(ConversationKey conversation, ConversationKind kind) => conversation.Kind == kind;

    public MsgData Read(ConversationKey conversation, Engine.UserId sender, in MessageDraft draft) => renderer.Render(conversation, sender, draft);

    public MsgData Read(Entry entry) => renderer.Render(entry, isHidden: false, isRead: false);

    public static JsonObject Describe(MsgData message, string operationId) => new()
    {
        ["sendID"] = message.SendID,
        ["serverMsgID"] = message.ServerMsgID,
        ["clientMsgID"] = message.ClientMsgID,
        ["operationID"] = operationId,
        ["senderPlatformID"] = message.SenderPlatformID,
        ["senderNickname"] = message.SenderNickname,
        ["sessionType"] = message.SessionType,
        ["msgFrom"] = message.MsgFrom,
        ["contentType"] = message.ContentType,
        ["status"] = message.Status,
        ["sendTime"] = message.SendTime,
        ["createTime"] = message.CreateTime,
        ["content"] = message.Content.ToStringUtf8(),
        ["seq"] = message.Seq,
        ["atUserList"] = new JsonArray([.. message.AtUserIDList.Select(id => (JsonNode)id)]),
        ["faceURL"] = message.SenderFaceURL,
        ["ex"] = message.Ex,
    };

    /// <summary>Whether an after-event is about the message that was sent, as far as its bytes have to be looked at.</summary>
    public bool Concerns(WebhookEventSettings settings, HookEvent happened, ConversationKind kind)
    {
        if (happened.Message is not { } entry || entry.Conversation.Kind != kind || happened.Channel != LogChannel.Timeline) return false;

        var receiver = kind == ConversationKind.Group ? entry.Conversation.A : entry.Conversation.PeerOf(entry.Sender).Value;
        return (settings.AttentionIds.Length == 0 || Array.IndexOf(settings.AttentionIds, receiver) >= 0) && Concerns(settings, Read(entry));
    }
}
