using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary>
/// <c>POST /group/join_group</c>: somebody comes into an open group, or applies to another one. The applicant is <c>inviterUserID</c>.
/// </summary>
internal sealed class JoinGroupEndpoint(ApplyToGroup apply) : OpenImEndpoint<JoinGroupReq, Empty>("/group/join_group")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, JoinGroupReq request, CancellationToken ct)
    {
        if (request.GroupID.Length == 0) return OpenImErrors.Args.With("groupID is empty");
        if (request.JoinSource is < 1 or > 4) return OpenImErrors.Args.With("joinSource is invalid");
        if (request.InviterUserID.Length == 0 && request.JoinSource == (int)JoinSource.Invitation)
            return OpenImErrors.Args.With("inviterUserID is empty");

        var applicant = request.InviterUserID.Length > 0 ? request.InviterUserID : call.Caller.User.Value;
        if (call.Access(applicant) is { } denied) return denied;

        var applied = await apply.RunAsync(
            call.Caller, new UserId(applicant), new GroupId(request.GroupID), request.ReqMessage, (JoinSource)request.JoinSource, request.Ex, ct);
        return applied.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}
