using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/dismiss_group</c>: ends a group; with <c>deleteMember</c> nobody is told.</summary>
internal sealed class DismissGroupEndpoint(DismissGroup dismiss) : OpenImEndpoint<DismissGroupReq, Empty>("/group/dismiss_group")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, DismissGroupReq request, CancellationToken ct)
    {
        if (request.GroupID.Length == 0) return OpenImErrors.Args.With("groupID is empty");

        var reach = request.DeleteMember ? NoticeReach.Nobody : Reaches.Of(request.HasSendMessage, request.SendMessage);
        var dismissed = await dismiss.RunAsync(call.Caller, new GroupId(request.GroupID), reach, ct);
        if (dismissed.TryGet(out _, out var refusal)) return new Empty();
        return refusal.Condition == Condition.NotGroupMember ? OpenImErrors.NoPermission.With("not group owner") : refusal;
    }
}
