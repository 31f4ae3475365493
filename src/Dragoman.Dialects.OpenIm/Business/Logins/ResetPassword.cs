using Dragoman.Dialects.OpenIm.Business.Codes;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Accounts.Credentials;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Business.Logins;

/// <summary><c>POST /account/password/reset</c>: another password for whoever has the code; all his devices are logged out.</summary>
internal sealed class ResetPassword(ChatDoor door, VerifyCodes codes, ILoginNameStore names, SetPassword set)
    : BusinessEndpoint<resetPasswordReq, Empty>("/account/password/reset", door)
{
    protected override ChatAccess Access => ChatAccess.AdministratorOrNobody;

    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, resetPasswordReq request, CancellationToken ct)
    {
        if (request.Password.Length == 0) return OpenImErrors.Args.With("password is empty");
        if (Contacts.CheckOne(request.AreaCode, request.PhoneNumber, request.Email) is { } invalid) return invalid;

        var target = Contacts.NameOf(request.AreaCode, request.PhoneNumber, request.Email);
        if (codes.Check(call.App, target, request.VerifyCode, isUsed: true) is { } wrong) return wrong;

        // Nobody without the code learns whether there is such an account.
        if (await names.FindAsync(call.AppId, target, ct) is not { } user) return OpenImErrors.ChatAccountNotFound.With("user unregistered");

        var changed = await set.RunAsync(
            call.App.Itself(call.OperationId), user, old: null, new Password(request.Password, ChatLogins.PasswordForm), ct);
        if (changed.TryGet(out _, out var refusal)) return new Empty();
        codes.GiveBack(call.App, target);
        return refusal;
    }
}
