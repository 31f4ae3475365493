using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/mute_group</c>: only the owner and the admins speak, until it is lifted.</summary>
internal sealed class MuteGroupEndpoint(MuteGroup mute) : OpenImEndpoint<MuteGroupReq, Empty>("/group/mute_group")
{
    protected override ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, MuteGroupReq request, CancellationToken ct) =>
        MuteAsync(mute, call, request.GroupID, until: long.MaxValue, ct);

    public static async ValueTask<OpenImReply<Empty>> MuteAsync(MuteGroup mute, OpenImCall call, string groupId, long until, CancellationToken ct)
    {
        if (groupId.Length == 0) return OpenImErrors.Args.With("groupID is empty");

        var muted = await mute.RunAsync(call.Caller, new GroupId(groupId), until, ct);
        if (muted.TryGet(out _, out var refusal)) return new Empty();
        return refusal.Condition == Condition.NotGroupMember ? OpenImErrors.NoPermission.With("no group owner or admin") : refusal;
    }
}

/// <summary><c>POST /group/cancel_mute_group</c></summary>
internal sealed class CancelMuteGroup(MuteGroup mute) : OpenImEndpoint<CancelMuteGroupReq, Empty>("/group/cancel_mute_group")
{
    protected override ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, CancelMuteGroupReq request, CancellationToken ct) =>
        MuteGroupEndpoint.MuteAsync(mute, call, request.GroupID, until: 0, ct);
}
