using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/get_groups</c>: one group by its id, or the living ones by a part of their names, newest first.</summary>
internal sealed class GetGroups(FindGroups find, RosterDirectory rosters, AccountDirectory accounts)
    : OpenImEndpoint<GetGroupsReq, GetGroupsResp>("/group/get_groups")
{
    protected override async ValueTask<OpenImReply<GetGroupsResp>> HandleAsync(OpenImCall call, GetGroupsReq request, CancellationToken ct)
    {
        if (Paging.Check(request.Pagination) is { } invalid) return invalid;
        if (call.AdminOnly() is { } denied) return denied;

        if (request.GroupID.Length > 0)
        {
            var named = await rosters.FindAsync(call.AppId, new GroupId(request.GroupID), ct);
            return await ReplyAsync(call, named is null ? 0 : 1, named is null ? [] : [named], ct);
        }

        var (skip, take) = request.Pagination.Window();
        var found = await find.RunAsync(call.Caller, request.GroupName, skip, take, ct);
        return found.TryGet(out var page, out var refusal) ? await ReplyAsync(call, page.Total, page.Items, ct) : refusal;
    }

    private async ValueTask<GetGroupsResp> ReplyAsync(OpenImCall call, int total, IReadOnlyList<Roster> groups, CancellationToken ct)
    {
        var reply = new GetGroupsResp { Total = (uint)total };
        foreach (var roster in groups)
        {
            var owner = await accounts.FindAsync(call.AppId, roster.Group.Owner, ct);
            reply.Groups.Add(new CMSGroup
            {
                GroupInfo = GroupInfos.Of(roster),
                GroupOwnerUserID = roster.Group.Owner.Value,
                GroupOwnerUserName = owner?.Nickname ?? "",
            });
        }

        return reply;
    }
}
