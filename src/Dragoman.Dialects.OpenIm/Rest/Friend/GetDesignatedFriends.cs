using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

/// <summary><c>POST /friend/get_designated_friends</c>: named friends; who is none is passed over.</summary>
internal sealed class GetDesignatedFriends(ReadFriends friends, FriendInfos infos)
    : OpenImEndpoint<getDesignatedFriendsReq, getDesignatedFriendsResp>("/friend/get_designated_friends")
{
    protected override async ValueTask<OpenImReply<getDesignatedFriendsResp>> HandleAsync(
        OpenImCall call, getDesignatedFriendsReq request, CancellationToken ct)
    {
        if (request.OwnerUserID.Length == 0) return OpenImErrors.Args.With("ownerUserID is empty");
        if (!call.Given.Has("friendUserIDs")) return OpenImErrors.Args.With("friendUserIDS is empty");
        if (request.FriendUserIDs.Count > UserLists.MaxUsers) return OpenImErrors.Args.With("friendUserIDS is too long");
        if (call.Access(request.OwnerUserID) is { } denied) return denied;
        if (UserLists.IsRepeated(request.FriendUserIDs)) return OpenImErrors.Args.With("friend userID repeated");

        var read = await friends.FindAsync(call.Caller, new UserId(request.OwnerUserID), UserLists.Ids(request.FriendUserIDs), ct);
        if (!read.TryGet(out var found, out var refusal)) return refusal;

        var reply = new getDesignatedFriendsResp();
        foreach (var friend in found) reply.FriendsInfo.Add(await infos.OfAsync(call.AppId, friend, ct));
        return reply;
    }
}
