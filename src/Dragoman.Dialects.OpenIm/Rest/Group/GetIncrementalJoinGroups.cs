using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/get_incremental_join_groups</c>: what changed in the list of a user's groups.</summary>
internal sealed class GetIncrementalJoinGroups(VersionStreams streams, RosterDirectory rosters)
    : OpenImEndpoint<getIncrementalJoinGroupReq, getIncrementalJoinGroupResp>("/group/get_incremental_join_groups")
{
    protected override async ValueTask<OpenImReply<getIncrementalJoinGroupResp>> HandleAsync(
        OpenImCall call, getIncrementalJoinGroupReq request, CancellationToken ct)
    {
        if (call.Access(request.UserID) is { } denied) return denied;
        if (request.UserID.Length == 0) return new OpenImError(500, "versionKey is empty");

        var stream = new StreamKey(call.AppId, StreamKind.JoinedGroups, request.UserID);
        var answer = await streams.ReadAsync(stream, request.VersionID, request.Version, ct);
        var reply = new getIncrementalJoinGroupResp { Version = answer.Version, VersionID = answer.VersionId, Full = answer.IsFull };
        foreach (var change in answer.Changes)
        {
            if (change.State == StreamState.Deleted) reply.Delete.Add(change.Element);
            else if (await rosters.FindAsync(call.AppId, new GroupId(change.Element), ct) is { } roster)
                (change.State == StreamState.Inserted ? reply.Insert : reply.Update).Add(GroupInfos.Of(roster));
        }

        return reply;
    }
}
