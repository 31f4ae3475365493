using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/group_application_response</c>: an admin accepts or refuses who applied.</summary>
internal sealed class GroupApplicationResponse(AnswerApplication answer)
    : OpenImEndpoint<GroupApplicationResponseReq, Empty>("/group/group_application_response")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(
        OpenImCall call, GroupApplicationResponseReq request, CancellationToken ct)
    {
        if (request.GroupID.Length == 0) return OpenImErrors.Args.With("groupID is empty");
        if (request.FromUserID.Length == 0) return OpenImErrors.Args.With("fromUserID is empty");
        if (GroupRequests.StateOf(request.HandleResult) is not (ApplicationState.Accepted or ApplicationState.Refused))
            return OpenImErrors.Args.With("HandleResult unknown");

        var answered = await answer.RunAsync(
            call.Caller, new GroupId(request.GroupID), new UserId(request.FromUserID), isAccepted: request.HandleResult == 1, request.HandledMsg, ct);
        if (answered.TryGet(out _, out var refusal)) return new Empty();
        return refusal.Condition == Condition.NotGroupMember ? OpenImErrors.RecordNotFound.With("group member not found") : refusal;
    }
}
