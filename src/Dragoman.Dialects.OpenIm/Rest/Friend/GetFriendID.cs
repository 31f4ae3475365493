using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

/// <summary><c>POST /friend/get_friend_id</c>: the ids of a user's friends.</summary>
internal sealed class GetFriendID(ReadFriends friends) : OpenImEndpoint<getFriendIDsReq, getFriendIDsResp>("/friend/get_friend_id")
{
    protected override async ValueTask<OpenImReply<getFriendIDsResp>> HandleAsync(OpenImCall call, getFriendIDsReq request, CancellationToken ct)
    {
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");

        var read = await friends.IdsAsync(call.Caller, new UserId(request.UserID), ct);
        if (!read.TryGet(out var users, out var refusal)) return refusal;

        var reply = new getFriendIDsResp();
        reply.FriendIDs.Add(users.Select(u => u.Value));
        return reply;
    }
}
