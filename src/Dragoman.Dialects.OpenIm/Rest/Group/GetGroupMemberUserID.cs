using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/get_group_member_user_id</c>: the ids of all members, for members and administrators.</summary>
internal sealed class GetGroupMemberUserID(GroupMembers members)
    : OpenImEndpoint<GetGroupMemberUserIDsReq, GetGroupMemberUserIDsResp>("/group/get_group_member_user_id")
{
    protected override async ValueTask<OpenImReply<GetGroupMemberUserIDsResp>> HandleAsync(
        OpenImCall call, GetGroupMemberUserIDsReq request, CancellationToken ct)
    {
        if (request.GroupID.Length == 0) return OpenImErrors.Args.With("groupID is empty");
        var (roster, error) = await members.LookAsync(call, request.GroupID, ct);
        if (roster is null) return error!;

        var reply = new GetGroupMemberUserIDsResp();
        reply.UserIDs.Add(roster.Members.Select(m => m.User.Value));
        return reply;
    }
}
