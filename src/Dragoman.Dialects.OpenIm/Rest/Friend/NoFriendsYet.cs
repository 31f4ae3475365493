using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

// Relations are not built yet: what the SDKs read at login is answered as for users without friends.

/// <summary><c>POST /friend/get_incremental_friends</c></summary>
internal sealed class GetIncrementalFriends()
    : OpenImEndpoint<getIncrementalFriendsReq, getIncrementalFriendsResp>("/friend/get_incremental_friends")
{
    protected override ValueTask<OpenImReply<getIncrementalFriendsResp>> HandleAsync(
        OpenImCall call, getIncrementalFriendsReq request, CancellationToken ct)
    {
        if (call.Access(request.UserID) is { } denied) return Answer(denied);
        // The vendor's uncoded error for an administrator who names nobody.
        if (request.UserID.Length == 0) return Answer(new OpenImError(500, "versionKey is empty"));
        return Answer(new getIncrementalFriendsResp { Version = 1, VersionID = NoFriends.VersionId, Full = true });
    }
}

/// <summary><c>POST /friend/get_friend_list</c></summary>
internal sealed class GetFriendList() : OpenImEndpoint<getPaginationFriendsReq, getPaginationFriendsResp>("/friend/get_friend_list")
{
    protected override ValueTask<OpenImReply<getPaginationFriendsResp>> HandleAsync(
        OpenImCall call, getPaginationFriendsReq request, CancellationToken ct) =>
        Answer((Paging.Check(request.Pagination) ?? call.Access(request.UserID)) is { } error ? error : new getPaginationFriendsResp());
}

/// <summary><c>POST /friend/get_full_friend_user_ids</c></summary>
internal sealed class GetFullFriendUserIDs()
    : OpenImEndpoint<getFullFriendUserIDsReq, getFullFriendUserIDsResp>("/friend/get_full_friend_user_ids")
{
    protected override ValueTask<OpenImReply<getFullFriendUserIDsResp>> HandleAsync(
        OpenImCall call, getFullFriendUserIDsReq request, CancellationToken ct)
    {
        if (request.UserID.Length == 0) return Answer(OpenImErrors.Args.With("userID is empty"));
        if (call.Access(request.UserID) is { } denied) return Answer(denied);
        return Answer(new getFullFriendUserIDsResp { Version = 1, VersionID = NoFriends.VersionId, Equal = request.IdHash == 0 });
    }
}

/// <summary><c>POST /friend/get_designated_friends</c></summary>
internal sealed class GetDesignatedFriends()
    : OpenImEndpoint<getDesignatedFriendsReq, getDesignatedFriendsResp>("/friend/get_designated_friends")
{
    protected override ValueTask<OpenImReply<getDesignatedFriendsResp>> HandleAsync(
        OpenImCall call, getDesignatedFriendsReq request, CancellationToken ct)
    {
        if (request.FriendUserIDs.Distinct().Count() != request.FriendUserIDs.Count)
            return Answer(OpenImErrors.Args.With("friend userID repeated"));
        return call.Access(request.OwnerUserID) is { } denied ? Answer(denied) : Answer(new getDesignatedFriendsResp());
    }
}

/// <summary><c>POST /friend/get_black_list</c></summary>
internal sealed class GetBlackList() : OpenImEndpoint<getPaginationBlacksReq, getPaginationBlacksResp>("/friend/get_black_list")
{
    protected override ValueTask<OpenImReply<getPaginationBlacksResp>> HandleAsync(
        OpenImCall call, getPaginationBlacksReq request, CancellationToken ct) =>
        Answer((Paging.Check(request.Pagination) ?? call.Access(request.UserID)) is { } error ? error : new getPaginationBlacksResp());
}

internal static class NoFriends
{
    /// <summary>Of the stream of friends, which is empty for everybody.</summary>
    public const string VersionId = "64726167006f6d616e000001";
}
