using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Protos;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/get_incremental_join_groups</c>: always "read the whole list", which is right and slow.</summary>
internal sealed class GetIncrementalJoinGroups()
    : OpenImEndpoint<getIncrementalJoinGroupReq, getIncrementalJoinGroupResp>("/group/get_incremental_join_groups")
{
    protected override ValueTask<OpenImReply<getIncrementalJoinGroupResp>> HandleAsync(
        OpenImCall call, getIncrementalJoinGroupReq request, CancellationToken ct) =>
        call.Access(request.UserID) is { } denied
            ? Answer(denied)
            : Answer(new getIncrementalJoinGroupResp { Version = 1, VersionID = OpenImIds.ConstantVersionId, Full = true });
}
