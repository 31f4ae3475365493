using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;

namespace Dragoman.Dialects.OpenIm.Business.Users;

/// <summary><c>POST /user/find/full</c>: users by their ids; those that do not exist are passed over.</summary>
internal sealed class FindFull(ChatDoor door, AccountDirectory accounts) : BusinessEndpoint<findUsersReq, findUserFullInfoResp>("/user/find/full", door)
{
    protected override async ValueTask<OpenImReply<findUserFullInfoResp>> HandleAsync(OpenImCall call, findUsersReq request, CancellationToken ct)
    {
        if (FoundUsers.Check(request) is { } invalid) return invalid;

        var reply = new findUserFullInfoResp();
        foreach (var account in await FoundUsers.OfAsync(accounts, call.AppId, request, ct))
            reply.Users.Add(ChatUsers.FullOf(account, call.Caller, call.App.Settings.Business!));
        return reply;
    }
}

/// <summary><c>POST /user/find/public</c>: the same without password, phone, email and birthday.</summary>
internal sealed class FindPublic(ChatDoor door, AccountDirectory accounts) : BusinessEndpoint<findUsersReq, findUserPublicInfoResp>("/user/find/public", door)
{
    protected override async ValueTask<OpenImReply<findUserPublicInfoResp>> HandleAsync(OpenImCall call, findUsersReq request, CancellationToken ct)
    {
        if (FoundUsers.Check(request) is { } invalid) return invalid;

        var reply = new findUserPublicInfoResp();
        foreach (var account in await FoundUsers.OfAsync(accounts, call.AppId, request, ct)) reply.Users.Add(ChatUsers.PublicOf(account));
        return reply;
    }
}

internal static class FoundUsers
{
    private const int MaxIds = 1_000;

    public static OpenImError? Check(findUsersReq request) => request.UserIDs.Count switch
    {
        0 => OpenImErrors.Args.With("userIDs is empty"),
        > MaxIds => OpenImErrors.Args.With("userIDs is too long"),
        _ => null,
    };

    /// <summary>In the order of the call.</summary>
    public static async ValueTask<IReadOnlyList<Account>> OfAsync(AccountDirectory accounts, AppId app, findUsersReq request, CancellationToken ct)
    {
        var found = new List<Account>();
        foreach (var userId in request.UserIDs.Distinct())
        {
            if (await accounts.FindAsync(app, new UserId(userId), ct) is { } account) found.Add(account);
        }

        return found;
    }
}
