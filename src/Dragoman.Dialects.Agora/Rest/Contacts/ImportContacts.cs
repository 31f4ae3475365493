using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.Agora.Rest.Contacts;

/// <summary><c>POST /users/{u}/contacts/import</c>: contacts that come from elsewhere, each by himself.</summary>
internal sealed class ImportContacts(ImportFriends import, UserFinder users) : AgoraEndpoint("POST", "/users/{u}/contacts/import", Access.App)
{
    private const int MaxBatch = 10;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.Body.Texts("usernames") is not { Count: > 0 } names) return AgoraErrors.IllegalArgument.With("usernames cannot be blank");
        if (names.Count > MaxBatch) return AgoraErrors.IllegalArgument.With($"request user over flow limit:{MaxBatch}.");

        var isTold = call.Body.Flag("isSendNotice") == true;
        var (done, missing, full, failed) = (new JsonArray(), new JsonArray(), new JsonArray(), new JsonArray());
        foreach (var name in names)
        {
            var friend = await users.NamedAsync(call.App, name, ct);
            var added = await import.RunAsync(
                call.Caller, call.UserIn("u"), [friend], FriendSides.Both, ct, call.App.Settings.Limits.Contacts, isTold);
            if (added.TryGet(out _, out var refusal))
            {
                done.Add(friend.Value);
                continue;
            }

            switch (refusal.Condition)
            {
                case Condition.AccountNotFound:
                    return refusal;
                case Condition.FriendLimitReached:
                    return AgoraErrors.ExceedLimit.With("Inviter's contact max count.");
                case Condition.PeerNotFound:
                    missing.Add(friend.Value);
                    break;
                case Condition.PeerFriendLimitReached:
                    full.Add(friend.Value);
                    break;
                default:
                    failed.Add(friend.Value);
                    break;
            }
        }

        return new()
        {
            Beside = new JsonObject { ["status"] = "ok" },
            Data = new JsonObject { ["UnKnowFailed"] = failed, ["success"] = done, ["NotExistFailed"] = missing, ["maxLimitFailed"] = full },
        };
    }
}
