using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Accounts.Credentials;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Business.Users;

/// <summary><c>POST /user/update</c>: changes one's own data, or an administrator anybody's; what is absent stays as it is.</summary>
internal sealed class UpdateUser(ChatDoor door, AccountDirectory accounts, ILoginNameStore names, UpdateProfile update)
    : BusinessEndpoint<updateChatUserReq, Empty>("/user/update", door)
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, updateChatUserReq request, CancellationToken ct)
    {
        if (Check(request) is { } invalid) return invalid;

        var user = new UserId(request.UserID);
        if (!call.Caller.MayActFor(user)) return OpenImErrors.NoPermission.With("only admin can update other user info");
        if (!call.Caller.IsAdministrator && request.RegisterType is not null) return OpenImErrors.NoPermission.With("registerType can not be updated");
        if (!call.Caller.IsAdministrator && request.Level is not null) return OpenImErrors.NoPermission.With("level can not be updated");
        if (await accounts.FindAsync(call.AppId, user, ct) is not { } account) return OpenImErrors.Args.With("user not found");

        var change = ChangeOf(request, account) with { LoginNames = NamesOf(request) };
        var left = (await names.OfAsync(call.AppId, user, ct)).Select(name => name.Kind).ToHashSet();
        var had = left.Count;
        foreach (var (kind, name) in change.LoginNames) _ = name is null ? left.Remove(kind) : left.Add(kind);
        if (had > 0 && left.Count == 0) return OpenImErrors.Args.With("a login method must exist");

        // As upstream's server does it: the IM API's route changes what is the IM API's.
        var updated = await update.RunAsync(call.Caller with { Route = "/user/update_user_info" }, user, change, ct);
        return updated.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }

    private static OpenImError? Check(updateChatUserReq request)
    {
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (request.Email is { Value.Length: > 0 } email && Contacts.CheckEmail(email.Value) is { } invalidEmail) return invalidEmail;
        if ((request.AreaCode is null) != (request.PhoneNumber is null) || (request.AreaCode?.Value.Length == 0) != (request.PhoneNumber?.Value.Length == 0))
            return OpenImErrors.Args.With("areaCode and phoneNumber must be set together");
        if (request.PhoneNumber is { Value.Length: > 0 } phone && Contacts.CheckPhone(request.AreaCode!.Value, phone.Value) is { } invalidPhone)
            return invalidPhone;
        if (request.Account is { } account && Contacts.CheckAccount(account.Value) is { } invalidAccount) return invalidAccount;
        if (request.Nickname is { Value.Length: 0 }) return OpenImErrors.Args.With("nickname can not be empty");
        if (request.Gender is { Value: < 0 or > 2 }) return OpenImErrors.Args.With("gender is invalid");
        if (request.AllowAddFriend is { Value: < 1 or > 2 }) return OpenImErrors.Args.With("allowAddFriend is invalid");
        if (request.AllowBeep is { Value: < 1 or > 2 }) return OpenImErrors.Args.With("allowBeep is invalid");
        if (request.AllowVibration is { Value: < 1 or > 2 }) return OpenImErrors.Args.With("allowVibration is invalid");
        return request.GlobalRecvMsgOpt is { Value: < 0 or > 2 } ? OpenImErrors.Args.With("globalRecvMsgOpt is invalid") : null;
    }

    private static ProfileChange ChangeOf(updateChatUserReq request, Account account)
    {
        var profile = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (request.Gender is { } gender) profile[ProfileKeys.Gender] = ChatUsers.Text(gender.Value);
        if (request.Birth is { } birth) profile[ProfileKeys.Birthday] = ChatUsers.Text(birth.Value);
        if (request.Level is { } level) profile[ProfileKeys.Level] = ChatUsers.Text(level.Value);
        if (request.Email is { } email) profile[ProfileKeys.Mail] = email.Value;
        if (request.PhoneNumber is { } phone) profile[ProfileKeys.Phone] = phone.Value.Length == 0 ? "" : Contacts.PhoneOf(request.AreaCode!.Value, phone.Value);

        var traits = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (request.Account is { } name) traits[ChatUsers.AccountTrait] = name.Value;
        if (request.AllowBeep is { } beep) traits[ChatUsers.AllowBeepTrait] = Refused(beep.Value);
        if (request.AllowVibration is { } vibration) traits[ChatUsers.AllowVibrationTrait] = Refused(vibration.Value);
        if (request.RegisterType is { } type) traits[ChatUsers.RegisterTypeTrait] = ChatUsers.Text(type.Value);

        return new(
            request.Nickname?.Value,
            request.FaceURL?.Value,
            Receive: request.GlobalRecvMsgOpt is { } option ? UserInfos.OptionOf(option.Value) : null,
            Adding: AddingOf(request.AllowAddFriend, account.Adding))
        {
            Profile = profile.Count > 0 ? profile : null,
            Traits = traits.Count > 0 ? traits : null,
        };
    }

    private static string? Refused(int value) => value == ChatUsers.NotAllowed ? "2" : null;

    /// <summary>Who may be asked again is asked as he was before; the vendor knows no other way.</summary>
    private static AddMode? AddingOf(Int32Value? allowed, AddMode before)
    {
        if (allowed is null) return null;
        if (allowed.Value == ChatUsers.NotAllowed) return AddMode.Nobody;
        return before == AddMode.Nobody ? AddMode.Confirm : null;
    }

    private static Dictionary<LoginNameKind, LoginName?> NamesOf(updateChatUserReq request)
    {
        var names = new Dictionary<LoginNameKind, LoginName?>();
        if (request.PhoneNumber is { } phone)
            names[LoginNameKind.Phone] = phone.Value.Length == 0 ? null : Contacts.NameOf(LoginNameKind.Phone, Contacts.PhoneOf(request.AreaCode!.Value, phone.Value));
        if (request.Account is { } account) names[LoginNameKind.Name] = account.Value.Length == 0 ? null : Contacts.NameOf(LoginNameKind.Name, account.Value);
        if (request.Email is { } email) names[LoginNameKind.Mail] = email.Value.Length == 0 ? null : Contacts.NameOf(LoginNameKind.Mail, email.Value);
        return names;
    }
}
