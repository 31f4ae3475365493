using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

/// <summary><c>POST /friend/remove_black</c>: who is not on the list is off it without a word.</summary>
internal sealed class RemoveBlack(UnblockUser unblock) : OpenImEndpoint<removeBlackReq, Empty>("/friend/remove_black")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, removeBlackReq request, CancellationToken ct)
    {
        if (request.OwnerUserID.Length == 0) return OpenImErrors.Args.With("ownerUserID is empty");
        if (request.BlackUserID.Length == 0) return OpenImErrors.Args.With("blackUserID is empty");

        var unblocked = await unblock.RunAsync(call.Caller, new UserId(request.OwnerUserID), new UserId(request.BlackUserID), ct);
        return unblocked.TryGet(out _, out var refusal) || refusal.Condition == Condition.NotBlocked ? new Empty() : refusal;
    }
}
