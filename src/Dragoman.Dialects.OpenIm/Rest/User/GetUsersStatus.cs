using Dragoman.Dialects.OpenIm.Auth;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Sessions;

namespace Dragoman.Dialects.OpenIm.Rest.User;

/// <summary><c>POST /user/get_users_status</c>: who is online, and on which platforms.</summary>
internal sealed class GetUsersStatus(ISessionDirectory sessions)
    : OpenImEndpoint<getUserStatusReq, getUserStatusResp>("/user/get_users_status")
{
    protected override ValueTask<OpenImReply<getUserStatusResp>> HandleAsync(
        OpenImCall call, getUserStatusReq request, CancellationToken ct)
    {
        if (!call.Given.Has("userIDs")) return Answer(OpenImErrors.Args.With("UserIDs is empty"));

        var reply = new getUserStatusResp();
        foreach (var userId in request.UserIDs)
        {
            int[] platforms = [.. sessions.SessionsOf(call.AppId, new UserId(userId)).Select(s => Platforms.Of(s)).Distinct().Order()];
            var status = new onlineStatus { UserID = userId, Status = platforms.Length > 0 ? 1 : 0 };
            status.PlatformIDs.Add(platforms);
            reply.StatusList.Add(status);
        }

        return Answer(reply);
    }
}
