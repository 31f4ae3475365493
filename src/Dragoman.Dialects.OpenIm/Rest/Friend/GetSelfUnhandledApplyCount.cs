using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

/// <summary><c>POST /friend/get_self_unhandled_apply_count</c>: the requests that wait for a user's answer, from a time (ms) on.</summary>
internal sealed class GetSelfUnhandledApplyCount(ReadFriendRequests requests)
    : OpenImEndpoint<getSelfUnhandledApplyCountReq, getSelfUnhandledApplyCountResp>("/friend/get_self_unhandled_apply_count")
{
    protected override async ValueTask<OpenImReply<getSelfUnhandledApplyCountResp>> HandleAsync(
        OpenImCall call, getSelfUnhandledApplyCountReq request, CancellationToken ct)
    {
        var counted = await requests.CountPendingAsync(call.Caller, new UserId(request.UserID), request.Time, ct);
        return counted.TryGet(out var count, out var refusal) ? new getSelfUnhandledApplyCountResp { Count = count } : refusal;
    }
}
