using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Google.Protobuf;

namespace Dragoman.Dialects.OpenIm.Webhooks.Messages;

/// <summary>The app's server may write a message anew; what it answers with replaces what the sender said.</summary>
/// <remarks>A <c>serverMsgID</c> in the answer is passed over: ours is the message's id, by which it is found again.</remarks>
internal sealed class BeforeMsgModify(MessageBodies bodies) : BeforeWebhook<RewritingMessage>("beforeMsgModify", "callbackBeforeMsgModifyCommand")
{
    protected override bool Applies(WebhookEventSettings settings, RewritingMessage proposal) =>
        MessageBodies.Concerns(settings, proposal.Draft);

    protected override ValueTask<JsonObject> DescribeAsync(OpenImApp app, RewritingMessage proposal, CancellationToken ct) =>
        new(MessageBodies.Describe(bodies.Read(proposal.Conversation, proposal.Sender, proposal.Draft), proposal.Caller.Operation));

    protected override OpenImError? Apply(OpenImApp app, RewritingMessage proposal, JsonElement answer)
    {
        var message = bodies.Read(proposal.Conversation, proposal.Sender, proposal.Draft);
        var before = message.Clone();
        if (Overwrite(message, answer) is { } unusable) return unusable;
        if (message.Equals(before)) return null;

        var bytes = message.ToByteArray();
        if (!MsgDataView.TryParse(bytes, out var view)) return OpenImErrors.Data.With("the rewritten message is none");
        if (MessageRules.Check(view) is { } invalid) return invalid;

        var draft = proposal.Draft;
        var rewritten = MessageRules.DraftOf(view, view.ClientMsgId.ToArray(), draft.OriginSession, draft.Receipt);
        proposal.Draft = rewritten with { Flags = rewritten.Flags | (draft.Flags & EntryFlags.NoPush), Rights = draft.Rights, Friends = draft.Friends };
        proposal.Conversation = message.SessionType == Conversations.GroupChat
            ? ConversationKey.Group(proposal.App, new GroupId(message.GroupID))
            : ConversationKey.Direct(proposal.App, proposal.Sender, new UserId(message.RecvID));
        if (draft.Receipt is ModifiableReceipt receipt) receipt.Modified = message;
        return null;
    }

    private static OpenImError? Overwrite(MsgData message, JsonElement answer)
    {
        if (WebhookJson.Text(answer, "content") is { } content)
        {
            if (!IsJsonObject(content)) return OpenImErrors.Args.With("the webhook's content is no JSON object");
            message.Content = ByteString.CopyFromUtf8(content);
        }

        message.RecvID = WebhookJson.Text(answer, "recvID") ?? message.RecvID;
        message.GroupID = WebhookJson.Text(answer, "groupID") ?? message.GroupID;
        message.ClientMsgID = WebhookJson.Text(answer, "clientMsgID") ?? message.ClientMsgID;
        message.SenderPlatformID = WebhookJson.Int32(answer, "senderPlatformID") ?? message.SenderPlatformID;
        message.SenderNickname = WebhookJson.Text(answer, "senderNickname") ?? message.SenderNickname;
        message.SenderFaceURL = WebhookJson.Text(answer, "senderFaceURL") ?? message.SenderFaceURL;
        message.SessionType = WebhookJson.Int32(answer, "sessionType") ?? message.SessionType;
        message.MsgFrom = WebhookJson.Int32(answer, "msgFrom") ?? message.MsgFrom;
        message.ContentType = WebhookJson.Int32(answer, "contentType") ?? message.ContentType;
        message.Status = WebhookJson.Int32(answer, "status") ?? message.Status;
        message.AttachedInfo = WebhookJson.Text(answer, "attachedInfo") ?? message.AttachedInfo;
        message.Ex = WebhookJson.Text(answer, "ex") ?? message.Ex;
        if (WebhookJson.Texts(answer, "atUserIDList") is { } called)
        {
            message.AtUserIDList.Clear();
            message.AtUserIDList.Add(called);
        }

        if (answer.TryGetProperty("options", out var options) && options.ValueKind == JsonValueKind.Object)
        {
            message.Options.Clear();
            foreach (var option in options.EnumerateObject().Where(o => o.Value.ValueKind is JsonValueKind.True or JsonValueKind.False))
                message.Options[option.Name] = option.Value.GetBoolean();
        }

        if (answer.TryGetProperty("offlinePushInfo", out var push) && push.ValueKind == JsonValueKind.Object)
            message.OfflinePushInfo = OfflinePush(push);
        return null;
    }

    private static OfflinePushInfo OfflinePush(JsonElement push) => new()
    {
        Title = WebhookJson.Text(push, "title") ?? "",
        Desc = WebhookJson.Text(push, "desc") ?? "",
        Ex = WebhookJson.Text(push, "ex") ?? "",
        IOSPushSound = WebhookJson.Text(push, "iOSPushSound") ?? "",
        IOSBadgeCount = WebhookJson.Flag(push, "iOSBadgeCount") ?? false,
        SignalInfo = WebhookJson.Text(push, "signalInfo") ?? "",
    };

    private static bool IsJsonObject(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
