using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Rest.Shared;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.Agora.Rest.Groups;

/// <summary><c>GET /chatgroups/{g}/admin</c>.</summary>
internal sealed class ListChatGroupAdmins(RosterDirectory rosters) : GroupEndpoint("GET", "/chatgroups/{g}/admin")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        if (await rosters.FindAsync(call.App.Id, group, ct) is not { Group.IsDismissed: false } roster) return Refuse(call, new(Condition.GroupNotFound));
        if (roster.Group.IsDisabled && !call.Caller.IsAdministrator) return Refuse(call, new(Condition.GroupDisabled));
        if (!call.Caller.IsAdministrator && roster.Find(call.Caller.User) is null) return Refuse(call, new(Condition.NotGroupMember, call.Caller.User.Value));

        var admins = new JsonArray([.. roster.Members.Where(member => member.Role == GroupRole.Manager).Select(member => (JsonNode)member.User.Value)]);
        return new() { Data = admins, Count = admins.Count };
    }
}

/// <summary><c>POST /chatgroups/{g}/admin</c>.</summary>
internal sealed class SetChatGroupAdmin(UpdateMembers update, NameLists names) : GroupEndpoint("POST", "/chatgroups/{g}/admin")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        if (call.Body.Text("newadmin") is not { Length: > 0 } name) return AgoraErrors.InvalidParameter.With("newadmin must be provided");

        var admin = await names.OneAsync(call, name, ct);
        var updated = await update.RunAsync(call.Caller, group, [new MemberChange(admin) { Role = GroupRole.Manager }], ct);
        if (updated.TryGet(out _, out var refusal)) return new AgoraReply { Data = new JsonObject { ["result"] = "success", ["newadmin"] = admin.Value } };
        return refusal.Condition == Condition.TargetNotMember
            ? AgoraErrors.NotFound.With($"user: {admin} doesn't exist in group: {group}") with { ErrorCode = 20004 }
            : Refuse(call, refusal);
    }
}

/// <summary><c>DELETE /chatgroups/{g}/admin/{u}</c>.</summary>
internal sealed class RemoveChatGroupAdmin(UpdateMembers update, NameLists names) : GroupEndpoint("DELETE", "/chatgroups/{g}/admin/{u}")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var admin = await names.OneAsync(call, call.TextIn("u"), ct);
        var updated = await update.RunAsync(call.Caller, group, [new MemberChange(admin) { Role = GroupRole.Member, MustBeManager = true }], ct);
        return updated.TryGet(out _, out var refusal)
            ? new AgoraReply { Data = new JsonObject { ["result"] = "success", ["oldadmin"] = admin.Value } }
            : Refuse(call, refusal);
    }
}
