using System.Collections.Immutable;
using System.Security.Cryptography;
using Dragoman.Dialects.OpenIm.Auth;
using Dragoman.Dialects.OpenIm.Business.Codes;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Accounts.Credentials;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Business.Logins;

/// <summary><c>POST /account/register</c>: somebody makes an account for himself, or an administrator for somebody.</summary>
internal sealed class Register(ChatDoor door, VerifyCodes codes, Invitations invitations, ILoginNameStore names, RegisterAccounts register, ChatLogins logins)
    : BusinessEndpoint<registerUserReq, chatLoginResp>("/account/register", door)
{
    private const int IdLength = 10;
    private const int Attempts = 20;

    protected override ChatAccess Access => ChatAccess.AdministratorOrNobody;

    protected override async ValueTask<OpenImReply<chatLoginResp>> HandleAsync(OpenImCall call, registerUserReq request, CancellationToken ct)
    {
        var isAdministrator = call.Caller.IsAdministrator;
        if (Check(request, isAdministrator) is { } invalid) return invalid;

        var user = request.User;
        if (!isAdministrator)
        {
            if (user.UserID.Length > 0) return OpenImErrors.NoPermission.With("only admin can set user id");
            if (await invitations.CheckAsync(call.App, request.InvitationCode, ct) is { } forbidden) return forbidden;
        }

        LoginName[] wanted = [.. NamesOf(user)];
        foreach (var name in wanted)
        {
            if (await names.FindAsync(call.AppId, name, ct) is not null) return OpenImErrors.Table[LoginName.TakenOf(name.Kind)];
        }

        var target = wanted.FirstOrDefault(name => name.Kind != LoginNameKind.Name);
        if (!isAdministrator && codes.Check(call.App, target, request.VerifyCode, isUsed: true) is { } wrong) return wrong;

        var registered = await RegisterAsync(call, request, wanted, ct);
        if (registered.TryGet(out var created, out var refusal))
            return await logins.AnswerAsync(call, created.Id.Value, request.Platform, withImToken: request.AutoLogin, ct);

        if (!isAdministrator) codes.GiveBack(call.App, target);
        return refusal.Condition == Condition.AccountExists ? OpenImErrors.AccountAlreadyRegister : refusal;
    }

    private static OpenImError? Check(registerUserReq request, bool isAdministrator)
    {
        var user = request.User;
        if (user is null) return OpenImErrors.Args.With("user is empty");
        if (user.Nickname.Length == 0) return OpenImErrors.Args.With("Nickname is nil");
        if (!Platforms.IsKnown(request.Platform)) return OpenImErrors.Args.With("platform is invalid");

        // Only an administrator makes accounts that nobody could send a code to.
        if ((!isAdministrator || user.Account.Length == 0 || user.PhoneNumber.Length + user.Email.Length > 0)
            && Contacts.CheckOne(user.AreaCode, user.PhoneNumber, user.Email) is { } invalid) return invalid;
        if (Contacts.CheckAccount(user.Account) is { } invalidAccount) return invalidAccount;
        if (user.UserID.Length > 0 && !OpenImIds.IsUserId(user.UserID)) return OpenImErrors.Args.With("userID is legal"); // sic
        return user.Gender is < 0 or > 2 ? OpenImErrors.Args.With("gender is invalid") : null;
    }

    private static IEnumerable<LoginName> NamesOf(registerUserInfo user)
    {
        if (user.PhoneNumber.Length > 0) yield return Contacts.NameOf(LoginNameKind.Phone, Contacts.PhoneOf(user.AreaCode, user.PhoneNumber));
        if (user.Account.Length > 0) yield return Contacts.NameOf(LoginNameKind.Name, user.Account);
        if (user.Email.Length > 0) yield return Contacts.NameOf(LoginNameKind.Mail, user.Email);
    }

    private async ValueTask<Result<Account>> RegisterAsync(
        OpenImCall call, registerUserReq request, LoginName[] wanted, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var newcomer = new Newcomer(AccountOf(request.User))
            {
                Password = request.User.Password.Length > 0 ? new Password(request.User.Password, ChatLogins.PasswordForm) : null,
                LoginNames = wanted,
                Invitation = !call.Caller.IsAdministrator && call.App.Settings.Business!.NeedInvitationCode ? request.InvitationCode : "",
            };

            // As upstream's server does it: an administrator calls the IM API.
            var registered = await register.RunAsync(call.App.Itself(call.OperationId) with { Route = "/user/user_register" }, [newcomer], ct);
            if (registered.TryGet(out var created, out var refusal)) return created[0];
            if (refusal.Condition != Condition.AccountExists || request.User.UserID.Length > 0 || attempt == Attempts) return refusal;
        }
    }

    private static Account AccountOf(registerUserInfo user)
    {
        var profile = ImmutableDictionary.CreateBuilder<string, string>();
        if (user.Gender != 0) profile[ProfileKeys.Gender] = ChatUsers.Text(user.Gender);
        if (user.Birth != 0) profile[ProfileKeys.Birthday] = ChatUsers.Text(user.Birth);
        if (user.PhoneNumber.Length > 0) profile[ProfileKeys.Phone] = Contacts.PhoneOf(user.AreaCode, user.PhoneNumber);
        if (user.Email.Length > 0) profile[ProfileKeys.Mail] = user.Email;
        var traits = ImmutableDictionary.CreateBuilder<string, string>();
        if (user.Account.Length > 0) traits[ChatUsers.AccountTrait] = user.Account;
        traits[ChatUsers.RegisterTypeTrait] = ChatUsers.Text(RegisterTypeOf(user));
        return new()
        {
            App = default,
            Id = new UserId(user.UserID.Length > 0 ? user.UserID : NewId()),
            Nickname = user.Nickname,
            Avatar = user.FaceURL,
            Profile = profile.ToImmutable(),
            Traits = traits.ToImmutable(),
        };
    }

    /// <summary>What the client says, or 1 by phone, 2 by email, 3 by account.</summary>
    private static int RegisterTypeOf(registerUserInfo user)
    {
        if (user.RegisterType != 0) return user.RegisterType;
        if (user.PhoneNumber.Length > 0) return 1;
        return user.Email.Length > 0 ? 2 : 3;
    }

    /// <summary>Ten digits, the first of which is none.</summary>
    private static string NewId() => RandomNumberGenerator.GetString("123456789", 1) + RandomNumberGenerator.GetString("0123456789", IdLength - 1);
}
