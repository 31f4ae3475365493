using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Engine;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.OpenIm.Webhooks.Groups;

/// <summary>Somebody is about to bring people in; the answer may strike some out.</summary>
internal sealed class BeforeInviteUserToGroup() : BeforeWebhook<InvitingMembers>("beforeInviteUserToGroup", "callbackBeforeInviteJoinGroupCommand")
{
    protected override ValueTask<JsonObject> DescribeAsync(OpenImApp app, InvitingMembers proposal, CancellationToken ct) =>
        new(new JsonObject
        {
            ["operationID"] = proposal.Caller.Operation,
            ["groupID"] = proposal.Group.Value,
            ["reason"] = proposal.Reason,
            ["invitedUserIDs"] = WebhookJson.List(proposal.Invitees),
        });

    protected override OpenImError? Apply(OpenImApp app, InvitingMembers proposal, JsonElement answer)
    {
        if (WebhookJson.Users(answer, "refusedMembersAccount") is { } refused) proposal.Invitees = [.. proposal.Invitees.Except(refused)];
        return null;
    }
}

internal sealed class BeforeApplyJoinGroup() : BeforeWebhook<ApplyingToGroup>("beforeApplyJoinGroup", "callbackBeforeJoinGroupCommand")
{
    protected override ValueTask<JsonObject> DescribeAsync(OpenImApp app, ApplyingToGroup proposal, CancellationToken ct) =>
        new(new JsonObject
        {
            ["groupID"] = proposal.Group.Id.Value,
            ["groupType"] = GroupInfos.WorkingGroup.ToString(CultureInfo.InvariantCulture),
            ["applyID"] = proposal.Applicant.Value,
            ["reqMessage"] = proposal.Message,
            ["ex"] = proposal.Extra,
        });
}

/// <summary>Somebody is in who came by himself: the vendor's "inviter" is the newcomer, as it is in the request.</summary>
internal sealed class AfterJoinGroup() : AfterWebhook<MemberEntered>("afterJoinGroup", "callbackAfterJoinGroupCommand")
{
    protected override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, MemberEntered notice, HookEvent happened, CancellationToken ct) =>
        new(new JsonObject
        {
            ["operationID"] = happened.Operation,
            ["groupID"] = notice.Group.Group.Id.Value,
            ["reqMessage"] = notice.Message,
            ["joinSource"] = (int)(notice.Operator.Member?.Source ?? JoinSource.Unknown),
            ["inviterUserID"] = notice.Operator.Id.Value,
        });
}
