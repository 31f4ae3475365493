using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Contacts;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;

namespace Dragoman.Dialects.Agora.Rest.Contacts;

/// <summary><c>POST /users/{u}/contacts/apply</c>: asks somebody to be a contact.</summary>
internal sealed class InviteContact(ContactDesk contacts) : AgoraEndpoint("POST", "/users/{u}/contacts/apply", Access.Owner)
{
    private const int MaxNames = 10;
    private const int MaxReason = 1024;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.Body.Texts("usernames") is not { Count: > 0 } names) return AgoraErrors.IllegalArgument.With("usernames cannot be blank");
        if (names.Count > MaxNames) return AgoraErrors.IllegalArgument.With($"request user over flow limit:{MaxNames}.");
        var reason = call.Body.Text("reason") ?? "";
        if (reason.Length > MaxReason) return AgoraErrors.IllegalArgument.With($"reason length must less than {MaxReason}");

        var refusal = await contacts.InviteAsync(call.App, call.Caller, call.UserIn("u"), names, reason, ct);
        return refusal is null ? ContactReplies.Done : ContactReplies.Of(refusal, isAsked: false);
    }
}

/// <summary><c>POST /users/{u}/contacts/accept/users/{f}</c>.</summary>
internal sealed class AcceptContact(ContactDesk contacts) : AgoraEndpoint("POST", "/users/{u}/contacts/accept/users/{f}", Access.Owner)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var refusal = await contacts.AnswerAsync(call.App, call.Caller, call.UserIn("u"), call.UserIn("f"), isYes: true, reason: "", ct);
        return refusal is null ? ContactReplies.Done : ContactReplies.Of(refusal, isAsked: true);
    }
}

/// <summary><c>POST /users/{u}/contacts/decline/users/{f}</c>.</summary>
internal sealed class DeclineContact(ContactDesk contacts) : AgoraEndpoint("POST", "/users/{u}/contacts/decline/users/{f}", Access.Owner)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var refusal = await contacts.AnswerAsync(call.App, call.Caller, call.UserIn("u"), call.UserIn("f"), isYes: false, reason: "", ct);
        return refusal is null ? ContactReplies.Done : refusal;
    }
}

internal static class ContactReplies
{
    public static AgoraReply Done => new() { Data = new JsonObject { ["result"] = true } };

    /// <summary>A list that is full is named after who invited whom; the engine names it after who acts.</summary>
    /// <param name="isAsked">The one who acts was invited.</param>
    public static AgoraReply Of(Refusal refusal, bool isAsked) => refusal.Condition switch
    {
        Condition.FriendLimitReached => Full(isAsked ? "Invitee" : "Inviter"),
        Condition.PeerFriendLimitReached => Full(isAsked ? "Inviter" : "Invitee"),
        _ => refusal,
    };

    private static AgoraError Full(string whose) => AgoraErrors.ExceedLimit.With($"{whose}'s contact max count.");
}
