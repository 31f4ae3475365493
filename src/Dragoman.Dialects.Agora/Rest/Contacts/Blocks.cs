using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Contacts;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.Agora.Rest.Contacts;

/// <summary><c>POST /users/{u}/blocks/users</c>: these may neither write to the user nor ask to be his contacts.</summary>
internal class AddBlocks(ContactDesk contacts, string template) : AgoraEndpoint("POST", template, Access.Owner)
{
    private const int MaxNames = 500;

    public AddBlocks(ContactDesk contacts)
        : this(contacts, "/users/{u}/blocks/users")
    {
    }

    public override int CallsPerSecond => 50;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.Body.Texts("usernames") is not { Count: > 0 and <= MaxNames } names) return AgoraErrors.IllegalArgument.With("usernames cannot be blank");
        var blocked = await contacts.BlockAsync(call.App, call.Caller, call.UserIn("u"), names, ct);
        return blocked.TryGet(out var users, out var refusal) ? BlockLists.Of(users) : refusal;
    }
}

/// <summary><c>POST /sdk/user/{u}/blocks</c>: the same from clients.</summary>
internal sealed class AddBlocksFromClient(ContactDesk contacts) : AddBlocks(contacts, "/sdk/user/{u}/blocks");

/// <summary><c>DELETE /sdk/user/{u}/blocks</c>: the client's user wants to hear from these again.</summary>
internal sealed class RemoveBlocksFromClient(ContactDesk contacts) : AgoraEndpoint("DELETE", "/sdk/user/{u}/blocks", Access.Owner)
{
    private const int MaxNames = 500;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.Body.Texts("usernames") is not { Count: > 0 and <= MaxNames } names) return AgoraErrors.IllegalArgument.With("usernames cannot be blank");
        var freed = await contacts.UnblockAsync(call.App, call.Caller, call.UserIn("u"), names, ct);
        return freed.TryGet(out var users, out var refusal) ? BlockLists.Of(users) : refusal;
    }
}

/// <summary><c>DELETE /users/{u}/blocks/users/{f}</c>.</summary>
internal sealed class RemoveBlock(ContactDesk contacts, AccountDirectory accounts) : AgoraEndpoint("DELETE", "/users/{u}/blocks/users/{f}", Access.Owner)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var (owner, other) = (call.UserIn("u"), call.UserIn("f"));
        if (await accounts.FindAsync(call.App.Id, owner, ct) is null) return AgoraErrors.UserNotFound;
        var freed = await contacts.UnblockAsync(call.App, call.Caller, owner, [other.Value], ct);
        return freed.TryGet(out _, out var refusal) ? await FriendReply.OfAsync(accounts, call.App, owner, other, "blocks", ct) : refusal;
    }
}

/// <summary><c>GET /users/{u}/blocks/users?pageSize=&amp;cursor=</c>: whom the user has blocked, the newest first.</summary>
internal sealed class ListBlocks(ReadBlocks blocks, AccountDirectory accounts) : AgoraEndpoint("GET", "/users/{u}/blocks/users", Access.Owner)
{
    private const int Most = 50;
    private const int AtOnce = 500;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var owner = call.UserIn("u");
        var size = AtOnce;
        var isPaged = call.Query("pageSize") is not null || call.Query("cursor") is not null;
        if (isPaged && (!int.TryParse(call.Query("pageSize") ?? "10", CultureInfo.InvariantCulture, out size) || size is < 1 or > Most))
            return AgoraErrors.IllegalArgument.With($"pageSize must be between 1 and {Most}");
        if (PageCursor.SkipOf(call.Query("cursor")) is not { } skip) return PageCursor.Invalid;
        if (await accounts.FindAsync(call.App.Id, owner, ct) is null) return AgoraErrors.UserNotFound;

        // The list is kept in the other order: the page is counted from its end.
        var counted = await blocks.PageAsync(call.Caller, owner, long.MaxValue, take: 0, ct);
        if (!counted.TryGet(out var all, out var refusal)) return refusal;
        var end = Math.Max(0, all.Total - skip);
        var start = Math.Max(0, end - size);
        var read = await blocks.PageAsync(call.Caller, owner, start, (int)(end - start), ct);
        if (!read.TryGet(out var page, out refusal)) return refusal;

        var reply = BlockLists.Of([.. page.Items.Reverse().Select(block => block.Blocked)]);
        return reply with { Count = page.Items.Count, Cursor = isPaged ? PageCursor.After(skip, page.Items.Count, all.Total) : null };
    }
}

internal static class BlockLists
{
    public static AgoraReply Of(IReadOnlyList<UserId> users) => new() { Data = new JsonArray([.. users.Select(user => (JsonNode)user.Value)]) };
}
