using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

/// <summary><c>POST /friend/get_black_list</c>: blocked users in pages, who was blocked earlier first.</summary>
internal sealed class GetBlackList(ReadBlocks blocks, FriendInfos infos)
    : OpenImEndpoint<getPaginationBlacksReq, getPaginationBlacksResp>("/friend/get_black_list")
{
    protected override async ValueTask<OpenImReply<getPaginationBlacksResp>> HandleAsync(
        OpenImCall call, getPaginationBlacksReq request, CancellationToken ct)
    {
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (Paging.Check(request.Pagination) is { } invalid) return invalid;

        var (skip, take) = Paging.Window(request.Pagination);
        var read = await blocks.PageAsync(call.Caller, new UserId(request.UserID), skip, take, ct);
        if (!read.TryGet(out var page, out var refusal)) return refusal;

        var reply = new getPaginationBlacksResp { Total = page.Total };
        foreach (var block in page.Items) reply.Blacks.Add(await infos.OfAsync(call.AppId, block, ct));
        return reply;
    }
}
