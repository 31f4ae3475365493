using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Rest.Group;
using Dragoman.Engine;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.OpenIm.Webhooks.Groups;

/// <summary>A group is about to say something else of itself, by one of the two routes that there are for it.</summary>
internal abstract class BeforeUpdateGroup(string key, string command, string route) : BeforeWebhook<UpdatingGroup>(key, command)
{
    protected override bool Applies(WebhookEventSettings settings, UpdatingGroup proposal) => proposal.Caller.Route == route;

    protected override ValueTask<JsonObject> DescribeAsync(OpenImApp app, UpdatingGroup proposal, CancellationToken ct) =>
        new(GroupBodies.Changed(proposal.Group, proposal.Change, proposal.Caller.Operation));

    protected override OpenImError? Apply(OpenImApp app, UpdatingGroup proposal, JsonElement answer)
    {
        var (verification, look, apply) = GroupBodies.RulesOf(answer);
        if (GroupRules.Check(verification, look, apply) is { } invalid) return invalid;

        var (change, rules) = (proposal.Change, GroupRules.Of(verification, look, apply));
        proposal.Change = change with
        {
            Name = WebhookJson.Text(answer, "groupName") ?? change.Name,
            Announcement = WebhookJson.Text(answer, "notification") ?? change.Announcement,
            Introduction = WebhookJson.Text(answer, "introduction") ?? change.Introduction,
            Avatar = WebhookJson.Text(answer, "faceURL") ?? change.Avatar,
            Extra = WebhookJson.Text(answer, "ex") ?? change.Extra,
            Apply = rules.Apply ?? change.Apply,
            Invite = rules.Invite ?? change.Invite,
            MembersSeeMembers = rules.MembersSeeMembers ?? change.MembersSeeMembers,
            MembersMayBefriend = rules.MembersMayBefriend ?? change.MembersMayBefriend,
        };
        return null;
    }
}

internal sealed class BeforeSetGroupInfo() : BeforeUpdateGroup("beforeSetGroupInfo", "callbackBeforeSetGroupInfoCommand", "/group/set_group_info");

internal sealed class BeforeSetGroupInfoEx()
    : BeforeUpdateGroup("beforeSetGroupInfoEx", "callbackBeforeSetGroupInfoExCommand", "/group/set_group_info_ex");

/// <inheritdoc cref="BeforeUpdateGroup"/>
internal abstract class AfterUpdateGroup(string key, string command, string route) : AfterWebhook<GroupEdited>(key, command)
{
    protected override bool Applies(GroupEdited notice, HookEvent happened) => happened.Route == route;

    protected override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, GroupEdited notice, HookEvent happened, CancellationToken ct) =>
        new(GroupBodies.Changed(notice.Group.Group.Id, notice.Change, happened.Operation));
}

internal sealed class AfterSetGroupInfo() : AfterUpdateGroup("afterSetGroupInfo", "callbackAfterSetGroupInfoCommand", "/group/set_group_info");

internal sealed class AfterSetGroupInfoEx()
    : AfterUpdateGroup("afterSetGroupInfoEx", "callbackAfterSetGroupInfoExCommand", "/group/set_group_info_ex");

internal static class GroupBodies
{
    /// <summary>The three switches of an answer.</summary>
    public static (int? NeedVerification, int? LookMemberInfo, int? ApplyMemberFriend) RulesOf(JsonElement answer) => (
        WebhookJson.Int32(answer, "needVerification"),
        WebhookJson.Int32(answer, "lookMemberInfo"),
        WebhookJson.Int32(answer, "applyMemberFriend"));

    /// <summary>What is not to change is <c>null</c>.</summary>
    public static JsonObject Changed(GroupId group, GroupChange change, string operationId) => new()
    {
        ["operationID"] = operationId,
        ["groupID"] = group.Value,
        ["groupName"] = change.Name,
        ["notification"] = change.Announcement,
        ["introduction"] = change.Introduction,
        ["faceURL"] = change.Avatar,
        ["ex"] = change.Extra,
        ["needVerification"] = change.Apply is { } apply ? GroupInfos.VerificationOf(apply, change.Invite ?? InviteRule.Anybody) : null,
        ["lookMemberInfo"] = change.MembersSeeMembers is { } sees ? sees ? 0 : 1 : null,
        ["applyMemberFriend"] = change.MembersMayBefriend is { } befriends ? befriends ? 0 : 1 : null,
    };
}
