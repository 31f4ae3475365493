using Dragoman.Dialects.OpenIm.Auth;
using Dragoman.Dialects.OpenIm.Business.Codes;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts.Credentials;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Business.Logins;

/// <summary><c>POST /account/login</c>: by account, phone or email, with the password or with a code.</summary>
internal sealed class Login(ChatDoor door, VerifyCodes codes, ILoginNameStore names, CheckPassword check, ChatLogins logins, TimeProvider clock)
    : BusinessEndpoint<chatLoginReq, chatLoginResp>("/account/login", door)
{
    protected override ChatAccess Access => ChatAccess.AdministratorOrNobody;

    protected override async ValueTask<OpenImReply<chatLoginResp>> HandleAsync(OpenImCall call, chatLoginReq request, CancellationToken ct)
    {
        if (Check(request) is { } invalid) return invalid;

        // Who comes with a code has to own what it was sent to, whatever account he names.
        var isByCode = request.Password.Length == 0;
        var name = isByCode || request.Account.Length == 0
            ? Contacts.NameOf(request.AreaCode, request.PhoneNumber, request.PhoneNumber.Length > 0 ? "" : request.Email)
            : Contacts.NameOf(LoginNameKind.Name, request.Account);
        if (await names.FindAsync(call.AppId, name, ct) is not { } user) return OpenImErrors.ChatAccountNotFound.With("user unregistered");

        if (isByCode)
        {
            if (codes.Check(call.App, name, request.VerifyCode, isUsed: true) is { } wrong) return wrong;
        }
        else
        {
            var verified = await check.RunAsync(call.AppId, user, new Password(request.Password, ChatLogins.PasswordForm), ct);
            if (!verified.TryGet(out _, out var refusal)) return Refuse(call, refusal);
        }

        return await logins.AnswerAsync(call, user.Value, request.Platform, withImToken: true, ct);
    }

    private static OpenImError? Check(chatLoginReq request)
    {
        if (!Platforms.IsKnown(request.Platform)) return OpenImErrors.Args.With("platform is invalid");
        if (request.Email.Length > 0 && Contacts.CheckEmail(request.Email) is { } email) return email;
        if (request.PhoneNumber.Length > 0 && Contacts.CheckPhone(request.AreaCode, request.PhoneNumber) is { } phone) return phone;
        if (Contacts.CheckAccount(request.Account) is { } account) return account;
        if (request.Password.Length == 0 && request.VerifyCode.Length == 0) return OpenImErrors.Args.With("password or code must be set");
        if (request.PhoneNumber.Length + request.Email.Length > 0) return null;
        if (request.Account.Length == 0) return OpenImErrors.Args.With("account or phone number or email must be set");
        return request.Password.Length == 0 ? OpenImErrors.Args.With("phone number or email must be set") : null;
    }

    private OpenImError Refuse(OpenImCall call, Refusal refusal)
    {
        if (refusal.Until is not null) Patience.Ask(call.Http.Response, refusal, clock.GetUtcNow());
        return refusal.Condition == Condition.AccountNotFound ? OpenImErrors.ChatAccountNotFound.With("user unregistered") : refusal;
    }
}
