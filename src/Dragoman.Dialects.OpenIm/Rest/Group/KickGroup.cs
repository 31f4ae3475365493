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
        if (UserLists.Check(request.GroupID, request.KickedUserIDs, call.Given.Has("kickedUserIDs"), "kickedUserIDs") is { } invalid)
            return invalid;

        var reach = Reaches.Of(request.HasSendMessage, request.SendMessage);
        var kicked = await kick.RunAsync(
            call.Caller, new GroupId(request.GroupID), UserLists.Of(request.KickedUserIDs), request.Reason, reach, ct);
        if (kicked.TryGet(out _, out var refusal)) return new Empty();
        return refusal.Condition == Condition.NotGroupMember ? OpenImErrors.NoPermission.With("op user not in group") : refusal;
    }
}
