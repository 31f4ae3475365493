using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

/// <summary><c>POST /friend/get_incremental_friends</c>: what changed in a user's list of friends.</summary>
internal sealed class GetIncrementalFriends(VersionStreams streams, ReadFriends friends, FriendInfos infos)
    : OpenImEndpoint<getIncrementalFriendsReq, getIncrementalFriendsResp>("/friend/get_incremental_friends")
{
    protected override async ValueTask<OpenImReply<getIncrementalFriendsResp>> HandleAsync(
        OpenImCall call, getIncrementalFriendsReq request, CancellationToken ct)
    {
        if (call.Access(request.UserID) is { } denied) return denied;
        // The vendor's uncoded error for an administrator who names nobody.
        if (request.UserID.Length == 0) return new OpenImError(500, "versionKey is empty");

        var stream = new StreamKey(call.AppId, StreamKind.Friends, request.UserID);
        var answer = await streams.ReadAsync(stream, request.VersionID, request.Version, ct);
        var reply = new getIncrementalFriendsResp { Version = answer.Version, VersionID = answer.VersionId, Full = answer.IsFull };
        reply.Delete.Add(answer.Elements(StreamState.Deleted));
        if (answer.Changes.Any(c => c.Element == StreamElements.Order)) reply.SortVersion = answer.Version;

        var changed = UserLists.Ids([.. answer.Elements(StreamState.Inserted), .. answer.Elements(StreamState.Updated)]);
        var found = await friends.FindAsync(call.Caller, new UserId(request.UserID), changed, ct);
        if (!found.TryGet(out var present, out var refusal)) return refusal;

        var inserted = answer.Elements(StreamState.Inserted).ToHashSet();
        foreach (var friend in present)
            (inserted.Contains(friend.Friend.Value) ? reply.Insert : reply.Update).Add(await infos.OfAsync(call.AppId, friend, ct));
        return reply;
    }
}
