using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Rest.Shared;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.Agora.Rest.Groups;

/// <summary><c>GET /chatgroups/{g}/blocks/users</c>: who is shut out.</summary>
internal sealed class ListChatGroupBlocks(ReadGroupLists lists) : GroupEndpoint("GET", "/chatgroups/{g}/blocks/users")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var listed = await lists.BannedAsync(call.Caller, group, ct);
        return listed.TryGet(out var bans, out var refusal)
            ? new AgoraReply { Data = new JsonArray([.. bans.Select(ban => (JsonNode)ban.User.Value)]), Count = bans.Count }
            : Refuse(call, refusal);
    }
}

/// <summary>Members are removed and do not come back.</summary>
internal abstract class BlockChatGroupMembers(BanMembers ban, string template) : GroupEndpoint("POST", template)
{
    protected async ValueTask<AgoraReply> BlockAsync(AgoraCall call, GroupId group, IReadOnlyList<UserId> users, bool isAlone, CancellationToken ct)
    {
        var blocked = await ban.RunAsync(call.Caller, group, users, long.MaxValue, reason: "", BatchMode.EachAlone, ct);
        return blocked.TryGet(out var done, out var refusal)
            ? new AgoraReply { Data = new MemberAnswers("add_blocks", "groupid", group.Value).Of(call, done.Items, isAlone, item => ReasonOf(item.Refusal!, group)) }
            : Refuse(call, refusal);
    }

    private static string ReasonOf(Refusal refusal, GroupId group) => refusal.Condition == Condition.TargetNotMember
        ? $"user: {refusal.Subject} doesn't exist in group: {group}"
        : AgoraErrors.Of(refusal).Description;
}

/// <summary><c>POST /chatgroups/{g}/blocks/users/{u}</c>.</summary>
internal sealed class BlockOneOfChatGroup(BanMembers ban, NameLists names) : BlockChatGroupMembers(ban, "/chatgroups/{g}/blocks/users/{u}")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct) =>
        await BlockAsync(call, group, [await names.OneAsync(call, call.TextIn("u"), ct)], isAlone: true, ct);
}

/// <summary><c>POST /chatgroups/{g}/blocks/users</c>.</summary>
internal sealed class BlockSomeOfChatGroup(BanMembers ban, NameLists names) : BlockChatGroupMembers(ban, "/chatgroups/{g}/blocks/users")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var (users, invalid) = await names.InBodyAsync(call, $"userNames is more than max limit : {NameLists.Most}", ct);
        return invalid is null ? await BlockAsync(call, group, users, isAlone: false, ct) : invalid;
    }
}

/// <summary><c>DELETE /chatgroups/{g}/blocks/users/{u,u…}</c>; who was not shut out is as he should be.</summary>
internal sealed class UnblockChatGroupMembers(UnbanMembers unban, NameLists names) : GroupEndpoint("DELETE", "/chatgroups/{g}/blocks/users/{u}")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var (users, invalid) = await names.InPathAsync(call, "u", $"removeBlacklist: list size more than max limit : {NameLists.Most}", ct);
        if (invalid is not null) return invalid;

        var freed = await unban.RunAsync(call.Caller, group, users, BatchMode.EachAlone, ct);
        if (!freed.TryGet(out _, out var refusal) && refusal.Condition != Condition.NotBannedFromGroup) return Refuse(call, refusal);
        return new AgoraReply
        {
            Data = new MemberAnswers("remove_blocks", "groupid", group.Value)
                .Of(call, [.. users.Select(user => new ItemOutcome(user))], users.Count == 1, static _ => ""),
        };
    }
}
