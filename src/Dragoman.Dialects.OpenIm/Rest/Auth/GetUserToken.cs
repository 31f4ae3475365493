using Dragoman.Dialects.OpenIm.Auth;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;

namespace Dragoman.Dialects.OpenIm.Rest.Auth;

/// <summary><c>POST /auth/get_user_token</c>: the app's server gets a user's token for one platform.</summary>
internal sealed class GetUserToken(UserTokens tokens) : OpenImEndpoint<getUserTokenReq, getUserTokenResp>("/auth/get_user_token")
{
    protected override async ValueTask<OpenImReply<getUserTokenResp>> HandleAsync(
        OpenImCall call, getUserTokenReq request, CancellationToken ct)
    {
        if (call.AdminOnly() is { } denied) return denied;
        var (token, error) = await tokens.IssueAsync(call.App, request.UserID, request.PlatformID, ct);
        if (error is not null) return error;
        return new getUserTokenResp { Token = token, ExpireTimeSeconds = (long)call.App.TokenLifetime.TotalSeconds };
    }
}
