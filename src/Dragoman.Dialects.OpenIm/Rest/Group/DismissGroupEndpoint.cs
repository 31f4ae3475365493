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

        var dismissed = await dismiss.RunAsync(call.Caller, new GroupId(request.GroupID), isQuiet: request.DeleteMember, ct);
        return dismissed.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}
