using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.Agora.Rest.Contacts;

/// <summary><c>GET /users/{u}/contacts/users</c>: all contacts, by name or with what the user calls them.</summary>
internal sealed class ListContacts(ReadFriends friends, AccountDirectory accounts) : AgoraEndpoint("GET", "/users/{u}/contacts/users", Access.Owner)
{
    private const int Most = 3_000;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var owner = call.UserIn("u");
        if (await accounts.FindAsync(call.App.Id, owner, ct) is null) return AgoraErrors.UserNotFound;
        var found = await friends.PageAsync(call.Caller, owner, skip: 0, Most, ct);
        if (!found.TryGet(out var page, out var refusal)) return refusal;
        if (call.Query("needReturnRemark") != "true")
            return new() { Data = new JsonArray([.. page.Items.Select(friend => (JsonNode)friend.Friend.Value)]), Count = page.Items.Count };

        return new() { Entities = ContactList.Of(page.Items), Data = ContactList.Of(page.Items), Count = page.Items.Count };
    }
}

/// <summary><c>GET /users/{u}/contacts</c>: contacts in pages.</summary>
internal class PageContacts(ReadFriends friends, AccountDirectory accounts, string template) : AgoraEndpoint("GET", template, Access.Owner)
{
    private const int Usual = 10;
    private const int Most = 50;

    public PageContacts(ReadFriends friends, AccountDirectory accounts)
        : this(friends, accounts, "/users/{u}/contacts")
    {
    }

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var owner = call.UserIn("u");
        var limit = call.Limit(Usual, int.MaxValue);
        if (limit > Most) return AgoraErrors.IllegalArgument.With($"getContacts | page size more than max limit : {Most}");
        if (PageCursor.SkipOf(call.Query("cursor")) is not { } skip) return PageCursor.Invalid;
        if (await accounts.FindAsync(call.App.Id, owner, ct) is null) return AgoraErrors.UserNotFound;
        var found = await friends.PageAsync(call.Caller, owner, skip, limit, ct);
        if (!found.TryGet(out var page, out var refusal)) return refusal;

        var data = new JsonObject { ["contacts"] = ContactList.Of(page.Items) };
        if (PageCursor.After(skip, page.Items.Count, page.Total) is { } cursor) data["cursor"] = cursor;
        return new() { Data = data, Count = page.Items.Count };
    }
}

/// <summary>The same under the path of the vendor's REST reference.</summary>
internal sealed class PageContactsAsApp(ReadFriends friends, AccountDirectory accounts) : PageContacts(friends, accounts, "/user/{u}/contacts");

internal static class ContactList
{
    public static JsonArray Of(IReadOnlyList<Friendship> friends) => new([.. friends.Select(friend => (JsonNode)new JsonObject
    {
        ["username"] = friend.Friend.Value,
        ["remark"] = friend.Remark.Length > 0 ? friend.Remark : null,
    })]);
}
