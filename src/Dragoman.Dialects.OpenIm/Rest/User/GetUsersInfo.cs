using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;

namespace Dragoman.Dialects.OpenIm.Rest.User;

/// <summary><c>POST /user/get_users_info</c>: profiles; unknown ids are passed over.</summary>
internal sealed class GetUsersInfo(AccountDirectory accounts)
    : OpenImEndpoint<getDesignateUsersReq, getDesignateUsersResp>("/user/get_users_info")
{
    protected override async ValueTask<OpenImReply<getDesignateUsersResp>> HandleAsync(
        OpenImCall call, getDesignateUsersReq request, CancellationToken ct)
    {
        if (!call.Given.Has("userIDs")) return OpenImErrors.Args.With("UserIDs is empty");

        var reply = new getDesignateUsersResp();
        foreach (var userId in request.UserIDs.Distinct())
        {
            if (await accounts.FindAsync(call.AppId, new UserId(userId), ct) is { } account) reply.UsersInfo.Add(UserInfos.Of(account));
        }

        return reply;
    }
}
