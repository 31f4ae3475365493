using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.Agora.Rest.Users;

/// <summary><c>GET /users/{u}</c>.</summary>
internal sealed class GetUser(AccountDirectory accounts) : AgoraEndpoint("GET", "/users/{u}", Access.Owner)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct) =>
        await accounts.FindAsync(call.App.Id, call.UserIn("u"), ct) is { } account
            ? new AgoraReply { Entities = [UserEntity.Of(call.App, account)], Count = 1, Path = "/users" }
            : AgoraErrors.UserNotFound;
}

/// <summary><c>GET /users?limit=&amp;cursor=</c>: accounts in the order of their creation.</summary>
internal sealed class ListUsers(IAccountStore store) : AgoraEndpoint("GET", "/users", Access.App)
{
    private const int Usual = 10;
    private const int Most = 100;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (PageCursor.SkipOf(call.Query("cursor")) is not { } skip) return PageCursor.Invalid;
        var limit = call.Limit(Usual, Most);
        var (total, page) = await store.PageAsync(call.App.Id, new AccountQuery("", "", AccountRole.User), skip, limit, ct);
        return new()
        {
            Entities = [.. page.Select(account => UserEntity.Of(call.App, account))],
            Count = page.Count,
            Cursor = PageCursor.After(skip, page.Count, total),
        };
    }
}
