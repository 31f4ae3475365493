using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Rest.User;

/// <summary><c>POST /user/account_check</c>: which ids are registered.</summary>
internal sealed class AccountCheck(AccountDirectory accounts) : OpenImEndpoint<accountCheckReq, accountCheckResp>("/user/account_check")
{
    private const int MaxIds = 1_000;

    protected override async ValueTask<OpenImReply<accountCheckResp>> HandleAsync(OpenImCall call, accountCheckReq request, CancellationToken ct)
    {
        if (!call.Given.Has("checkUserIDs")) return OpenImErrors.Args.With("CheckUserIDs is empty");
        if (request.CheckUserIDs.Count > MaxIds) return OpenImErrors.Args.With("CheckUserIDs is too long");
        if (call.AdminOnly() is { } denied) return denied;
        if (request.CheckUserIDs.Distinct().Count() != request.CheckUserIDs.Count) return OpenImErrors.Args.With("userID repeated");

        var reply = new accountCheckResp();
        foreach (var userId in request.CheckUserIDs)
        {
            var isKnown = await accounts.FindAsync(call.AppId, new UserId(userId), ct) is not null;
            reply.Results.Add(new accountCheckResp.Types.singleUserStatus { UserID = userId, AccountStatus = isKnown ? 1 : 0 });
        }

        return reply;
    }
}

/// <summary><c>POST /user/get_users</c>: ordinary accounts by a part of the id or of the nickname.</summary>
internal sealed class GetUsers(IAccountStore accounts) : OpenImEndpoint<getPaginationUsersReq, getPaginationUsersResp>("/user/get_users")
{
    protected override async ValueTask<OpenImReply<getPaginationUsersResp>> HandleAsync(
        OpenImCall call, getPaginationUsersReq request, CancellationToken ct)
    {
        if (Paging.Check(request.Pagination) is { } invalid) return invalid;

        var (skip, take) = Paging.Window(request.Pagination);
        var query = new AccountQuery(request.UserID, request.NickName, AccountRole.User);
        var (total, page) = await accounts.PageAsync(call.AppId, query, skip, take, ct);
        var reply = new getPaginationUsersResp { Total = (int)total };
        reply.Users.Add(page.Select(UserInfos.Of));
        return reply;
    }
}

/// <summary><c>POST /user/get_all_users_uid</c></summary>
internal sealed class GetAllUsersUid(IAccountStore accounts) : OpenImEndpoint<getAllUserIDReq, getAllUserIDResp>("/user/get_all_users_uid")
{
    protected override async ValueTask<OpenImReply<getAllUserIDResp>> HandleAsync(OpenImCall call, getAllUserIDReq request, CancellationToken ct)
    {
        if (Paging.Check(request.Pagination) is { } invalid) return invalid;

        var (skip, take) = Paging.Window(request.Pagination);
        var (total, page) = await accounts.PageIdsAsync(call.AppId, skip, take, ct);
        var reply = new getAllUserIDResp { Total = (int)total };
        reply.UserIDs.Add(page.Select(id => id.Value));
        return reply;
    }
}
