using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

/// <summary><c>POST /friend/delete_friend</c>: takes a friend off the owner's list; the owner stays on his.</summary>
internal sealed class DeleteFriend(RemoveFriend remove) : OpenImEndpoint<deleteFriendReq, Empty>("/friend/delete_friend")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, deleteFriendReq request, CancellationToken ct)
    {
        if (request.OwnerUserID.Length == 0) return OpenImErrors.Args.With("userID1 is empty"); // sic
        if (request.FriendUserID.Length == 0) return OpenImErrors.Args.With("userID2 is empty"); // sic

        var removed = await remove.RunAsync(
            call.Caller, new UserId(request.OwnerUserID), new UserId(request.FriendUserID), FriendSides.Own, ct);
        return removed.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}
