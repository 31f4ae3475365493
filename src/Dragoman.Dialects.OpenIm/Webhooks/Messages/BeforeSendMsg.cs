using System.Text.Json.Nodes;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.OpenIm.Webhooks.Messages;

/// <summary>What the two events have in common; they differ in the kind of conversation.</summary>
internal abstract class BeforeSendMsg(string key, string command, ConversationKind kind, MessageBodies bodies) : BeforeWebhook<SendingMessage>(key, command)
{
    protected override bool Applies(WebhookEventSettings settings, SendingMessage proposal) =>
        proposal.Conversation.Kind == kind
        && MessageBodies.Concerns(settings, proposal.Draft);

    protected override ValueTask<JsonObject> DescribeAsync(OpenImApp app, SendingMessage proposal, CancellationToken ct)
    {
        var message = bodies.Read(proposal.Conversation, proposal.Sender, proposal.Draft);
        var body = MessageBodies.Describe(message, proposal.Caller.Operation);
        if (kind == ConversationKind.Group) body["groupID"] = message.GroupID;
        else body["recvID"] = message.RecvID;
        return new(body);
    }
}

internal sealed class BeforeSendSingleMsg(MessageBodies bodies)
    : BeforeSendMsg("beforeSendSingleMsg", "callbackBeforeSendSingleMsgCommand", ConversationKind.Direct, bodies);

internal sealed class BeforeSendGroupMsg(MessageBodies bodies)
    : BeforeSendMsg("beforeSendGroupMsg", "callbackBeforeSendGroupMsgCommand", ConversationKind.Group, bodies);
