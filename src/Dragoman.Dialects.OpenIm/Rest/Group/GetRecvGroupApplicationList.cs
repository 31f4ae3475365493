using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/get_recv_group_applicationList</c>: applications to the groups of which somebody is owner or admin.</summary>
internal sealed class GetRecvGroupApplicationList(ListApplications list, GroupRequestLists requests)
    : OpenImEndpoint<GetGroupApplicationListReq, GetGroupApplicationListResp>("/group/get_recv_group_applicationList")
{
    protected override async ValueTask<OpenImReply<GetGroupApplicationListResp>> HandleAsync(
        OpenImCall call, GetGroupApplicationListReq request, CancellationToken ct)
    {
        if (GroupRequestLists.Check(request.Pagination, request.GroupIDs, request.HandleResults) is { } invalid) return invalid;
        if (request.FromUserID.Length == 0) return OpenImErrors.Args.With("fromUserID is empty");
        if (call.Access(request.FromUserID) is { } denied) return denied;

        var filter = GroupRequestLists.FilterOf(request.Pagination, request.HandleResults);
        GroupId[] groups = [.. request.GroupIDs.Distinct().Select(id => new GroupId(id))];
        var listed = await list.OfManagerAsync(call.Caller, new UserId(request.FromUserID), groups, filter, ct);
        if (!listed.TryGet(out var page, out var refusal)) return NotManager(refusal);

        var reply = new GetGroupApplicationListResp { Total = (uint)page.Total };
        return await requests.AddAsync(call, page.Items, reply.GroupRequests, ct) is { } missing ? missing : reply;
    }

    /// <summary>Who asks about a group of others is not told whether it exists.</summary>
    public static OpenImError NotManager(Refusal refusal) => refusal.Condition is Condition.GroupNotFound or Condition.NotGroupMember
        ? OpenImErrors.NoPermission.With("no group owner or admin")
        : refusal;
}
