using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts.Credentials;

namespace Dragoman.Dialects.OpenIm.Business.Logins;

/// <summary><c>POST /account/password/change</c>: with the current password, or by an administrator; all devices of the user are logged out.</summary>
internal sealed class ChangePassword(ChatDoor door, SetPassword set, TimeProvider clock) : BusinessEndpoint<changePasswordReq, Empty>("/account/password/change", door)
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, changePasswordReq request, CancellationToken ct)
    {
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (request.NewPassword.Length == 0) return OpenImErrors.Args.With("newPassword is empty");
        if (request.NewPassword == request.CurrentPassword) return OpenImErrors.Args.With("new password == current password");

        var user = new UserId(request.UserID);
        if (!call.Caller.MayActFor(user)) return OpenImErrors.NoPermission.With("no permission change other user password");

        var old = call.Caller.IsAdministrator ? null : new Password(request.CurrentPassword, ChatLogins.PasswordForm);
        var changed = await set.RunAsync(call.Caller, user, old, new Password(request.NewPassword, ChatLogins.PasswordForm), ct);
        if (changed.TryGet(out _, out var refusal)) return new Empty();
        if (refusal.Until is not null) Patience.Ask(call.Http.Response, refusal, clock.GetUtcNow());
        return refusal.Condition == Condition.PasswordWrong ? OpenImErrors.NoPermission.With("current password is wrong") : refusal;
    }
}
