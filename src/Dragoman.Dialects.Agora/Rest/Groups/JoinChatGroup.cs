using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Rest.Shared;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.Agora.Rest.Groups;

/// <summary>How the requests about coming in are answered.</summary>
internal static class JoinAnswers
{
    public static AgoraReply Of(string action, GroupId group, UserId user, string? reason = null)
    {
        var data = new JsonObject { ["action"] = action, ["id"] = group.Value, ["result"] = true, ["user"] = user.Value };
        if (reason is { Length: > 0 }) data["reason"] = reason;
        return new() { Data = data };
    }
}

/// <summary><c>POST /chatgroups/{g}/apply</c>: the client's user wants in.</summary>
internal sealed class ApplyToChatGroup(ApplyToGroup apply) : GroupEndpoint("POST", "/chatgroups/{g}/apply")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var applied = await apply.RunAsync(call.Caller, call.Caller.User, group, call.Body.Text("message") ?? "", JoinSource.Search, extra: "", ct);
        return applied.TryGet(out _, out var refusal) ? JoinAnswers.Of("apply", group, call.Caller.User) : Refuse(call, refusal);
    }
}

/// <summary><c>POST /chatgroups/{g}/apply_verify</c>: an application is accepted or refused.</summary>
internal sealed class VerifyApplication(AnswerApplication answer, NameLists names) : GroupEndpoint("POST", "/chatgroups/{g}/apply_verify")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        if (call.Body.Text("applicant") is not { Length: > 0 } name) return AgoraErrors.InvalidParameter.With("applicant must be provided");
        if (call.Body.Flag("verifyResult") is not { } isAccepted) return AgoraErrors.InvalidParameter.With("verifyResult must be provided");

        var applicant = await names.OneAsync(call, name, ct);
        var answered = await answer.RunAsync(call.Caller, group, applicant, isAccepted, call.Body.Text("reason") ?? "", ct);
        return answered.TryGet(out _, out var refusal) ? JoinAnswers.Of("apply_verify", group, applicant) : Refuse(call, refusal);
    }
}

/// <summary><c>POST /chatgroups/{g}/invite</c>: brings people in, or asks them to come.</summary>
internal sealed class InviteToChatGroup(InviteMembers invite, NameLists names) : GroupEndpoint("POST", "/chatgroups/{g}/invite")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var (users, invalid) = await names.InBodyAsync(call, $"usernames size is more than max limit : {NameLists.Most}", ct);
        if (invalid is not null) return invalid;

        var invited = await invite.RunAsync(call.Caller, group, users, call.Body.Text("msg") ?? "", NoticeReach.Timeline, ct, BatchMode.EachAlone);
        if (invited.TryGet(out var done, out var refusal))
            return new AgoraReply { Data = new MemberAnswers("invite", "id", group.Value).List(done.Items, item => ReasonOf(item.Refusal!, group)) };

        // Words that three versions of the SDK, which look for different ones, all understand.
        return refusal.Condition == Condition.AlreadyGroupMember
            ? AgoraErrors.Forbidden.With($"invite users to join group failed, reason:user: {refusal.Subject} already in group: {group}, joined:true")
            : Refuse(call, refusal);
    }

    private static string ReasonOf(Refusal refusal, GroupId group) => refusal.Condition switch
    {
        Condition.AccountNotFound => $"user {refusal.Subject} doesn't exist.",
        Condition.AlreadyGroupMember => $"user: {refusal.Subject} already in group: {group}",
        _ => GroupErrors.Of(refusal, group).Description,
    };
}

/// <summary><c>POST /chatgroups/{g}/invite_verify</c>: who was asked says yes or no.</summary>
internal sealed class VerifyInvitation(AnswerInvitation answer, NameLists names) : GroupEndpoint("POST", "/chatgroups/{g}/invite_verify")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        if (call.Body.Flag("verifyResult") is not { } isAccepted) return AgoraErrors.InvalidParameter.With("verifyResult must be provided");

        var invitee = call.Body.Text("invitee") is { Length: > 0 } name ? await names.OneAsync(call, name, ct) : call.Caller.User;
        var answered = await answer.RunAsync(call.Caller, group, invitee, isAccepted, call.Body.Text("reason") ?? "", ct);
        return answered.TryGet(out _, out var refusal) ? JoinAnswers.Of("invite_verify", group, invitee) : Refuse(call, refusal);
    }
}
