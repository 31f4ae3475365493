using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Rest.Shared;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.Agora.Rest.Groups;

/// <summary><c>GET /chatgroups/{g}/white/users</c>: who speaks while the group is muted.</summary>
internal sealed class ListChatGroupAllowed(ReadGroupLists lists) : GroupEndpoint("GET", "/chatgroups/{g}/white/users")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var listed = await lists.AllowedAsync(call.Caller, group, ct);
        return listed.TryGet(out var members, out var refusal)
            ? new AgoraReply { Data = new JsonArray([.. members.Select(member => (JsonNode)member.User.Value)]), Count = members.Length }
            : Refuse(call, refusal);
    }
}

/// <summary><c>GET /chatgroups/{g}/white/users/{u}</c>: whether one of them is on it.</summary>
internal sealed class IsAllowedInChatGroup(ReadGroupLists lists, NameLists names) : GroupEndpoint("GET", "/chatgroups/{g}/white/users/{u}")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var user = await names.OneAsync(call, call.TextIn("u"), ct);
        var found = await lists.OneAsync(call.Caller, group, user, ct);
        return found.TryGet(out var member, out var refusal)
            ? new AgoraReply { Data = new JsonObject { ["member"] = user.Value, ["white"] = member.IsAllowListed } }
            : Refuse(call, refusal);
    }
}

/// <summary>Members are put on the list.</summary>
internal abstract class AllowChatGroupMembers(EditAllowList edit, string template) : GroupEndpoint("POST", template)
{
    protected async ValueTask<AgoraReply> AllowAsync(AgoraCall call, GroupId group, IReadOnlyList<UserId> users, bool isAlone, CancellationToken ct)
    {
        var allowed = await edit.RunAsync(call.Caller, group, users, isAllowed: true, BatchMode.AllOrNone, ct);
        return allowed.TryGet(out var done, out var refusal)
            ? new AgoraReply { Data = new MemberAnswers("add_user_whitelist", "groupid", group.Value).Of(call, done.Items, isAlone, static _ => "") }
            : Refuse(call, refusal);
    }
}

/// <summary><c>POST /chatgroups/{g}/white/users/{u}</c>.</summary>
internal sealed class AllowOneOfChatGroup(EditAllowList edit, NameLists names) : AllowChatGroupMembers(edit, "/chatgroups/{g}/white/users/{u}")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct) =>
        await AllowAsync(call, group, [await names.OneAsync(call, call.TextIn("u"), ct)], isAlone: true, ct);
}

/// <summary><c>POST /chatgroups/{g}/white/users</c>.</summary>
internal sealed class AllowSomeOfChatGroup(EditAllowList edit, NameLists names) : AllowChatGroupMembers(edit, "/chatgroups/{g}/white/users")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var (users, invalid) = await names.InBodyAsync(call, $"usernames size is more than max limit : {NameLists.Most}", ct);
        return invalid is null ? await AllowAsync(call, group, users, isAlone: false, ct) : invalid;
    }
}

/// <summary><c>DELETE /chatgroups/{g}/white/users/{u,u…}</c>.</summary>
internal sealed class DisallowChatGroupMembers(EditAllowList edit, NameLists names) : GroupEndpoint("DELETE", "/chatgroups/{g}/white/users/{u}")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var (users, invalid) = await names.InPathAsync(call, "u", $"removeWhitelist size is more than max limit : {NameLists.Most}", ct);
        if (invalid is not null) return invalid;

        var removed = await edit.RunAsync(call.Caller, group, users, isAllowed: false, BatchMode.AllOrNone, ct);
        return removed.TryGet(out var done, out var refusal)
            ? new AgoraReply
            {
                Data = new MemberAnswers("remove_user_whitelist", "groupid", group.Value).Of(call, done.Items, users.Count == 1 && !MemberAnswers.IsNewShape(call), static _ => ""),
            }
            : Refuse(call, refusal);
    }
}
