using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/quit_group</c>: a member leaves.</summary>
internal sealed class QuitGroup(LeaveGroup leave) : OpenImEndpoint<QuitGroupReq, Empty>("/group/quit_group")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, QuitGroupReq request, CancellationToken ct)
    {
        if (request.GroupID.Length == 0) return OpenImErrors.Args.With("groupID is empty");
        var user = request.UserID.Length > 0 ? request.UserID : call.Caller.User.Value;
        if (call.Access(user) is { } denied) return denied;

        var left = await leave.RunAsync(call.Caller, new UserId(user), new GroupId(request.GroupID), ct);
        if (left.TryGet(out _, out var refusal)) return new Empty();
        return refusal.Condition == Condition.NotGroupMember ? OpenImErrors.RecordNotFound.With("group member not found") : refusal;
    }
}
