using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

/// <summary><c>POST /friend/get_specified_blacks</c>: named users who are blocked; the others are passed over.</summary>
internal sealed class GetSpecifiedBlacks(ReadBlocks blocks, FriendInfos infos)
    : OpenImEndpoint<GetSpecifiedBlacksReq, GetSpecifiedBlacksResp>("/friend/get_specified_blacks")
{
    protected override async ValueTask<OpenImReply<GetSpecifiedBlacksResp>> HandleAsync(
        OpenImCall call, GetSpecifiedBlacksReq request, CancellationToken ct)
    {
        if (call.Access(request.OwnerUserID) is { } denied) return denied;
        if (UserLists.Check(request.UserIDList, "userIDList") is { } invalid) return invalid;

        var read = await blocks.FindAsync(call.Caller, new UserId(request.OwnerUserID), UserLists.Ids(request.UserIDList), ct);
        if (!read.TryGet(out var found, out var refusal)) return refusal;

        var reply = new GetSpecifiedBlacksResp { Total = found.Count };
        foreach (var block in found) reply.Blacks.Add(await infos.WithMillisecondsAsync(call.AppId, block, ct));
        return reply;
    }
}
