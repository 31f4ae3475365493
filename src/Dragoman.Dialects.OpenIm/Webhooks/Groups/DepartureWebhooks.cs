using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.OpenIm.Webhooks.Groups;

internal sealed class AfterQuitGroup() : AfterWebhook<MemberLeft>("afterQuitGroup", "callbackAfterQuitGroupCommand")
{
    protected override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, MemberLeft notice, HookEvent happened, CancellationToken ct) =>
        new(new JsonObject { ["groupID"] = notice.Group.Group.Id.Value, ["userID"] = notice.Operator.Id.Value });
}

internal sealed class AfterKickGroupMember() : AfterWebhook<MembersRemoved>("afterKickGroupMember", "callbackAfterKickGroupCommand")
{
    protected override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, MembersRemoved notice, HookEvent happened, CancellationToken ct) =>
        new(new JsonObject
        {
            ["groupID"] = notice.Group.Group.Id.Value,
            ["kickedUserIDs"] = WebhookJson.List(notice.Members.Select(m => m.Id)),
            ["reason"] = notice.Reason,
        });
}

internal sealed class AfterDismissGroup() : AfterWebhook<GroupDismissed>("afterDismissGroup", "callbackAfterDisMissGroupCommand")
{
    protected override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, GroupDismissed notice, HookEvent happened, CancellationToken ct) =>
        new(new JsonObject
        {
            ["groupID"] = notice.Group.Group.Id.Value,
            ["ownerID"] = notice.Group.Group.Owner.Value,
            ["groupType"] = GroupInfos.WorkingGroup.ToString(CultureInfo.InvariantCulture),
            ["membersID"] = WebhookJson.List(notice.Members),
        });
}

internal sealed class AfterTransferGroupOwner() : AfterWebhook<GroupTransferred>("afterTransferGroupOwner", "callbackAfterTransferGroupOwnerCommand")
{
    protected override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, GroupTransferred notice, HookEvent happened, CancellationToken ct) =>
        new(new JsonObject
        {
            ["groupID"] = notice.Group.Group.Id.Value,
            ["oldOwnerUserID"] = notice.OldOwner.Id.Value,
            ["newOwnerUserID"] = notice.NewOwner.Id.Value,
        });
}
