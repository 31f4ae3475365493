using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/mute_group_member</c>: a member may not speak for some time.</summary>
internal sealed class MuteGroupMember(MuteMembers mute, TimeProvider clock) : OpenImEndpoint<MuteGroupMemberReq, Empty>("/group/mute_group_member")
{
    protected override ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, MuteGroupMemberReq request, CancellationToken ct)
    {
        if (request.GroupID.Length == 0) return Answer(OpenImErrors.Args.With("groupID is empty"));
        if (request.UserID.Length == 0) return Answer(OpenImErrors.Args.With("userID is empty"));
        if (request.MutedSeconds == 0) return Answer(OpenImErrors.Args.With("mutedSeconds is empty"));

        var until = clock.GetUtcNow().ToUnixTimeMilliseconds() + (request.MutedSeconds * 1000L);
        return MuteAsync(mute, call, request.GroupID, request.UserID, until, ct);
    }

    public static async ValueTask<OpenImReply<Empty>> MuteAsync(
        MuteMembers mute, OpenImCall call, string groupId, string userId, long until, CancellationToken ct)
    {
        var muted = await mute.RunAsync(call.Caller, new GroupId(groupId), [new UserId(userId)], until, ct);
        if (muted.TryGet(out _, out var refusal)) return new Empty();
        return refusal.Condition == Condition.NotGroupMember ? OpenImErrors.NoPermission.With("op user not in group") : refusal;
    }
}

/// <summary><c>POST /group/cancel_mute_group_member</c></summary>
internal sealed class CancelMuteGroupMember(MuteMembers mute) : OpenImEndpoint<CancelMuteGroupMemberReq, Empty>("/group/cancel_mute_group_member")
{
    protected override ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, CancelMuteGroupMemberReq request, CancellationToken ct)
    {
        if (request.GroupID.Length == 0) return Answer(OpenImErrors.Args.With("groupID is empty"));
        if (request.UserID.Length == 0) return Answer(OpenImErrors.Args.With("userID is empty"));
        return MuteGroupMember.MuteAsync(mute, call, request.GroupID, request.UserID, until: 0, ct);
    }
}
