using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.Agora.Rest.Reactions;

/// <summary>Somebody takes a reaction of his back.</summary>
internal sealed class DeleteReaction(RemoveReaction remove, TimeProvider clock) : ReactionEndpoint("DELETE", "/reaction/user/{u}", clock)
{
    protected override async ValueTask<AgoraReply> ServeAsync(AgoraCall call, UserId user, CancellationToken ct)
    {
        if (!TryReadId(call.Query("msgId"), out var id)) return Illegal;
        var removed = await remove.RunAsync(call.Caller, user, id, call.Query("message") ?? "", ct);
        return removed.TryGet(out _, out var refusal) ? Ok() : ErrorOf(refusal);
    }
}
