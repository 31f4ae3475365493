using System.Text.Json.Nodes;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.OpenIm.Webhooks.Messages;

/// <summary>The object that all message events share (section 14, "M"), and which messages they are about.</summary>
internal sealed class MessageBodies(MessageRenderer renderer)
{
    /// <summary>Whether a message event is about this message: not about typing, nor about what servers say. Does not look into the body.</summary>
    public static bool Concerns(WebhookEventSettings settings, in MessageDraft draft) => Concerns(settings, TypeOf(draft.Origin, draft.Type, draft.Content));

    /// <inheritdoc cref="Concerns(WebhookEventSettings, in MessageDraft)"/>
    public static bool Concerns(WebhookEventSettings settings, Entry message) => Concerns(settings, TypeOf(message.Origin, message.Type, message.Content));

    /// <summary>Whether an after-event is about the message that was sent. Asked for each message that is written, so it does not look into the body.</summary>
    public static bool Concerns(WebhookEventSettings settings, HookEvent happened, ConversationKind kind)
    {
        if (happened.Message is not { } entry || entry.Conversation.Kind != kind || happened.Channel != LogChannel.Timeline) return false;
        if ((entry.Flags & EntryFlags.Erased) != 0 || !Concerns(settings, entry)) return false;
        if (settings.AttentionIds.Length == 0) return true;

        var receiver = kind == ConversationKind.Group ? entry.Conversation.A : entry.Conversation.PeerOf(entry.Sender).Value;
        return Array.IndexOf(settings.AttentionIds, receiver) >= 0;
    }

    public MsgData Read(ConversationKey conversation, UserId sender, in MessageDraft draft) => renderer.Render(conversation, sender, draft);

    /// <summary>As it was sent, also when it was recalled before it was told of.</summary>
    public MsgData Read(Entry entry) => renderer.RenderMessage(entry);

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

    private static bool Concerns(WebhookEventSettings settings, int contentType) =>
        contentType != ContentTypes.Typing
        && !ContentTypes.IsNotification(contentType)
        && Array.IndexOf(settings.DeniedTypes, contentType) < 0;

    /// <summary>As <see cref="MessageRenderer"/> shows it.</summary>
    private static int TypeOf(DialectId origin, int type, ContentKind content) => origin == OpenImId.Dialect ? type : ContentTypes.OfKind(content);
}
