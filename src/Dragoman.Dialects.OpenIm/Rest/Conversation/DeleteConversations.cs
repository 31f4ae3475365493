using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;

namespace Dragoman.Dialects.OpenIm.Rest.Conversation;

/// <summary><c>POST /conversation/delete_conversations</c>: takes conversations off a user's list, by id or by age.</summary>
internal sealed class DeleteConversations(ForgetConversations forget, ConversationLists lists, TimeProvider clock)
    : OpenImEndpoint<DeleteConversationsReq, Empty>("/conversation/delete_conversations")
{
    private const int MaxConversations = 1_000;

    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, DeleteConversationsReq request, CancellationToken ct)
    {
        if (request.OwnerUserID.Length == 0) return OpenImErrors.Args.With("ownerUserID is empty");
        if ((request.NeedDeleteTime == 0) == (request.ConversationIDs.Count == 0))
            return OpenImErrors.Args.With("exactly one of needDeleteTime and conversationIDs is needed");
        if (request.NeedDeleteTime is < 0 or > 36_500) return OpenImErrors.Args.With("needDeleteTime is invalid");
        if (request.ConversationIDs.Count > MaxConversations) return OpenImErrors.Args.With("conversationIDs is too long");
        if (call.Access(request.OwnerUserID) is { } denied) return denied;

        var owner = new UserId(request.OwnerUserID);
        IReadOnlyList<ConversationKey> gone = request.ConversationIDs.Count > 0
            ? [.. request.ConversationIDs.Select(id => ConversationIds.Parse(call.AppId, owner, id)).OfType<ConversationKey>()]
            : await OldAsync(call, request, ct);
        var done = await forget.RunAsync(call.Caller, owner, gone, ct);
        return done.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }

    /// <summary>Those in which nothing was said for so many days; pinned ones stay.</summary>
    private async ValueTask<ConversationKey[]> OldAsync(OpenImCall call, DeleteConversationsReq request, CancellationToken ct)
    {
        var before = clock.GetUtcNow().AddDays(-request.NeedDeleteTime).ToUnixTimeMilliseconds();
        var all = await lists.OfAsync(call.AppId, request.OwnerUserID, ct);
        return [.. all.Where(c => !c.State.IsPinned && c.Ends.TimelineAt < before).Select(c => c.State.Conversation)];
    }
}
