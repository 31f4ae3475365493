using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Push;

namespace Dragoman.Dialects.OpenIm.Webhooks.Messages;

/// <summary>A message is about to wake phones; the answer may choose whose, and what they show.</summary>
internal sealed class BeforeOfflinePush(MessageBodies bodies) : BeforeWebhook<PushingMessage>("beforeOfflinePush", "callbackBeforeOfflinePushCommand")
{
    protected override bool Applies(WebhookEventSettings settings, PushingMessage proposal) => MessageBodies.Concerns(settings, proposal.Message);

    protected override ValueTask<JsonObject> DescribeAsync(OpenImApp app, PushingMessage proposal, CancellationToken ct)
    {
        var message = bodies.Read(proposal.Message);
        var push = message.OfflinePushInfo ?? new OfflinePushInfo();
        var body = PushBodies.Describe(message, proposal.Caller.Operation);
        body["userIDList"] = WebhookJson.List(proposal.Receivers);
        body["title"] = push.Title;
        body["desc"] = push.Desc;
        body["ex"] = push.Ex;
        body["iOSPushSound"] = push.IOSPushSound;
        body["iOSBadgeCount"] = push.IOSBadgeCount;
        body["signalInfo"] = push.SignalInfo;
        return new(body);
    }

    protected override OpenImError? Apply(OpenImApp app, PushingMessage proposal, JsonElement answer)
    {
        // An empty list is none: who wants to wake nobody refuses.
        if (WebhookJson.Users(answer, "userIDList") is { Length: > 0 } chosen) proposal.Receivers = chosen;
        if (answer.TryGetProperty("offlinePushInfo", out var push) && push.ValueKind == JsonValueKind.Object)
        {
            proposal.Content = new()
            {
                Title = WebhookJson.Text(push, "title") ?? "",
                Text = WebhookJson.Text(push, "desc") ?? "",
                Extra = WebhookJson.Text(push, "ex") ?? "",
                Sound = WebhookJson.Text(push, "iOSPushSound") ?? "",
                CountsBadge = WebhookJson.Flag(push, "iOSBadgeCount") ?? false,
            };
        }

        return null;
    }
}
