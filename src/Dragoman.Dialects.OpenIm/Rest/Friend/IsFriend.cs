using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

/// <summary><c>POST /friend/is_friend</c>: whether each of two is on the other's list.</summary>
internal sealed class IsFriend(ReadFriends friends) : OpenImEndpoint<isFriendReq, isFriendResp>("/friend/is_friend")
{
    protected override async ValueTask<OpenImReply<isFriendResp>> HandleAsync(OpenImCall call, isFriendReq request, CancellationToken ct)
    {
        if (request.UserID1.Length == 0) return OpenImErrors.Args.With("userID1 is empty");
        if (request.UserID2.Length == 0) return OpenImErrors.Args.With("userID2 is empty");

        var read = await friends.CheckAsync(call.Caller, new UserId(request.UserID1), new UserId(request.UserID2), ct);
        return read.TryGet(out var are, out var refusal)
            ? new isFriendResp { InUser1Friends = are.OneHasOther, InUser2Friends = are.OtherHasOne }
            : refusal;
    }
}
