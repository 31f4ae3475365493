using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/get_joined_group_list</c>: the groups of a user, in pages.</summary>
internal sealed class GetJoinedGroupList(IGroupStore groups, RosterDirectory rosters)
    : OpenImEndpoint<GetJoinedGroupListReq, GetJoinedGroupListResp>("/group/get_joined_group_list")
{
    protected override async ValueTask<OpenImReply<GetJoinedGroupListResp>> HandleAsync(
        OpenImCall call, GetJoinedGroupListReq request, CancellationToken ct)
    {
        if (Paging.Check(request.Pagination) is { } invalid) return invalid;
        if (request.FromUserID.Length == 0) return OpenImErrors.Args.With("fromUserID is empty");
        if (call.Access(request.FromUserID) is { } denied) return denied;

        var joined = await groups.ListOfAsync(call.AppId, new UserId(request.FromUserID), ct);
        var reply = new GetJoinedGroupListResp { Total = (uint)joined.Count };
        foreach (var id in joined.Page(request.Pagination))
        {
            if (await rosters.FindAsync(call.AppId, id, ct) is { } roster) reply.Groups.Add(GroupInfos.Of(roster));
        }

        return reply;
    }
}
