using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;

namespace Dragoman.Dialects.OpenIm.Rest.User;

/// <summary><c>POST /user/subscribe_users_status</c>: checked and answered; presence comes over the long connection (request 2005).</summary>
internal sealed class SubscribeUsersStatus()
    : OpenImEndpoint<subscribeOrCancelUsersStatusReq, subscribeOrCancelUsersStatusResp>("/user/subscribe_users_status")
{
    private const int Subscribe = 1, Cancel = 2;

    protected override ValueTask<OpenImReply<subscribeOrCancelUsersStatusResp>> HandleAsync(
        OpenImCall call, subscribeOrCancelUsersStatusReq request, CancellationToken ct)
    {
        if (request.Genre is not (Subscribe or Cancel)) return Answer(OpenImErrors.Args.With("genre must be 1 or 2"));
        return call.Access(request.UserID) is { } denied ? Answer(denied) : Answer(new subscribeOrCancelUsersStatusResp());
    }
}

/// <summary><c>POST /user/get_subscribe_users_status</c>: as above.</summary>
internal sealed class GetSubscribeUsersStatus()
    : OpenImEndpoint<getSubscribeUsersStatusReq, getSubscribeUsersStatusResp>("/user/get_subscribe_users_status")
{
    protected override ValueTask<OpenImReply<getSubscribeUsersStatusResp>> HandleAsync(
        OpenImCall call, getSubscribeUsersStatusReq request, CancellationToken ct) =>
        call.Access(request.UserID) is { } denied ? Answer(denied) : Answer(new getSubscribeUsersStatusResp());
}
