using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

/// <summary><c>POST /friend/get_incremental_blacks</c>: what changed in a user's black list. Declared upstream, and not implemented there.</summary>
internal sealed class GetIncrementalBlacks(VersionStreams streams, ReadBlocks blocks, FriendInfos infos)
    : OpenImEndpoint<getIncrementalBlacksReq, getIncrementalBlacksResp>("/friend/get_incremental_blacks")
{
    protected override async ValueTask<OpenImReply<getIncrementalBlacksResp>> HandleAsync(
        OpenImCall call, getIncrementalBlacksReq request, CancellationToken ct)
    {
        if (call.Access(request.UserID) is { } denied) return denied;
        if (request.UserID.Length == 0) return new OpenImError(500, "versionKey is empty");

        var stream = new StreamKey(call.AppId, StreamKind.Blocks, request.UserID);
        var answer = await streams.ReadAsync(stream, request.VersionID, request.Version, ct);
        var reply = new getIncrementalBlacksResp { Version = answer.Version, VersionID = answer.VersionId, Full = answer.IsFull };
        reply.Delete.Add(answer.Elements(StreamState.Deleted));

        // A block never changes: whoever is on the list came onto it.
        var inserted = UserLists.Ids([.. answer.Elements(StreamState.Inserted)]);
        var found = await blocks.FindAsync(call.Caller, new UserId(request.UserID), inserted, ct);
        if (!found.TryGet(out var present, out var refusal)) return refusal;

        foreach (var block in present) reply.Insert.Add(await infos.OfAsync(call.AppId, block, ct));
        return reply;
    }
}
