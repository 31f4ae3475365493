using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/get_full_join_group_ids</c>: the ids of a user's groups.</summary>
internal sealed class GetFullJoinGroupIDs(IGroupStore groups, VersionStreams streams)
    : OpenImEndpoint<GetFullJoinGroupIDsReq, GetFullJoinGroupIDsResp>("/group/get_full_join_group_ids")
{
    protected override async ValueTask<OpenImReply<GetFullJoinGroupIDsResp>> HandleAsync(
        OpenImCall call, GetFullJoinGroupIDsReq request, CancellationToken ct)
    {
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (call.Access(request.UserID) is { } denied) return denied;

        string[] ids = [.. (await groups.ListOfAsync(call.AppId, new UserId(request.UserID), ct)).Select(g => g.Value)];
        var (version, versionId) = await streams.HeadAsync(new StreamKey(call.AppId, StreamKind.JoinedGroups, request.UserID), ct);
        var reply = new GetFullJoinGroupIDsResp { Version = version, VersionID = versionId, Equal = IdHash.Of(ids) == request.IdHash };
        if (!reply.Equal) reply.GroupIDs.Add(ids);
        return reply;
    }
}
