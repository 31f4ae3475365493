using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Push;

namespace Dragoman.Dialects.OpenIm.Rest.Third;

/// <summary><c>POST /third/set_app_badge</c>: the number on the app's icon, as the caller's device shows it.</summary>
internal sealed class SetAppBadge(SetBadge set) : OpenImEndpoint<SetAppBadgeReq, Empty>("/third/set_app_badge")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, SetAppBadgeReq request, CancellationToken ct)
    {
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("UserID is empty");

        // An administrator has no device of that user: it is for all of them.
        var user = new UserId(request.UserID);
        DeviceSlot? device = call.Caller.User == user ? OpenImId.Slot(call.PlatformId) : null;
        var done = await set.RunAsync(call.Caller, user, device, request.AppUnreadCount, ct);
        return done.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}
