using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.Agora.Rest.Users;

/// <summary><c>DELETE /users/{u}</c>: the groups that the user owns go with him, and his clients are told (207).</summary>
internal sealed class DeleteUser(DeleteAccount delete) : AgoraEndpoint("DELETE", "/users/{u}", Access.App)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var deleted = await delete.RunAsync(call.Caller, call.UserIn("u"), OwnedGroups.Dismiss, ct);
        return deleted.TryGet(out var account, out var refusal)
            ? new AgoraReply { Entities = [UserEntity.Of(call.App, account)], Path = "/users" }
            : refusal;
    }
}

/// <summary><c>DELETE /users?limit=&amp;cursor=</c>: the oldest accounts.</summary>
internal sealed class DeleteUsers(DeleteAccount delete, IAccountStore store) : AgoraEndpoint("DELETE", "/users", Access.App)
{
    private const int Usual = 10;
    private const int Most = 100;

    public override int CallsPerSecond => 30;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (PageCursor.SkipOf(call.Query("cursor")) is not { } skip) return PageCursor.Invalid;
        var (total, page) = await store.PageAsync(call.App.Id, new AccountQuery("", "", AccountRole.User), skip, call.Limit(Usual, Most), ct);
        var entities = new JsonArray();
        foreach (var account in page)
        {
            var deleted = await delete.RunAsync(call.Caller, account.Id, OwnedGroups.Dismiss, ct);
            if (deleted.TryGet(out var gone, out var refusal)) entities.Add(UserEntity.Of(call.App, gone));
            else if (refusal.Condition != Condition.AccountNotFound) return refusal;
        }

        // Those are gone: the next page begins where this one did.
        return new() { Entities = entities, Count = entities.Count, Cursor = skip + page.Count < total ? PageCursor.At(skip) : null };
    }
}
