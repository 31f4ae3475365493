using System.Security.Cryptography;
using System.Text;
using Dragoman.Dialects.OpenIm.Auth;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;

namespace Dragoman.Dialects.OpenIm.Rest.Auth;

/// <summary><c>POST /auth/get_admin_token</c>: the app's server logs in with the app's secret.</summary>
internal sealed class GetAdminToken(OpenImTokens tokens, AccountDirectory accounts)
    : OpenImEndpoint<getAdminTokenReq, getAdminTokenResp>("/auth/get_admin_token")
{
    public override bool NeedsToken => false;

    protected override async ValueTask<OpenImReply<getAdminTokenResp>> HandleAsync(
        OpenImCall call, getAdminTokenReq request, CancellationToken ct)
    {
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Secret), call.App.Secret))
            return OpenImErrors.NoPermission.With("secret invalid");
        if (!call.App.IsAdmin(request.UserID))
        {
            return OpenImErrors.Args.With(
                $"userID is error., userID={request.UserID}, adminUserID=[{string.Join(' ', call.App.AdminUserIds)}]");
        }

        if (await accounts.FindAsync(call.AppId, new UserId(request.UserID), ct) is null)
            return OpenImErrors.RecordNotFound.With("user not found");

        var issued = await tokens.IssueAsync(call.App, request.UserID, Platforms.Admin, ct);
        if (!issued.TryGet(out var token, out var refusal)) return refusal;
        return new getAdminTokenResp { Token = token, ExpireTimeSeconds = (long)call.App.TokenLifetime.TotalSeconds };
    }
}
