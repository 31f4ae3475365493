using System.Text.Json.Nodes;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.OpenIm.Webhooks.Messages;

internal sealed class AfterRevokeMsg() : AfterWebhook<MessageRecalled>("afterRevokeMsg", "callbackBeforeAfterMsgCommand") // sic
{
    protected override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, MessageRecalled notice, HookEvent happened, CancellationToken ct) =>
        new(new JsonObject
        {
            ["conversationID"] = ConversationIds.Of(happened.Conversation!.Value),
            ["seq"] = notice.Sequence,
            ["userID"] = notice.Mark.By,
        });
}

internal sealed class AfterSingleMsgRead() : AfterWebhook<MessagesRead>("afterSingleMsgRead", "callbackAfterSingleMsgReadCommand")
{
    protected override bool Applies(MessagesRead notice, HookEvent happened) => happened.Conversation?.Kind == ConversationKind.Direct;

    protected override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, MessagesRead notice, HookEvent happened, CancellationToken ct) =>
        new(new JsonObject
        {
            ["conversationID"] = ConversationIds.Of(happened.Conversation!.Value),
            ["userID"] = notice.Reader.Value,
            ["Seqs"] = new JsonArray([.. notice.Sequences.Select(seq => (JsonNode)seq)]),
            ["contentType"] = OpenIm.Messages.Conversations.TypeOf(happened.Conversation!.Value),
        });
}

internal sealed class AfterGroupMsgRead() : AfterWebhook<MessagesRead>("afterGroupMsgRead", "callbackAfterGroupMsgReadCommand")
{
    protected override bool Applies(MessagesRead notice, HookEvent happened) => happened.Conversation?.Kind == ConversationKind.Group;

    protected override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, MessagesRead notice, HookEvent happened, CancellationToken ct) =>
        new(new JsonObject
        {
            ["sendID"] = notice.Reader.Value,
            ["receiveID"] = happened.Conversation!.Value.A,
            ["unreadMsgNum"] = notice.Unread,
            ["contentType"] = OpenIm.Messages.Conversations.TypeOf(happened.Conversation!.Value),
        });
}
