using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Contacts;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Rest.Users;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.Agora.Rest.Contacts;

/// <summary><c>POST /users/{u}/contacts/users/{f}</c>: the app makes two people contacts of each other, without asking them.</summary>
internal sealed class AddContact(ImportFriends import, AccountDirectory accounts) : AgoraEndpoint("POST", "/users/{u}/contacts/users/{f}", Access.App)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var (owner, friend) = (call.UserIn("u"), call.UserIn("f"));
        var added = await import.RunAsync(call.Caller, owner, [friend], FriendSides.Both, ct, call.App.Settings.Limits.Contacts);
        if (added.TryGet(out _, out var refusal)) return await FriendReply.OfAsync(accounts, call.App, owner, friend, "contacts", ct);
        return refusal.Condition is Condition.FriendLimitReached or Condition.PeerFriendLimitReached
            ? AgoraErrors.ExceedLimit.With("user contact number exceed limit")
            : refusal;
    }
}

/// <summary><c>DELETE /users/{u}/contacts/users/{f}</c>: each comes off the other's list.</summary>
internal sealed class DeleteContact(ContactDesk contacts, AccountDirectory accounts) : AgoraEndpoint("DELETE", "/users/{u}/contacts/users/{f}", Access.Owner)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var (owner, friend) = (call.UserIn("u"), call.UserIn("f"));
        if (await accounts.FindAsync(call.App.Id, owner, ct) is null) return AgoraErrors.UserNotFound;
        var refusal = await contacts.RemoveAsync(call.Caller, owner, friend, ct);
        return refusal is null ? await FriendReply.OfAsync(accounts, call.App, owner, friend, "contacts", ct) : refusal;
    }
}

/// <summary><c>DELETE /contacts/users/{u}</c>: a user has no contacts any more, and is nobody's; whom he blocks stays blocked.</summary>
internal sealed class DeleteContacts(ContactDesk contacts, ReadFriends friends, AccountDirectory accounts) : AgoraEndpoint("DELETE", "/contacts/users/{u}", Access.App)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var owner = call.UserIn("u");
        if (await accounts.FindAsync(call.App.Id, owner, ct) is not { } account) return AgoraErrors.UserNotFound;
        var found = await friends.IdsAsync(call.Caller, owner, ct);
        if (!found.TryGet(out var all, out var refusal)) return refusal;
        foreach (var friend in all)
        {
            if (await contacts.RemoveAsync(call.Caller, owner, friend, ct) is { } failed) return failed;
        }

        return new() { Path = $"/users/{UserUuids.Of(call.App, account)}/contacts" };
    }
}

/// <summary><c>PUT /users/{u}/contacts/users/{f}</c>: what the user calls his contact.</summary>
internal class SetContactRemark(RemarkFriend remark, string template) : AgoraEndpoint("PUT", template, Access.Owner)
{
    private const int MaxRemark = 100;

    public SetContactRemark(RemarkFriend remark)
        : this(remark, "/users/{u}/contacts/users/{f}")
    {
    }

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.Body.Text("remark") is not { } name) return AgoraErrors.IllegalArgument.With("remark cannot be null");
        if (name.Length > MaxRemark) return AgoraErrors.IllegalArgument.With($"remark length must less than {MaxRemark}");
        var changed = await remark.RunAsync(call.Caller, call.UserIn("u"), call.UserIn("f"), name, ct);
        return changed.TryGet(out _, out var refusal) ? new AgoraReply { Beside = new JsonObject { ["status"] = "ok" } } : refusal;
    }
}

/// <summary>The same under the path of the vendor's REST reference.</summary>
internal sealed class SetContactRemarkAsApp(RemarkFriend remark) : SetContactRemark(remark, "/user/{u}/contacts/users/{f}");

internal static class FriendReply
{
    /// <param name="list">Whose entry it is: <c>contacts</c> or <c>blocks</c>.</param>
    public static async ValueTask<AgoraReply> OfAsync(AccountDirectory accounts, AgoraApp app, UserId owner, UserId friend, string list, CancellationToken ct)
    {
        var (own, other) = (await accounts.FindAsync(app.Id, owner, ct), await accounts.FindAsync(app.Id, friend, ct));
        return new()
        {
            Path = own is null ? null : $"/users/{UserUuids.Of(app, own)}/{list}",
            Entities = other is null ? [] : [UserEntity.Of(app, other)],
        };
    }
}
