using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Relations;
using Dragoman.Engine.Sessions;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

/// <summary><c>POST /friend/add_black</c>: messages of this user are refused from now on; a friend stays a friend.</summary>
internal sealed class AddBlack(BlockUser block, ISessionDirectory sessions) : OpenImEndpoint<addBlackReq, Empty>("/friend/add_black")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, addBlackReq request, CancellationToken ct)
    {
        if (request.OwnerUserID.Length == 0) return OpenImErrors.Args.With("ownerUserID is empty");
        if (request.BlackUserID.Length == 0) return OpenImErrors.Args.With("blackUserID is empty");

        var blocked = await block.RunAsync(
            call.CallerOnHisDevice(sessions), new UserId(request.OwnerUserID), new UserId(request.BlackUserID), request.Ex, endsFriendship: false, ct);
        return blocked.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}
