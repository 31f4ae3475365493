using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Hooks;

namespace Dragoman.Dialects.OpenIm.Webhooks.Messages;

/// <summary>What the events after a message have in common.</summary>
internal abstract class AfterSendMsg(MessageBodies bodies, string key, string command, ConversationKind kind) : AfterWebhook(key, command)
{
    public override bool Applies(OpenImApp app, WebhookEventSettings settings, HookEvent happened) => MessageBodies.Concerns(settings, happened, kind);

    public override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, HookEvent happened, CancellationToken ct)
    {
        var message = bodies.Read(happened.Message!);
        var body = MessageBodies.Describe(message, happened.Operation);
        if (kind == ConversationKind.Group) body["groupID"] = message.GroupID;
        else body["recvID"] = message.RecvID;
        return new(body);
    }

    /// <summary>What the app hands to <c>/msg/send_simple_msg</c> to answer in the same conversation.</summary>
    public override string Query(HookEvent happened)
    {
        var entry = happened.Message!;
        var isGroup = kind == ConversationKind.Group;
        var target = JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["sendID"] = entry.Sender.Value,
            ["recvID"] = isGroup ? "" : entry.Conversation.PeerOf(entry.Sender).Value,
            ["groupID"] = isGroup ? entry.Conversation.A : "",
        });
        return $"?key={Uri.EscapeDataString(Convert.ToBase64String(target))}";
    }
}

internal sealed class AfterSendSingleMsg(MessageBodies bodies)
    : AfterSendMsg(bodies, "afterSendSingleMsg", "callbackAfterSendSingleMsgCommand", ConversationKind.Direct);

internal sealed class AfterSendGroupMsg(MessageBodies bodies)
    : AfterSendMsg(bodies, "afterSendGroupMsg", "callbackAfterSendGroupMsgCommand", ConversationKind.Group);

/// <summary>A message is on disk, wherever it was sent.</summary>
internal sealed class AfterMsgSaveDB(MessageBodies bodies) : AfterWebhook("afterMsgSaveDB", "callbackAfterMsgSaveDBCommand")
{
    public override bool Applies(OpenImApp app, WebhookEventSettings settings, HookEvent happened) =>
        happened.Message is { } entry && MessageBodies.Concerns(settings, happened, entry.Conversation.Kind);

    public override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, HookEvent happened, CancellationToken ct)
    {
        var message = bodies.Read(happened.Message!);
        var body = MessageBodies.Describe(message, happened.Operation);
        body["recvID"] = message.RecvID;
        body["groupID"] = message.GroupID;
        return new(body);
    }
}
