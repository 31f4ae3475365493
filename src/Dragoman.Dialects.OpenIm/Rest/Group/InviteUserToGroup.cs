using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/invite_user_to_group</c>: brings people in, or asks the group's admins to.</summary>
internal sealed class InviteUserToGroup(InviteMembers invite) : OpenImEndpoint<InviteUserToGroupReq, Empty>("/group/invite_user_to_group")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, InviteUserToGroupReq request, CancellationToken ct)
    {
        if (UserLists.Check(request.GroupID, request.InvitedUserIDs, call.Given.Has("invitedUserIDs"), "invitedUserIDs") is { } invalid)
            return invalid;

        var reach = Reaches.Of(request.HasSendMessage, request.SendMessage);
        var invited = await invite.RunAsync(
            call.Caller, new GroupId(request.GroupID), UserLists.Of(request.InvitedUserIDs), request.Reason, reach, ct);
        if (invited.TryGet(out _, out var refusal)) return new Empty();

        // An operator from outside is "no permission" here, where sending answers 1203.
        return refusal.Condition == Condition.NotGroupMember ? OpenImErrors.NoPermission.With("op user not in group") : refusal;
    }
}
