using Dragoman.Dialects.OpenIm.Auth;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;

namespace Dragoman.Dialects.OpenIm.Rest.Auth;

/// <summary><c>POST /auth/get_user_token</c>: the app's server gets a user's token for one platform.</summary>
internal sealed class GetUserToken(OpenImTokens tokens, AccountDirectory accounts)
    : OpenImEndpoint<getUserTokenReq, getUserTokenResp>("/auth/get_user_token")
{
    protected override async ValueTask<OpenImReply<getUserTokenResp>> HandleAsync(
        OpenImCall call, getUserTokenReq request, CancellationToken ct)
    {
        if (call.AdminOnly() is { } denied) return denied;
        if (request.PlatformID == Platforms.Admin) return OpenImErrors.NoPermission.With("platformID invalid. platformID must not be admin");
        if (call.App.IsAdmin(request.UserID)) return OpenImErrors.NoPermission.With("don't get Admin token");

        var account = await accounts.FindAsync(call.AppId, new UserId(request.UserID), ct);
        if (account is null) return OpenImErrors.RecordNotFound.With("user not found");
        if (account.Role == AccountRole.Service) return OpenImErrors.Args.With("app account can`t get token");

        var issued = await tokens.IssueAsync(call.App, request.UserID, request.PlatformID, ct);
        if (!issued.TryGet(out var token, out var refusal)) return refusal;
        return new getUserTokenResp { Token = token, ExpireTimeSeconds = (long)call.App.TokenLifetime.TotalSeconds };
    }
}
