using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Engine;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Webhooks.Friends;

/// <summary>The bodies of the events around friends; a before-event and its after-event say the same.</summary>
internal static class FriendBodies
{
    public static JsonObject Asked(UserId from, UserId to, string message) => new()
    {
        ["fromUserID"] = from.Value,
        ["toUserID"] = to.Value,
        ["reqMsg"] = message,
    };

    public static JsonObject Answered(UserId from, UserId to, bool isYes, string words) => new()
    {
        ["fromUserID"] = from.Value,
        ["blackUserID"] = to.Value, // sic
        ["HandleResult"] = isYes ? 1 : -1,
        ["HandleMsg"] = words,
    };

    public static JsonObject Pair(UserId owner, string name, UserId other) => new() { ["ownerUserID"] = owner.Value, [name] = other.Value };

    public static JsonObject Remarked(UserId owner, UserId friend, string remark)
    {
        var body = Pair(owner, "friendUserID", friend);
        body["remark"] = remark;
        return body;
    }

    public static JsonObject Imported(UserId owner, IReadOnlyList<UserId> friends) => new()
    {
        ["ownerUserID"] = owner.Value,
        ["friendUserIDs"] = WebhookJson.List(friends),
    };
}

internal sealed class BeforeAddFriend() : BeforeWebhook<RequestingFriendship>("beforeAddFriend", "callbackBeforeAddFriendCommand")
{
    protected override ValueTask<JsonObject> DescribeAsync(OpenImApp app, RequestingFriendship proposal, CancellationToken ct)
    {
        var body = FriendBodies.Asked(proposal.Wish.From, proposal.Wish.To, proposal.Wish.Message);
        body["ex"] = proposal.Wish.Extra;
        return new(body);
    }
}

internal sealed class AfterAddFriend() : AfterWebhook<FriendRequested>("afterAddFriend", "callbackAfterAddFriendCommand")
{
    protected override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, FriendRequested notice, HookEvent happened, CancellationToken ct) => new(FriendBodies.Asked(notice.Request.From, notice.Request.To, notice.Request.Message));
}

internal sealed class BeforeAddFriendAgree() : BeforeWebhook<AnsweringFriendRequest>("beforeAddFriendAgree", "callbackBeforeAddFriendAgreeCommand")
{
    protected override ValueTask<JsonObject> DescribeAsync(OpenImApp app, AnsweringFriendRequest proposal, CancellationToken ct) => new(
        FriendBodies.Answered(proposal.From, proposal.To, proposal.Answer != FriendAnswer.Refuse, proposal.Words));
}

/// <summary>Of a no as well: the body says which it was.</summary>
internal sealed class AfterAddFriendAgree() : AfterWebhook<FriendRequestNotice>("afterAddFriendAgree", "callbackAfterAddFriendAgreeCommand")
{
    protected override bool Applies(FriendRequestNotice notice, HookEvent happened) => notice is FriendRequestAccepted or FriendRequestRefused;

    protected override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, FriendRequestNotice notice, HookEvent happened, CancellationToken ct) =>
        new(FriendBodies.Answered(notice.Request.From, notice.Request.To, notice is FriendRequestAccepted, notice.Request.Answer));
}

internal sealed class BeforeSetFriendRemark() : BeforeWebhook<SettingRemark>("beforeSetFriendRemark", "callbackBeforeSetFriendRemarkCommand")
{
    protected override ValueTask<JsonObject> DescribeAsync(OpenImApp app, SettingRemark proposal, CancellationToken ct) => new(
        FriendBodies.Remarked(proposal.Owner, proposal.Friend, proposal.Remark));

    protected override OpenImError? Apply(OpenImApp app, SettingRemark proposal, JsonElement answer)
    {
        proposal.Remark = WebhookJson.Text(answer, "remark") ?? proposal.Remark;
        return null;
    }
}

internal sealed class AfterSetFriendRemark() : AfterWebhook<FriendRemarked>("afterSetFriendRemark", "callbackAfterSetFriendRemarkCommand")
{
    protected override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, FriendRemarked notice, HookEvent happened, CancellationToken ct) => new(FriendBodies.Remarked(notice.Owner, notice.Friend, notice.Remark));
}

internal sealed class AfterDeleteFriend() : AfterWebhook<FriendRemoved>("afterDeleteFriend", "callbackAfterDeleteFriendCommand")
{
    protected override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, FriendRemoved notice, HookEvent happened, CancellationToken ct) => new(FriendBodies.Pair(notice.Owner, "friendUserID", notice.Friend));
}

internal sealed class BeforeImportFriends() : BeforeWebhook<ImportingFriends>("beforeImportFriends", "callbackBeforeImportFriendsCommand")
{
    protected override ValueTask<JsonObject> DescribeAsync(OpenImApp app, ImportingFriends proposal, CancellationToken ct) => new(
        FriendBodies.Imported(proposal.Owner, proposal.Friends));

    protected override OpenImError? Apply(OpenImApp app, ImportingFriends proposal, JsonElement answer)
    {
        if (WebhookJson.Users(answer, "friendUserIDs") is { } friends) proposal.Friends = friends;
        return null;
    }
}

internal sealed class AfterImportFriends() : AfterWebhook<FriendsAdded>("afterImportFriends", "callbackAfterImportFriendsCommand")
{
    protected override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, FriendsAdded notice, HookEvent happened, CancellationToken ct) => new(FriendBodies.Imported(notice.Owner, notice.Friends));
}

internal sealed class BeforeAddBlack() : BeforeWebhook<BlockingUser>("beforeAddBlack", "callbackBeforeAddBlackCommand")
{
    protected override ValueTask<JsonObject> DescribeAsync(OpenImApp app, BlockingUser proposal, CancellationToken ct) => new(
        FriendBodies.Pair(proposal.Owner, "blackUserID", proposal.Blocked));
}

internal sealed class AfterRemoveBlack() : AfterWebhook<UserUnblocked>("afterRemoveBlack", "callbackAfterRemoveBlackCommand")
{
    protected override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, UserUnblocked notice, HookEvent happened, CancellationToken ct) => new(FriendBodies.Pair(notice.Owner, "blackUserID", notice.Unblocked));
}
