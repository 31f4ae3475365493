using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Rest.Shared;
using Dragoman.Engine;
using Dragoman.Engine.Groups;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Dialects.Agora.Rest.Groups;

/// <summary><c>DELETE /chatgroups/{g}</c>.</summary>
internal sealed class EndChatGroup(DismissGroup dismiss) : GroupEndpoint("DELETE", "/chatgroups/{g}")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var ended = await dismiss.RunAsync(call.Caller, group, NoticeReach.Timeline, ct);
        return ended.TryGet(out _, out var refusal)
            ? new AgoraReply { Data = new JsonObject { ["success"] = true, [MemberAnswers.IsNewShape(call) ? "id" : "groupid"] = group.Value } }
            : Refuse(call, refusal);
    }
}

/// <summary><c>POST /chatgroups/{g}/disable</c> and <c>/enable</c>.</summary>
internal abstract class SwitchChatGroup(DisableGroup disable, string word, bool isDisabled) : GroupEndpoint("POST", $"/chatgroups/{{g}}/{word}", Access.App)
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var switched = await disable.RunAsync(call.Caller, group, isDisabled, ct);
        return switched.TryGet(out _, out var refusal)
            ? new AgoraReply { Data = new JsonObject { ["disabled"] = isDisabled }, Beside = new() { ["properties"] = new JsonObject() } }
            : Refuse(call, refusal);
    }
}

internal sealed class DisableChatGroup(DisableGroup disable) : SwitchChatGroup(disable, "disable", isDisabled: true);

internal sealed class EnableChatGroup(DisableGroup disable) : SwitchChatGroup(disable, "enable", isDisabled: false);

/// <summary><c>DELETE /chatgroups/{g}/quit</c>: the client's user leaves.</summary>
internal sealed class QuitChatGroup(LeaveGroup leave) : GroupEndpoint("DELETE", "/chatgroups/{g}/quit")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var left = await leave.RunAsync(call.Caller, call.Caller.User, group, ct);
        return left.TryGet(out _, out var refusal) ? new AgoraReply { Data = new JsonObject { ["result"] = true } } : Refuse(call, refusal);
    }
}

/// <summary><c>POST</c> and <c>DELETE /chatgroups/{g}/ban</c>: nobody speaks but who may, and everybody again.</summary>
internal sealed class BanChatGroup(MuteGroup mute) : GroupEndpoint("POST,DELETE", "/chatgroups/{g}/ban")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var isMuted = HttpMethods.IsPost(call.Http.Request.Method);
        var muted = await mute.RunAsync(call.Caller, group, isMuted ? long.MaxValue : 0, ct);
        return muted.TryGet(out _, out var refusal) ? new AgoraReply { Data = new JsonObject { ["mute"] = isMuted } } : Refuse(call, refusal);
    }
}
