using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;

namespace Dragoman.Dialects.OpenIm.Rest.Conversation;

/// <summary><c>POST /conversation/update_conversations_by_user</c>: one extension for all conversations of a user.</summary>
internal sealed class UpdateConversationsByUser(ConfigureConversation configure, ConversationLists lists)
    : OpenImEndpoint<UpdateConversationsByUserReq, Empty>("/conversation/update_conversations_by_user")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(
        OpenImCall call, UpdateConversationsByUserReq request, CancellationToken ct)
    {
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (call.Access(request.UserID) is { } denied) return denied;
        if (request.Ex is null) return new Empty();

        ConversationKey[] keys = [.. (await lists.OfAsync(call.AppId, request.UserID, ct)).Select(c => c.State.Conversation)];
        var done = await configure.AllAsync(call.Caller, new UserId(request.UserID), keys, new ConversationSettings(Extra: request.Ex.Value), ct);
        return done.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}
