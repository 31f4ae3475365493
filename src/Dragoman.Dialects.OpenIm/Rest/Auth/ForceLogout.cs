using Dragoman.Dialects.OpenIm.Auth;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Sessions;

namespace Dragoman.Dialects.OpenIm.Rest.Auth;

/// <summary><c>POST /auth/force_logout</c>: ends a user's logins on one platform.</summary>
internal sealed class ForceLogout(GrantBook grants) : OpenImEndpoint<forceLogoutReq, Empty>("/auth/force_logout")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, forceLogoutReq request, CancellationToken ct)
    {
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (request.PlatformID is < 1 or > Platforms.Admin) return OpenImErrors.Args.With("platformID is invalidate");
        if (call.AdminOnly() is { } denied) return denied;

        var kicked = await grants.KickAsync(call.Caller, new UserId(request.UserID), OpenImId.Slot(request.PlatformID), ct);
        return kicked.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}
