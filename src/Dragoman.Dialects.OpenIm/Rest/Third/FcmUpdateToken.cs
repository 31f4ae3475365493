using Dragoman.Dialects.OpenIm.Auth;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Push;

namespace Dragoman.Dialects.OpenIm.Rest.Third;

/// <summary><c>POST /third/fcm_update_token</c>: how Firebase wakes a device.</summary>
internal sealed class FcmUpdateToken(RegisterDevice register) : OpenImEndpoint<FcmUpdateTokenReq, Empty>("/third/fcm_update_token")
{
    private const long MaxLifeSeconds = 10L * 366 * 24 * 3600;

    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, FcmUpdateTokenReq request, CancellationToken ct)
    {
        if (request.PlatformID is < 1 or > Platforms.Admin) return OpenImErrors.Args.With("platformID is invalidate");
        if (request.FcmToken.Length == 0) return OpenImErrors.Args.With("FcmToken is empty");
        if (request.Account.Length == 0) return OpenImErrors.Args.With("account is empty");

        // Seconds; none is for ever, as in the vendor's cache.
        TimeSpan? life = request.ExpireTime > 0 ? TimeSpan.FromSeconds(Math.Min(request.ExpireTime, MaxLifeSeconds)) : null;
        var registered = await register.RunAsync(
            call.Caller, new UserId(request.Account), OpenImId.Slot(request.PlatformID), PushProvider.Fcm, request.FcmToken, life, ct);
        return registered.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}
