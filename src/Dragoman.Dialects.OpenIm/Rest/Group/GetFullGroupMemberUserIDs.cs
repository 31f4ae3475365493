using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Protos;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/get_full_group_member_user_ids</c>: the ids of a group's members, by rank and time of joining.</summary>
internal sealed class GetFullGroupMemberUserIDs(GroupMembers members)
    : OpenImEndpoint<GetFullGroupMemberUserIDsReq, GetFullGroupMemberUserIDsResp>("/group/get_full_group_member_user_ids")
{
    protected override async ValueTask<OpenImReply<GetFullGroupMemberUserIDsResp>> HandleAsync(
        OpenImCall call, GetFullGroupMemberUserIDsReq request, CancellationToken ct)
    {
        if (request.GroupID.Length == 0) return OpenImErrors.Args.With("groupID is empty");
        var (roster, error) = await members.LookAsync(call, request.GroupID, ct);
        if (roster is null) return error!;

        string[] ids = [.. roster.Members.Select(m => m.User.Value)];
        var reply = new GetFullGroupMemberUserIDsResp
        {
            Version = 1,
            VersionID = OpenImIds.ConstantVersionId,
            Equal = IdHash.Of(ids) == request.IdHash,
        };
        if (!reply.Equal) reply.UserIDs.Add(ids);
        return reply;
    }
}
