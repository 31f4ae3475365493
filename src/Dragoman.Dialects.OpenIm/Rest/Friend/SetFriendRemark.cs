using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

/// <summary><c>POST /friend/set_friend_remark</c></summary>
internal sealed class SetFriendRemark(RemarkFriend remark) : OpenImEndpoint<setFriendRemarkReq, Empty>("/friend/set_friend_remark")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, setFriendRemarkReq request, CancellationToken ct)
    {
        if (request.OwnerUserID.Length == 0) return OpenImErrors.Args.With("ownerUserID is empty");
        if (request.FriendUserID.Length == 0) return OpenImErrors.Args.With("fromUserID is empty"); // sic

        var remarked = await remark.RunAsync(
            call.Caller, new UserId(request.OwnerUserID), new UserId(request.FriendUserID), request.Remark, ct);
        return remarked.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}
