using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.Agora.Rest.Contacts;

/// <summary>What some users are to one.</summary>
internal abstract class CheckRelations(RelationDirectory relations, UserFinder users, AccountDirectory accounts, string template, Relation asked, string yes)
    : AgoraEndpoint("POST", template, Access.App)
{
    private const int MaxBatch = 100;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.Body.Text("username") is not { Length: > 0 } name) return AgoraErrors.IllegalArgument.With("username cannot be blank");
        if (call.Body.Texts("check_list") is not { Count: >= 1 and <= MaxBatch } others)
            return AgoraErrors.IllegalArgument.With($"check_list size must be between 1 and {MaxBatch}");

        var owner = await users.NamedAsync(call.App, name, ct);
        if (await accounts.FindAsync(call.App.Id, owner, ct) is null) return AgoraErrors.UserNotFound;
        var entities = new JsonArray();
        foreach (var other in others)
        {
            var user = await users.NamedAsync(call.App, other, ct);
            var isSo = (await relations.FindAsync(call.App.Id, owner, user, ct) & asked) != 0;
            entities.Add(new JsonObject { ["username"] = user.Value, ["relation"] = isSo ? yes : "not_" + yes });
        }

        return new() { Entities = entities };
    }
}

/// <summary><c>POST /contacts/check</c>.</summary>
internal sealed class CheckContacts(RelationDirectory relations, UserFinder users, AccountDirectory accounts)
    : CheckRelations(relations, users, accounts, "/contacts/check", Relation.HasFriend, "friend");

/// <summary><c>POST /blocks/check</c>.</summary>
internal sealed class CheckBlocks(RelationDirectory relations, UserFinder users, AccountDirectory accounts)
    : CheckRelations(relations, users, accounts, "/blocks/check", Relation.Blocks, "blacklist");
