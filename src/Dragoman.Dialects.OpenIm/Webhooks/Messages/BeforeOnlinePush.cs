using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Auth;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.OpenIm.Webhooks.Messages;

/// <summary>A message of a single chat is about to be shown to who is online.</summary>
internal sealed class BeforeOnlinePush(MessageBodies bodies) : BeforeWebhook<DeliveringMessage>("beforeOnlinePush", "callbackBeforeOnlinePushCommand")
{
    protected override bool Applies(WebhookEventSettings settings, DeliveringMessage proposal) =>
        proposal.Conversation.Kind == ConversationKind.Direct
        && MessageBodies.Concerns(settings, proposal.Draft);

    protected override ValueTask<JsonObject> DescribeAsync(OpenImApp app, DeliveringMessage proposal, CancellationToken ct)
    {
        var message = bodies.Read(proposal.Conversation, proposal.Sender, proposal.Draft);
        var body = PushBodies.Describe(message, proposal.Caller.Operation);
        body["userIDList"] = new JsonArray(message.RecvID);
        return new(body);
    }
}

/// <summary>A message of a group is about to be shown to who is online; the answer may choose to whom.</summary>
internal sealed class BeforeGroupOnlinePush(MessageBodies bodies)
    : BeforeWebhook<DeliveringMessage>("beforeGroupOnlinePush", "callbackBeforeGroupOnlinePushCommand")
{
    protected override bool Applies(WebhookEventSettings settings, DeliveringMessage proposal) =>
        proposal.Conversation.Kind == ConversationKind.Group
        && MessageBodies.Concerns(settings, proposal.Draft);

    protected override ValueTask<JsonObject> DescribeAsync(OpenImApp app, DeliveringMessage proposal, CancellationToken ct)
    {
        var message = bodies.Read(proposal.Conversation, proposal.Sender, proposal.Draft);
        var body = PushBodies.Describe(message, proposal.Caller.Operation);
        body["seq"] = message.Seq; // asked before the message has its place: 0
        return new(body);
    }

    protected override OpenImError? Apply(OpenImApp app, DeliveringMessage proposal, JsonElement answer)
    {
        if (WebhookJson.Texts(answer, "userIDList") is { Length: > 0 } chosen) proposal.Receivers = [.. chosen.Select(id => new UserId(id))];
        return null;
    }
}

/// <summary>The object that the push events share.</summary>
internal static class PushBodies
{
    public static JsonObject Describe(MsgData message, string operationId) => new()
    {
        ["operationID"] = operationId,
        ["platformID"] = message.SenderPlatformID,
        ["platform"] = Platforms.NameOf(message.SenderPlatformID),
        ["clientMsgID"] = message.ClientMsgID,
        ["sendID"] = message.SendID,
        ["groupID"] = message.GroupID,
        ["contentType"] = message.ContentType,
        ["sessionType"] = message.SessionType,
        ["atUserIDList"] = new JsonArray([.. message.AtUserIDList.Select(id => (JsonNode)id)]),
        ["content"] = message.Content.ToStringUtf8(),
    };
}
