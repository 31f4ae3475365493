using Dragoman.Dialects.OpenIm.Auth;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;

namespace Dragoman.Dialects.OpenIm.Rest.Auth;

/// <summary><c>POST /auth/parse_token</c>: what a token says, if it is still good.</summary>
internal sealed class ParseToken(OpenImTokens tokens) : OpenImEndpoint<parseTokenReq, parseTokenResp>("/auth/parse_token")
{
    public override bool NeedsToken => false;

    protected override async ValueTask<OpenImReply<parseTokenResp>> HandleAsync(
        OpenImCall call, parseTokenReq request, CancellationToken ct)
    {
        // sic: the vendor names the wrong member.
        if (request.Token.Length == 0) return OpenImErrors.Args.With("userID is empty");

        var verified = await tokens.VerifyAsync(call.App, request.Token, ct);
        if (!verified.TryGet(out var claims, out var error)) return error;
        return new parseTokenResp { UserID = claims.UserId, PlatformID = claims.PlatformId, ExpireTimeSeconds = claims.ExpiresAt };
    }
}
