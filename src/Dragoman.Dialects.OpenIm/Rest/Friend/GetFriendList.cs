using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

/// <summary><c>POST /friend/get_friend_list</c>: friends in pages, pinned first, then by the time when they were added.</summary>
internal sealed class GetFriendList(ReadFriends friends, FriendInfos infos)
    : OpenImEndpoint<getPaginationFriendsReq, getPaginationFriendsResp>("/friend/get_friend_list")
{
    protected override async ValueTask<OpenImReply<getPaginationFriendsResp>> HandleAsync(
        OpenImCall call, getPaginationFriendsReq request, CancellationToken ct)
    {
        if (Paging.Check(request.Pagination) is { } invalid) return invalid;
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");

        var (skip, take) = Paging.Window(request.Pagination);
        var read = await friends.PageAsync(call.Caller, new UserId(request.UserID), skip, take, ct);
        if (!read.TryGet(out var page, out var refusal)) return refusal;

        var reply = new getPaginationFriendsResp { Total = page.Total };
        foreach (var friend in page.Items) reply.FriendsInfo.Add(await infos.OfAsync(call.AppId, friend, ct));
        return reply;
    }
}
