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

/// <summary>A group is about to be founded; the answer may change what it is, not who is in it.</summary>
internal sealed class BeforeCreateGroup(TimeProvider clock) : BeforeWebhook<CreatingGroup>("beforeCreateGroup", "callbackBeforeCreateGroupCommand")
{
    private const int Muted = 3;

    protected override ValueTask<JsonObject> DescribeAsync(OpenImApp app, CreatingGroup proposal, CancellationToken ct)
    {
        var group = proposal.Group with { Creator = proposal.Caller.User, CreatedAt = clock.GetUtcNow().ToUnixTimeMilliseconds() };
        var body = WebhookJson.Of(GroupInfos.Of(group, proposal.Others.Count + 1));
        body["operationID"] = proposal.Caller.Operation;
        body["initMemberList"] = CreateGroupBodies.Members(proposal.Others);
        return new(body);
    }

    protected override OpenImError? Apply(OpenImApp app, CreatingGroup proposal, JsonElement answer)
    {
        var (verification, look, apply) = GroupBodies.RulesOf(answer);
        if (GroupRules.Check(verification, look, apply) is { } invalid) return invalid;
        if (WebhookJson.Int32(answer, "groupType") is { } type and not GroupInfos.WorkingGroup) return OpenImErrors.Args.With($"group type {type} is not 2");

        var (group, rules) = (proposal.Group, GroupRules.Of(verification, look, apply));
        proposal.Group = group with
        {
            Id = WebhookJson.Text(answer, "groupID") is { } id ? new GroupId(id) : group.Id,
            Name = WebhookJson.Text(answer, "groupName") ?? group.Name,
            Announcement = WebhookJson.Text(answer, "notification") ?? group.Announcement,
            Introduction = WebhookJson.Text(answer, "introduction") ?? group.Introduction,
            Avatar = WebhookJson.Text(answer, "faceURL") ?? group.Avatar,
            Owner = WebhookJson.Text(answer, "ownerUserID") is { } owner ? new UserId(owner) : group.Owner,
            Creator = WebhookJson.Text(answer, "creatorUserID") is { } creator ? new UserId(creator) : group.Creator,
            Extra = WebhookJson.Text(answer, "ex") ?? group.Extra,
            MutedUntil = WebhookJson.Int32(answer, "status") == Muted ? long.MaxValue : group.MutedUntil,
            Apply = rules.Apply ?? group.Apply,
            Invite = rules.Invite ?? group.Invite,
            MembersSeeMembers = rules.MembersSeeMembers ?? group.MembersSeeMembers,
            MembersMayBefriend = rules.MembersMayBefriend ?? group.MembersMayBefriend,
        };
        return null;
    }
}

internal sealed class AfterCreateGroup() : AfterWebhook<GroupCreated>("afterCreateGroup", "callbackAfterCreateGroupCommand")
{
    protected override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, GroupCreated notice, HookEvent happened, CancellationToken ct)
    {
        var body = WebhookJson.Of(GroupInfos.Of(notice.Group));
        body["initMemberList"] = CreateGroupBodies.Members(notice.Members
            .Where(m => m.Id != notice.Owner.Id)
            .Select(m => (m.Id, m.Member?.Role ?? GroupRole.Member)));
        return new(body);
    }
}

internal static class CreateGroupBodies
{
    /// <summary>Everybody but the owner.</summary>
    public static JsonArray Members(IEnumerable<(UserId User, GroupRole Role)> others) =>
        [.. others.Select(o => new JsonObject { ["userID"] = o.User.Value, ["roleLevel"] = GroupInfos.LevelOf(o.Role) })];
}
