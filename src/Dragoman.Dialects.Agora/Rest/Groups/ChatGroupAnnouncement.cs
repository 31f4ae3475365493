using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.Agora.Rest.Groups;

/// <summary><c>GET /chatgroups/{g}/announcement</c>.</summary>
internal sealed class ReadAnnouncement(RosterDirectory rosters) : GroupEndpoint("GET", "/chatgroups/{g}/announcement")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        if (await rosters.FindAsync(call.App.Id, group, ct) is not { Group.IsDismissed: false } roster) return Refuse(call, new(Condition.GroupNotFound));
        if (!call.Caller.IsAdministrator && roster.Group.IsDisabled) return Refuse(call, new(Condition.GroupDisabled));
        if (!call.Caller.IsAdministrator && roster.Find(call.Caller.User) is null) return Refuse(call, new(Condition.NotGroupMember, call.Caller.User.Value));
        return new() { Data = new JsonObject { ["announcement"] = roster.Group.Announcement } };
    }
}

/// <summary><c>POST /chatgroups/{g}/announcement</c>; an empty one takes the old one away.</summary>
internal sealed class WriteAnnouncement(UpdateGroup update) : GroupEndpoint("POST", "/chatgroups/{g}/announcement")
{
    private const int MaxChars = 512;

    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        if (call.Body.Text("announcement") is not { } text) return AgoraErrors.IllegalArgument.With("announcement is null");
        if (text.Length > MaxChars) return AgoraErrors.Forbidden with { Error = "FORBIDDEN", Description = "announce info length exceeds limit!" };

        var updated = await update.RunAsync(call.Caller, group, new GroupChange { Announcement = text }, ct);
        if (updated.TryGet(out _, out var refusal)) return new AgoraReply { Data = new JsonObject { ["id"] = group.Value, ["result"] = true } };
        return refusal.Condition == Condition.WordRejected
            ? AgoraErrors.Forbidden with { Error = "group_announce_violation", Description = "group announcement is violation, please change it." }
            : Refuse(call, refusal);
    }
}
