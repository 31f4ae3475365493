using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Agora.Rest.Groups;
using Dragoman.Engine;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Operation = Dragoman.Dialects.Agora.Protos.MUCBody.Types.Operation;

namespace Dragoman.Dialects.Agora.Messages.Notices;

/// <summary>What a group says of itself has changed: all of it is told again.</summary>
internal abstract class GroupInfoRenderer<TNotice>(EngineLimits limits) : NoticeRenderer<TNotice>
    where TNotice : GroupNotice
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    protected override Rendering Render(AgoraApp app, Entry entry, TNotice notice)
    {
        var group = notice.Group.Group;
        var info = new JsonObject
        {
            ["name"] = group.Name,
            ["description"] = group.Introduction,
            ["avatar"] = group.Avatar,
            ["public"] = group.IsListed,
            ["members_only"] = GroupSwitches.IsMembersOnly(group),
            ["allow_user_invites"] = GroupSwitches.AllowsInvites(group),
            ["max_users"] = new Roster(group, []).Capacity(limits.MaxGroupMembers),
            ["invite_need_confirm"] = group.InviteeConsents,
            ["custom"] = group.Extra,
            ["last_modified"] = notice.At,
        };
        var body = Mucs.Body(app, notice, Operation.Update, Mucs.ActorOf(notice));
        body.MucName = group.Name;
        body.EventInfo = new MUCBody.Types.EventInfo { EventType = MUCBody.Types.EventInfo.Types.EventType.EventNone, Ext = info.ToJsonString(Json) };
        return new(Mucs.Meta(app, entry, body));
    }
}

internal sealed class GroupRenamedRenderer(EngineLimits limits) : GroupInfoRenderer<GroupRenamed>(limits);

internal sealed class GroupUpdatedRenderer(EngineLimits limits) : GroupInfoRenderer<GroupUpdated>(limits)
{
    /// <summary>A new name is told by a notice of its own, and with it everything else.</summary>
    protected override Rendering Render(AgoraApp app, Entry entry, GroupUpdated notice) =>
        (notice.Fields & GroupFields.Name) == 0 ? base.Render(app, entry, notice) : default;
}

internal sealed class GroupAnnouncedRenderer : NoticeRenderer<GroupAnnounced>
{
    protected override Rendering Render(AgoraApp app, Entry entry, GroupAnnounced notice)
    {
        var text = notice.Group.Group.Announcement;
        var body = Mucs.Body(app, notice, text.Length > 0 ? Operation.UpdateAnnouncement : Operation.DeleteAnnouncement, Mucs.ActorOf(notice));
        if (text.Length > 0) body.Reason = text;
        return new(Mucs.Meta(app, entry, body));
    }
}

internal sealed class GroupTransferredRenderer : NoticeRenderer<GroupTransferred>
{
    protected override Rendering Render(AgoraApp app, Entry entry, GroupTransferred notice) =>
        new(Mucs.Meta(app, entry, notice, Operation.AssignOwner, notice.OldOwner.Id, notice.NewOwner.Id));
}

internal sealed class MemberRoleRenderer : NoticeRenderer<MemberRoleChanged>
{
    protected override Rendering Render(AgoraApp app, Entry entry, MemberRoleChanged notice)
    {
        var role = notice.Member.Member?.Role ?? GroupRole.Member;
        if (role == notice.OldRole) return default;
        var operation = role == GroupRole.Manager ? Operation.AddAdmin : Operation.RemoveAdmin;
        return new(Mucs.Meta(app, entry, notice, operation, Mucs.ActorOf(notice), notice.Member.Id));
    }
}

internal sealed class GroupMutedRenderer : NoticeRenderer<GroupMuted>
{
    protected override Rendering Render(AgoraApp app, Entry entry, GroupMuted notice) =>
        new(Mucs.Meta(app, entry, notice, Operation.BanGroup, Mucs.ActorOf(notice)));
}

internal sealed class GroupUnmutedRenderer : NoticeRenderer<GroupUnmuted>
{
    protected override Rendering Render(AgoraApp app, Entry entry, GroupUnmuted notice) =>
        new(Mucs.Meta(app, entry, notice, Operation.RemoveBanGroup, Mucs.ActorOf(notice)));
}

internal sealed class GroupDisabledRenderer : NoticeRenderer<GroupDisabled>
{
    protected override Rendering Render(AgoraApp app, Entry entry, GroupDisabled notice) =>
        new(Mucs.Meta(app, entry, notice, Operation.DisableGroup, Mucs.ActorOf(notice)));
}

internal sealed class GroupEnabledRenderer : NoticeRenderer<GroupEnabled>
{
    protected override Rendering Render(AgoraApp app, Entry entry, GroupEnabled notice) =>
        new(Mucs.Meta(app, entry, notice, Operation.AbleGroup, Mucs.ActorOf(notice)));
}
