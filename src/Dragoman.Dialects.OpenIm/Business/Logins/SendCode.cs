using Dragoman.Dialects.OpenIm.Business.Codes;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Business.Logins;

/// <summary><c>POST /account/code/send</c>: a verification code for a phone or an email.</summary>
internal sealed class SendCode(ChatDoor door, VerifyCodes codes, CodeSender sender, ILoginNameStore names, Invitations invitations)
    : BusinessEndpoint<sendVerifyCodeReq, Empty>("/account/code/send", door)
{
    private const int ForRegister = 1;
    private const int ForLogin = 3;

    protected override ChatAccess Access => ChatAccess.AdministratorOrNobody;

    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, sendVerifyCodeReq request, CancellationToken ct)
    {
        if (request.UsedFor is < ForRegister or > ForLogin) return OpenImErrors.Args.With("usedFor flied is empty"); // sic
        if (Contacts.CheckOne(request.AreaCode, request.PhoneNumber, request.Email) is { } invalid) return invalid;

        var target = Contacts.NameOf(request.AreaCode, request.PhoneNumber, request.Email);
        if (request.UsedFor == ForRegister)
        {
            if (await invitations.CheckAsync(call.App, request.InvitationCode, ct) is { } forbidden) return forbidden;
        }
        else if (await names.FindAsync(call.AppId, target, ct) is null)
        {
            return OpenImErrors.ChatAccountNotFound.With(request.Email.Length > 0 ? "email unregistered" : "phone unregistered");
        }

        // With a code of the app's own nothing has to be sent.
        var settings = call.App.Settings.Business!;
        if (settings.CodeUrl.Length == 0) return new Empty();

        var (code, error) = codes.Issue(call.App, target);
        if (error is not null) return error;
        if (await sender.SendAsync(settings.CodeUrl, request, code, call.OperationId, ct)) return new Empty();
        codes.Withdraw(call.App, target);
        return OpenImErrors.Network.With("the verification code could not be sent");
    }
}
