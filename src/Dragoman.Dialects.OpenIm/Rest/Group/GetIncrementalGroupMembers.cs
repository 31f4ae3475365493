using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/get_incremental_group_members</c>: always "read the whole list", with the group as it is.</summary>
internal sealed class GetIncrementalGroupMembers(GroupMembers members)
    : OpenImEndpoint<getIncrementalGroupMemberReq, getIncrementalGroupMemberResp>("/group/get_incremental_group_members")
{
    protected override async ValueTask<OpenImReply<getIncrementalGroupMemberResp>> HandleAsync(
        OpenImCall call, getIncrementalGroupMemberReq request, CancellationToken ct)
    {
        var (roster, error) = await members.LookAsync(call, request.GroupID, ct);
        if (roster is null) return error!;
        return roster.Group.IsDismissed ? OpenImErrors.DismissedAlready : Full(roster);
    }

    internal static getIncrementalGroupMemberResp Full(Roster roster) => new()
    {
        Version = 1,
        VersionID = OpenImIds.ConstantVersionId,
        Full = true,
        Group = GroupInfos.Of(roster),
    };
}

/// <summary><c>POST /group/get_incremental_group_members_batch</c>: the same for many groups; dismissed ones are left out.</summary>
internal sealed class GetIncrementalGroupMembersBatch(GroupMembers members)
    : OpenImEndpoint<BatchGetIncrementalGroupMemberReq, BatchGetIncrementalGroupMemberResp>("/group/get_incremental_group_members_batch")
{
    protected override async ValueTask<OpenImReply<BatchGetIncrementalGroupMemberResp>> HandleAsync(
        OpenImCall call, BatchGetIncrementalGroupMemberReq request, CancellationToken ct)
    {
        var reply = new BatchGetIncrementalGroupMemberResp();
        foreach (var item in request.ReqList)
        {
            var (roster, error) = await members.LookAsync(call, item.GroupID, ct);
            if (roster is null) return error!;
            if (!roster.Group.IsDismissed) reply.RespList[item.GroupID] = GetIncrementalGroupMembers.Full(roster);
        }

        return reply;
    }
}
