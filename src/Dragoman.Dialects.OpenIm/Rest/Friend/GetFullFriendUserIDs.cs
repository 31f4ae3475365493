using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

/// <summary><c>POST /friend/get_full_friend_user_ids</c>: the ids of a user's friends in the order of the list.</summary>
internal sealed class GetFullFriendUserIDs(ReadFriends friends, VersionStreams streams)
    : OpenImEndpoint<getFullFriendUserIDsReq, getFullFriendUserIDsResp>("/friend/get_full_friend_user_ids")
{
    protected override async ValueTask<OpenImReply<getFullFriendUserIDsResp>> HandleAsync(
        OpenImCall call, getFullFriendUserIDsReq request, CancellationToken ct)
    {
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");

        // The version first: ids that are newer than it are only told once more.
        var (version, versionId) = await streams.HeadAsync(new StreamKey(call.AppId, StreamKind.Friends, request.UserID), ct);
        var read = await friends.IdsAsync(call.Caller, new UserId(request.UserID), ct);
        if (!read.TryGet(out var users, out var refusal)) return refusal;

        string[] ids = [.. users.Select(u => u.Value)];
        var reply = new getFullFriendUserIDsResp { Version = version, VersionID = versionId, Equal = IdHash.Of(ids) == request.IdHash };
        if (!reply.Equal) reply.UserIDs.Add(ids);
        return reply;
    }
}
