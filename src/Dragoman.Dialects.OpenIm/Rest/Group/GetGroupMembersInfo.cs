using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/get_group_members_info</c>: named members; who is none is passed over.</summary>
internal sealed class GetGroupMembersInfo(GroupMembers members)
    : OpenImEndpoint<GetGroupMembersInfoReq, GetGroupMembersInfoResp>("/group/get_group_members_info")
{
    protected override async ValueTask<OpenImReply<GetGroupMembersInfoResp>> HandleAsync(
        OpenImCall call, GetGroupMembersInfoReq request, CancellationToken ct)
    {
        if (request.GroupID.Length == 0) return OpenImErrors.Args.With("groupID is empty");
        if (request.UserIDs.Count == 0) return OpenImErrors.Args.With("userIDs is empty");
        var (roster, error) = await members.LookAsync(call, request.GroupID, ct);
        if (roster is null) return error!;

        var reply = new GetGroupMembersInfoResp();
        foreach (var userId in request.UserIDs.Distinct())
        {
            if (roster.Find(new UserId(userId)) is { } member) reply.Members.Add(await members.DescribeAsync(roster, member, ct));
        }

        return reply;
    }
}
