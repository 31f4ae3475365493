using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

/// <summary><c>POST /friend/get_designated_friend_apply</c>: what each of two has asked the other.</summary>
internal sealed class GetDesignatedFriendApply(ReadFriendRequests requests, FriendInfos infos)
    : OpenImEndpoint<getDesignatedFriendsApplyReq, getDesignatedFriendsApplyResp>("/friend/get_designated_friend_apply")
{
    protected override async ValueTask<OpenImReply<getDesignatedFriendsApplyResp>> HandleAsync(
        OpenImCall call, getDesignatedFriendsApplyReq request, CancellationToken ct)
    {
        if (request.FromUserID.Length == 0) return OpenImErrors.Args.With("ownerUserID is empty"); // sic
        if (request.ToUserID.Length == 0) return OpenImErrors.Args.With("toUserID is empty");

        var read = await requests.BetweenAsync(call.Caller, new UserId(request.FromUserID), new UserId(request.ToUserID), ct);
        if (!read.TryGet(out var found, out var refusal)) return refusal;

        var reply = new getDesignatedFriendsApplyResp();
        foreach (var item in found) reply.FriendRequests.Add(await infos.OfAsync(call.AppId, item, ct));
        return reply;
    }
}
