using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Engine;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.OpenIm.Webhooks.Groups;

internal sealed class BeforeSetGroupMemberInfo()
    : BeforeWebhook<UpdatingMember>("beforeSetGroupMemberInfo", "callbackBeforeSetGroupMemberInfoCommand")
{
    protected override ValueTask<JsonObject> DescribeAsync(OpenImApp app, UpdatingMember proposal, CancellationToken ct) =>
        new(MemberBodies.Changed(proposal.Group, proposal.Change));

    protected override OpenImError? Apply(OpenImApp app, UpdatingMember proposal, JsonElement answer)
    {
        var (change, level) = (proposal.Change, WebhookJson.Int32(answer, "roleLevel"));
        if (level is { } unknown && GroupInfos.RoleOf(unknown) == GroupRole.None) return OpenImErrors.Args.With("invalid role level");

        proposal.Change = change with
        {
            Nickname = WebhookJson.Text(answer, "nickName") ?? change.Nickname,
            Avatar = WebhookJson.Text(answer, "faceURL") ?? change.Avatar,
            Extra = WebhookJson.Text(answer, "ex") ?? change.Extra,
            Role = level is { } given ? GroupInfos.RoleOf(given) : change.Role,
        };
        return null;
    }
}

internal sealed class AfterSetGroupMemberInfo() : AfterWebhook<MemberEdited>("afterSetGroupMemberInfo", "callbackAfterSetGroupMemberInfoCommand")
{
    protected override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, MemberEdited notice, HookEvent happened, CancellationToken ct) =>
        new(MemberBodies.Changed(notice.Group.Group.Id, notice.Change));
}

/// <summary>People come in, however they do; the answer may say how each of them looks in the group.</summary>
internal sealed class BeforeMemberJoinGroup() : BeforeWebhook<AddingMembers>("beforeMemberJoinGroup", "callbackBeforeMembersJoinGroupCommand")
{
    protected override ValueTask<JsonObject> DescribeAsync(OpenImApp app, AddingMembers proposal, CancellationToken ct) =>
        new(new JsonObject
        {
            ["groupID"] = proposal.Group.Id.Value,
            ["memberList"] = new JsonArray([.. proposal.Newcomers.Select(m => new JsonObject { ["userID"] = m.User.Value, ["ex"] = m.Extra })]),
            ["groupEx"] = proposal.Group.Extra,
        });

    protected override OpenImError? Apply(OpenImApp app, AddingMembers proposal, JsonElement answer)
    {
        var newcomers = proposal.Newcomers.ToDictionary(m => m.User);
        foreach (var card in WebhookJson.Objects(answer, "memberCallbackList") ?? [])
        {
            // Who does not come in has nothing to look like.
            if (!newcomers.TryGetValue(new UserId(WebhookJson.Text(card, "userID") ?? ""), out var member)) continue;
            var level = WebhookJson.Int32(card, "roleLevel");
            if (level is { } unknown && GroupInfos.RoleOf(unknown) == GroupRole.None) return OpenImErrors.Args.With("invalid role level");

            newcomers[member.User] = member with
            {
                Nickname = WebhookJson.Text(card, "nickname") ?? member.Nickname,
                Avatar = WebhookJson.Text(card, "faceURL") ?? member.Avatar,
                Extra = WebhookJson.Text(card, "ex") ?? member.Extra,
                MutedUntil = WebhookJson.Number(card, "muteEndTime") ?? member.MutedUntil,
                Role = level is { } given ? GroupInfos.RoleOf(given) : member.Role,
            };
        }

        proposal.Newcomers = [.. newcomers.Values];
        return null;
    }
}

internal static class MemberBodies
{
    /// <summary>What is not to change is <c>null</c>.</summary>
    public static JsonObject Changed(GroupId group, MemberChange change) => new()
    {
        ["groupID"] = group.Value,
        ["userID"] = change.User.Value,
        ["nickName"] = change.Nickname,
        ["faceURL"] = change.Avatar,
        ["roleLevel"] = change.Role is { } role ? GroupInfos.LevelOf(role) : null,
        ["ex"] = change.Extra,
    };
}
