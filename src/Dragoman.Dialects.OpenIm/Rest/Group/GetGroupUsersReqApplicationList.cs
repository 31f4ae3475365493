using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/get_group_users_req_application_list</c>: the applications of named people to one group.</summary>
internal sealed class GetGroupUsersReqApplicationList(ListApplications list, GroupRequestLists requests)
    : OpenImEndpoint<getGroupUsersReqApplicationListReq, getGroupUsersReqApplicationListResp>("/group/get_group_users_req_application_list")
{
    protected override async ValueTask<OpenImReply<getGroupUsersReqApplicationListResp>> HandleAsync(
        OpenImCall call, getGroupUsersReqApplicationListReq request, CancellationToken ct)
    {
        if (UserLists.Check(request.GroupID, request.UserIDs, call.Given.Has("userIDs"), "userIDs") is { } invalid) return invalid;

        var listed = await list.OfUsersAsync(call.Caller, new GroupId(request.GroupID), UserLists.Of(request.UserIDs), ct);
        if (!listed.TryGet(out var found, out var refusal)) return GetRecvGroupApplicationList.NotManager(refusal);

        var reply = new getGroupUsersReqApplicationListResp { Total = found.Length };
        return await requests.AddAsync(call, found, reply.GroupRequests, ct) is { } missing ? missing : reply;
    }
}

/// <summary><c>POST /group/get_specified_user_group_request_info</c>: the application of one person to one group.</summary>
internal sealed class GetSpecifiedUserGroupRequestInfo(ListApplications list, GroupRequestLists requests)
    : OpenImEndpoint<GetSpecifiedUserGroupRequestInfoReq, GetSpecifiedUserGroupRequestInfoResp>("/group/get_specified_user_group_request_info")
{
    protected override async ValueTask<OpenImReply<GetSpecifiedUserGroupRequestInfoResp>> HandleAsync(
        OpenImCall call, GetSpecifiedUserGroupRequestInfoReq request, CancellationToken ct)
    {
        if (request.GroupID.Length == 0) return OpenImErrors.Args.With("groupID is empty");
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");

        var listed = await list.OfUsersAsync(call.Caller, new GroupId(request.GroupID), [new UserId(request.UserID)], ct);
        if (!listed.TryGet(out var found, out var refusal)) return GetRecvGroupApplicationList.NotManager(refusal);

        var reply = new GetSpecifiedUserGroupRequestInfoResp { Total = (uint)found.Length };
        return await requests.AddAsync(call, found, reply.GroupRequests, ct) is { } missing ? missing : reply;
    }
}
