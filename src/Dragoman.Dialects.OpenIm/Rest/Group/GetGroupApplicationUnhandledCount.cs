using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/get_group_application_unhandled_count</c>: how many wait for an answer of this user, since a time.</summary>
internal sealed class GetGroupApplicationUnhandledCount(ListApplications list)
    : OpenImEndpoint<GetGroupApplicationUnhandledCountReq, GetGroupApplicationUnhandledCountResp>("/group/get_group_application_unhandled_count")
{
    protected override async ValueTask<OpenImReply<GetGroupApplicationUnhandledCountResp>> HandleAsync(
        OpenImCall call, GetGroupApplicationUnhandledCountReq request, CancellationToken ct)
    {
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (call.Access(request.UserID) is { } denied) return denied;

        var counted = await list.CountAsync(call.Caller, new UserId(request.UserID), request.Time, ct);
        return counted.TryGet(out var count, out var refusal) ? new GetGroupApplicationUnhandledCountResp { Count = count } : refusal;
    }
}
