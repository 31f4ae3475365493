using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/kick_group</c>: removes members.</summary>
internal sealed class KickGroup(KickMembers kick) : OpenImEndpoint<KickGroupMemberReq, Empty>("/group/kick_group")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, KickGroupMemberReq request, CancellationToken ct)
    {
        if (GroupRequests.CheckUsers(request.GroupID, request.KickedUserIDs, call.Given.Has("kickedUserIDs"), "kickedUserIDs") is { } invalid)
            return invalid;

        var kicked = await kick.RunAsync(
            call.Caller, new GroupId(request.GroupID), [.. request.KickedUserIDs.Select(id => new UserId(id))], ct);
        if (kicked.TryGet(out _, out var refusal)) return new Empty();
        return refusal.Condition == Condition.NotGroupMember ? OpenImErrors.NoPermission.With("op user not in group") : refusal;
    }
}
