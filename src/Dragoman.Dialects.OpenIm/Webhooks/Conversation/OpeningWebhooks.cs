using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.OpenIm.Webhooks.Conversation;

/// <summary>A conversation is about to come onto somebody's list for the first time; the answer may change how it looks there.</summary>
internal abstract class BeforeCreateConversations(string key, string command, ConversationKind kind) : BeforeWebhook<OpeningConversation>(key, command)
{
    protected override bool Applies(WebhookEventSettings settings, OpeningConversation proposal) => proposal.Conversation.Kind == kind;

    protected override ValueTask<JsonObject> DescribeAsync(OpenImApp app, OpeningConversation proposal, CancellationToken ct) =>
        new(ConversationBodies.Of(proposal.Conversation, proposal.Owners, proposal.Look));

    protected override OpenImError? Apply(OpenImApp app, OpeningConversation proposal, JsonElement answer)
    {
        var option = WebhookJson.Int32(answer, "recvMsgOpt");
        if (option is { } given and (< 0 or > 2)) return OpenImErrors.Args.With($"recvMsgOpt {given} is invalid");

        var (look, own) = (proposal.Look, VendorConversationSettings.Read(proposal.Look.Settings));
        var changed = own with
        {
            IsPrivateChat = WebhookJson.Flag(answer, "isPrivateChat") ?? own.IsPrivateChat,
            BurnDuration = WebhookJson.Int32(answer, "burnDuration") ?? own.BurnDuration,
            AttachedInfo = WebhookJson.Text(answer, "attachedInfo") ?? own.AttachedInfo,
        };
        proposal.Look = look with
        {
            Receive = option is { } known ? UserInfos.OptionOf(known) : look.Receive,
            IsPinned = WebhookJson.Flag(answer, "isPinned") ?? look.IsPinned,
            Mention = WebhookJson.Int32(answer, "groupAtType") is { } at ? Conversations.MarkOf(at) : look.Mention,
            Extra = WebhookJson.Text(answer, "ex") ?? look.Extra,
            Settings = changed == own ? look.Settings : changed.Write(),
        };
        return null;
    }
}

internal sealed class BeforeCreateSingleChatConversations() : BeforeCreateConversations(
    "beforeCreateSingleChatConversations", "callbackBeforeCreateSingleChatConversationsCommand", ConversationKind.Direct);

internal sealed class BeforeCreateGroupChatConversations() : BeforeCreateConversations(
    "beforeCreateGroupChatConversations", "callbackBeforeCreateGroupChatConversationsCommand", ConversationKind.Group);

/// <inheritdoc cref="BeforeCreateConversations"/>
internal abstract class AfterCreateConversations(string key, string command, ConversationKind kind) : AfterWebhook<ConversationOpened>(key, command)
{
    protected override bool Applies(ConversationOpened notice, HookEvent happened) => notice.Conversation.Kind == kind;

    protected override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, ConversationOpened notice, HookEvent happened, CancellationToken ct) =>
        new(ConversationBodies.Of(notice.Conversation, notice.Owners, notice.Look));
}

internal sealed class AfterCreateSingleChatConversations() : AfterCreateConversations(
    "afterCreateSingleChatConversations", "callbackAfterCreateSingleChatConversationsCommand", ConversationKind.Direct);

internal sealed class AfterCreateGroupChatConversations() : AfterCreateConversations(
    "afterCreateGroupChatConversations", "callbackAfterCreateGroupChatConversationsCommand", ConversationKind.Group);

internal static class ConversationBodies
{
    /// <summary>One call tells of all who come into a group at once: the owner is empty unless there is one only.</summary>
    public static JsonObject Of(ConversationKey conversation, IReadOnlyList<UserId> owners, ConversationLook look)
    {
        var owner = owners.Count == 1 ? owners[0] : new UserId("");
        var shown = Conversations.Of(new UserConversation
        {
            User = owner,
            Conversation = conversation,
            Receive = look.Receive,
            IsPinned = look.IsPinned,
            Mention = look.Mention,
            Extra = look.Extra,
            Settings = look.Settings,
        });
        return new()
        {
            ["ownerUserId"] = shown.OwnerUserID, // sic, and so are the others
            ["conversationId"] = shown.ConversationID,
            ["conversationType"] = shown.ConversationType,
            [conversation.Kind == ConversationKind.Group ? "groupId" : "userId"] = conversation.Kind == ConversationKind.Group ? shown.GroupID : shown.UserID,
            ["recvMsgOpt"] = shown.RecvMsgOpt,
            ["isPinned"] = shown.IsPinned,
            ["isPrivateChat"] = shown.IsPrivateChat,
            ["burnDuration"] = shown.BurnDuration,
            ["groupAtType"] = shown.GroupAtType,
            ["attachedInfo"] = shown.AttachedInfo,
            ["ex"] = shown.Ex,
        };
    }
}
