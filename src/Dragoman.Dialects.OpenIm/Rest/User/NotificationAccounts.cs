using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Rest.User;

/// <summary><c>POST /user/add_notification_account</c>: an account that speaks for the app.</summary>
internal sealed class AddNotificationAccount(RegisterAccounts register, AccountDirectory accounts)
    : OpenImEndpoint<addNotificationAccountReq, addNotificationAccountResp>("/user/add_notification_account")
{
    private const int FirstServiceLevel = 3;

    protected override async ValueTask<OpenImReply<addNotificationAccountResp>> HandleAsync(
        OpenImCall call, addNotificationAccountReq request, CancellationToken ct)
    {
        if (request.NickName.Length == 0) return OpenImErrors.Args.With("nickName is empty");
        if (call.AdminOnly() is { } denied) return denied;
        if (request.AppMangerLevel < FirstServiceLevel) return OpenImErrors.Args.With("app level is not supported");
        if (request.UserID.Length > 0 && !OpenImIds.IsUserId(request.UserID)) return OpenImErrors.Args.With("userID is legal"); // sic

        var userId = request.UserID.Length > 0 ? request.UserID : NewId();
        var traits = ImmutableDictionary<string, string>.Empty.Add(UserInfos.LevelTrait, request.AppMangerLevel.ToString(CultureInfo.InvariantCulture));
        var account = new Account
        {
            App = call.AppId,
            Id = new UserId(userId),
            Nickname = request.NickName,
            Avatar = request.FaceURL,
            Role = AccountRole.Service,
            Traits = traits,
        };
        var created = await register.RunAsync(call.Caller with { SkipsHooks = true }, [account], ct); // the vendor has no event for it
        if (!created.TryGet(out _, out var refusal))
            return refusal.Condition == Condition.AccountExists ? OpenImErrors.Args.With("userID is used") : refusal;

        return new addNotificationAccountResp
        {
            UserID = userId,
            NickName = (await accounts.FindAsync(call.AppId, account.Id, ct))!.Nickname, // words of it may be masked
            FaceURL = account.Avatar,
            AppMangerLevel = request.AppMangerLevel,
        };
    }

    /// <summary>Ten digits.</summary>
    private static string NewId() => RandomNumberGenerator.GetString("0123456789", 10);
}

/// <summary><c>POST /user/update_notification_account</c>: an empty member stays as it is.</summary>
internal sealed class UpdateNotificationAccount(AccountDirectory accounts, UpdateProfile profiles)
    : OpenImEndpoint<updateNotificationAccountInfoReq, Empty>("/user/update_notification_account")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(
        OpenImCall call, updateNotificationAccountInfoReq request, CancellationToken ct)
    {
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (call.AdminOnly() is { } denied) return denied;

        var user = new UserId(request.UserID);
        if (await accounts.FindAsync(call.AppId, user, ct) is not { Role: AccountRole.Service })
            return new Refusal(Condition.AccountNotFound, user.Value);

        var change = new ProfileChange(
            Nickname: request.NickName.Length > 0 ? request.NickName : null,
            Avatar: request.FaceURL.Length > 0 ? request.FaceURL : null);
        var updated = await profiles.RunAsync(call.Caller, user, change, ct);
        return updated.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}

/// <summary><c>POST /user/search_notification_account</c>: by a part of the id or of the nickname, all of them without a keyword.</summary>
internal sealed class SearchNotificationAccount(IAccountStore accounts)
    : OpenImEndpoint<searchNotificationAccountReq, searchNotificationAccountResp>("/user/search_notification_account")
{
    protected override async ValueTask<OpenImReply<searchNotificationAccountResp>> HandleAsync(
        OpenImCall call, searchNotificationAccountReq request, CancellationToken ct)
    {
        if (call.AdminOnly() is { } denied) return denied;
        if (Paging.Check(request.Pagination) is { } invalid) return invalid;

        var (skip, take) = Paging.Window(request.Pagination);
        var query = new AccountQuery { AnyPart = request.Keyword, Roles = [AccountRole.Service] };
        var (total, page) = await accounts.PageAsync(call.AppId, query, skip, take, ct);
        var reply = new searchNotificationAccountResp { Total = total };
        reply.NotificationAccounts.Add(page
            .Where(a => !request.HasAppManagerLevel || UserInfos.LevelOf(a) == request.AppManagerLevel)
            .Select(a => new notificationAccountInfo
            {
                UserID = a.Id.Value,
                FaceURL = a.Avatar,
                NickName = a.Nickname,
                AppMangerLevel = UserInfos.LevelOf(a),
            }));
        return reply;
    }
}
