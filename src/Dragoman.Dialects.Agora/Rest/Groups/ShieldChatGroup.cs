using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Dialects.Agora.Rest.Groups;

/// <summary><c>POST</c> and <c>DELETE /chatgroups/{g}/shield</c>: the client's user hears nothing of a group, and hears of it again.</summary>
internal sealed class ShieldChatGroup(ConfigureConversation configure, RosterDirectory rosters) : GroupEndpoint("POST,DELETE", "/chatgroups/{g}/shield")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        if (await rosters.FindAsync(call.App.Id, group, ct) is not { Group.IsDismissed: false } roster) return Refuse(call, new(Condition.GroupNotFound));
        if (roster.Group.IsDisabled) return Refuse(call, new(Condition.GroupDisabled));
        if (roster.Find(call.Caller.User) is null) return Refuse(call, new(Condition.NotGroupMember, call.Caller.User.Value));

        var isShielded = HttpMethods.IsPost(call.Http.Request.Method);
        var settings = new ConversationSettings(isShielded ? ReceiveOption.Refuse : ReceiveOption.Notify);
        var set = await configure.RunAsync(call.Caller, call.Caller.User, ConversationKey.Group(call.App.Id, group), settings, ct);
        return set.TryGet(out _, out var refusal)
            ? new AgoraReply { Data = new JsonObject { ["result"] = true, ["id"] = group.Value, ["user"] = call.Caller.User.Value, ["action"] = isShielded ? "shield" : "unshield" } }
            : Refuse(call, refusal);
    }
}
