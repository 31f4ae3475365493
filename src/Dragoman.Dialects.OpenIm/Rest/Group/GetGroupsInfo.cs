using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/get_groups_info</c>: unknown ids are passed over, membership is not asked for.</summary>
internal sealed class GetGroupsInfo(RosterDirectory rosters) : OpenImEndpoint<GetGroupsInfoReq, GetGroupsInfoResp>("/group/get_groups_info")
{
    protected override async ValueTask<OpenImReply<GetGroupsInfoResp>> HandleAsync(
        OpenImCall call, GetGroupsInfoReq request, CancellationToken ct)
    {
        if (!call.Given.Has("groupIDs")) return OpenImErrors.Args.With("GroupIDs is empty");
        if (request.GroupIDs.Count == 0) return OpenImErrors.Args.With("groupID is empty");

        var reply = new GetGroupsInfoResp();
        foreach (var groupId in request.GroupIDs.Distinct())
        {
            if (await rosters.FindAsync(call.AppId, new GroupId(groupId), ct) is { } roster) reply.GroupInfos.Add(GroupInfos.Of(roster));
        }

        return reply;
    }
}
