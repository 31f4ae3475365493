using System.Collections.Immutable;
using System.Globalization;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;

namespace Dragoman.Dialects.OpenIm.Rest.User;

/// <summary><c>POST /user/user_register</c>: creates accounts, all or none.</summary>
internal sealed class UserRegister(RegisterAccounts register) : OpenImEndpoint<userRegisterReq, Empty>("/user/user_register")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, userRegisterReq request, CancellationToken ct)
    {
        if (!call.Given.Has("users")) return OpenImErrors.Args.With("users are empty");
        if (CheckFields(request) is { } invalid) return invalid;

        // The vendor validates fields before it asks who calls, and an empty id passes for a field without wrong characters.
        if (call.AdminOnly() is { } denied) return denied;
        if (CheckIds(request) is { } unusable) return unusable;

        var registered = await register.RunAsync(call.Caller, [.. request.Users.Select(AccountOf)], ct);
        return registered.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }

    public static OpenImError? CheckFields(userRegisterReq request)
    {
        foreach (var user in request.Users)
        {
            if (user.UserID.Length > 0 && !OpenImIds.IsUserId(user.UserID)) return OpenImErrors.Args.With("userID is legal"); // sic
            if (user.Nickname.Length == 0) return OpenImErrors.Args.With("user name is empty");
        }

        return null;
    }

    public static OpenImError? CheckIds(userRegisterReq request)
    {
        if (request.Users.Count == 0) return OpenImErrors.Args.With("users is empty");
        if (request.Users.Any(u => u.UserID.Length == 0)) return OpenImErrors.Args.With("userID is empty");
        return request.Users.Select(u => u.UserID).Distinct().Count() != request.Users.Count ? OpenImErrors.Args.With("userID repeated") : null;
    }

    public static Account AccountOf(UserInfo user) => new()
    {
        App = default,
        Id = new UserId(user.UserID),
        Nickname = user.Nickname,
        Avatar = user.FaceURL,
        Extra = user.Ex,
        Receive = UserInfos.OptionOf(user.GlobalRecvMsgOpt is >= 0 and <= 2 ? user.GlobalRecvMsgOpt : 0),
        Role = UserInfos.RoleOf(user.AppMangerLevel),
        Traits = user.AppMangerLevel == 0
            ? ImmutableDictionary<string, string>.Empty
            : ImmutableDictionary<string, string>.Empty.Add(
                UserInfos.LevelTrait, user.AppMangerLevel.ToString(CultureInfo.InvariantCulture)),
    };
}
