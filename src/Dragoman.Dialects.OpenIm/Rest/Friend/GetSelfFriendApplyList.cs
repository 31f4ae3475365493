using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

/// <summary><c>POST /friend/get_self_friend_apply_list</c>: the requests that a user sent, newest first.</summary>
internal sealed class GetSelfFriendApplyList(ReadFriendRequests requests, FriendInfos infos)
    : OpenImEndpoint<getPaginationFriendsApplyFromReq, getPaginationFriendsApplyFromResp>("/friend/get_self_friend_apply_list")
{
    protected override async ValueTask<OpenImReply<getPaginationFriendsApplyFromResp>> HandleAsync(
        OpenImCall call, getPaginationFriendsApplyFromReq request, CancellationToken ct)
    {
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (Paging.Check(request.Pagination) is { } invalid) return invalid;

        var (skip, take) = Paging.Window(request.Pagination);
        var states = FriendInfos.StatesOf(request.HandleResults);
        var read = await requests.PageAsync(call.Caller, new UserId(request.UserID), FriendRequestSide.Sent, states, skip, take, ct);
        if (!read.TryGet(out var page, out var refusal)) return refusal;

        var reply = new getPaginationFriendsApplyFromResp { Total = page.Total };
        foreach (var item in page.Items) reply.FriendRequests.Add(await infos.OfAsync(call.AppId, item, ct));
        return reply;
    }
}
