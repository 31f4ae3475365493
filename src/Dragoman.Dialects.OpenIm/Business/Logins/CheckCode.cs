using Dragoman.Dialects.OpenIm.Business.Codes;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;

namespace Dragoman.Dialects.OpenIm.Business.Logins;

/// <summary><c>POST /account/code/verify</c>: whether a code is right; it is not used by that.</summary>
internal sealed class CheckCode(ChatDoor door, VerifyCodes codes) : BusinessEndpoint<verifyCodeReq, Empty>("/account/code/verify", door)
{
    protected override ChatAccess Access => ChatAccess.AdministratorOrNobody;

    protected override ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, verifyCodeReq request, CancellationToken ct)
    {
        if (Contacts.CheckOne(request.AreaCode, request.PhoneNumber, request.Email) is { } invalid) return Answer(invalid);

        var target = Contacts.NameOf(request.AreaCode, request.PhoneNumber, request.Email);
        return Answer(codes.Check(call.App, target, request.VerifyCode, isUsed: false) is { } error ? error : new Empty());
    }
}
