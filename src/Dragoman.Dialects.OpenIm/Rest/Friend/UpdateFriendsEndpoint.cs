using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

/// <summary><c>POST /friend/update_friends</c>: pin, remark and extra of some friends; an absent member stays as it is.</summary>
internal sealed class UpdateFriendsEndpoint(UpdateFriends update) : OpenImEndpoint<updateFriendsReq, Empty>("/friend/update_friends")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, updateFriendsReq request, CancellationToken ct)
    {
        if (request.OwnerUserID.Length == 0) return OpenImErrors.Args.With("ownerUserID is empty");
        if (!call.Given.Has("friendUserIDs")) return OpenImErrors.Args.With("friendUserIDs is empty");
        if (UserLists.Check(request.FriendUserIDs, "friendIDList") is { } invalid) return invalid;

        var change = new FriendChange(request.Remark?.Value, request.Ex?.Value, request.IsPinned?.Value);
        var updated = await update.RunAsync(call.Caller, new UserId(request.OwnerUserID), UserLists.Ids(request.FriendUserIDs), change, ct);
        return updated.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}
