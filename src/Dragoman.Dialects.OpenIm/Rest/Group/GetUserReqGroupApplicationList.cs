using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/get_user_req_group_applicationList</c>: what somebody has applied for.</summary>
internal sealed class GetUserReqGroupApplicationList(ListApplications list, GroupRequestLists requests)
    : OpenImEndpoint<GetUserReqApplicationListReq, GetUserReqApplicationListResp>("/group/get_user_req_group_applicationList")
{
    protected override async ValueTask<OpenImReply<GetUserReqApplicationListResp>> HandleAsync(
        OpenImCall call, GetUserReqApplicationListReq request, CancellationToken ct)
    {
        if (GroupRequestLists.Check(request.Pagination, request.GroupIDs, request.HandleResults) is { } invalid) return invalid;
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (call.Access(request.UserID) is { } denied) return denied;

        var filter = GroupRequestLists.FilterOf(request.Pagination, request.HandleResults);
        GroupId[] groups = [.. request.GroupIDs.Distinct().Select(id => new GroupId(id))];
        var listed = await list.OfApplicantAsync(call.Caller, new UserId(request.UserID), groups, filter, ct);
        if (!listed.TryGet(out var page, out var refusal)) return refusal;

        var reply = new GetUserReqApplicationListResp { Total = (uint)page.Total };
        return await requests.AddAsync(call, page.Items, reply.GroupRequests, ct) is { } missing ? missing : reply;
    }
}
