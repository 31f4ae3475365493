using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/transfer_group</c>: another member becomes the owner.</summary>
internal sealed class TransferGroupEndpoint(TransferGroup transfer) : OpenImEndpoint<TransferGroupOwnerReq, Empty>("/group/transfer_group")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, TransferGroupOwnerReq request, CancellationToken ct)
    {
        if (request.GroupID.Length == 0) return OpenImErrors.Args.With("groupID is empty");
        if (request.OldOwnerUserID.Length == 0) return OpenImErrors.Args.With("oldOwnerUserID is empty");
        if (request.NewOwnerUserID.Length == 0) return OpenImErrors.Args.With("newOwnerUserID is empty");

        var transferred = await transfer.RunAsync(
            call.Caller, new GroupId(request.GroupID), new UserId(request.OldOwnerUserID), new UserId(request.NewOwnerUserID), ct);
        if (transferred.TryGet(out _, out var refusal)) return new Empty();
        return refusal.Condition == Condition.NotGroupMember ? OpenImErrors.NoPermission.With("not group owner") : refusal;
    }
}
