using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/get_full_group_member_user_ids</c>: the ids of a group's members, by rank and time of joining.</summary>
internal sealed class GetFullGroupMemberUserIDs(GroupMembers members, VersionStreams streams)
    : OpenImEndpoint<GetFullGroupMemberUserIDsReq, GetFullGroupMemberUserIDsResp>("/group/get_full_group_member_user_ids")
{
    protected override async ValueTask<OpenImReply<GetFullGroupMemberUserIDsResp>> HandleAsync(
        OpenImCall call, GetFullGroupMemberUserIDsReq request, CancellationToken ct)
    {
        if (request.GroupID.Length == 0) return OpenImErrors.Args.With("groupID is empty");
        var (roster, error) = await members.LookAsync(call, request.GroupID, ct);
        if (roster is null) return error!;

        string[] ids = [.. roster.Members.Select(m => m.User.Value)];
        var (version, versionId) = await streams.HeadAsync(new StreamKey(call.AppId, StreamKind.GroupMembers, request.GroupID), ct);
        var reply = new GetFullGroupMemberUserIDsResp
        {
            Version = version,
            VersionID = versionId,
            Equal = IdHash.Of(ids) == request.IdHash,
        };
        if (!reply.Equal) reply.UserIDs.Add(ids);
        return reply;
    }
}
