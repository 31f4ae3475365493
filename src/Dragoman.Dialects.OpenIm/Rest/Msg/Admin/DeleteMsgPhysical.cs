using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.OpenIm.Rest.Msg.Admin;

/// <summary><c>POST /msg/delete_msg_phsical_by_seq</c> (sic): named messages are gone for everybody; nobody is told.</summary>
internal sealed class DeleteMsgPhysicalBySeq(RemoveFromSight remove, NamedConversations conversations)
    : OpenImEndpoint<DeleteMsgPhysicalBySeqReq, Empty>("/msg/delete_msg_phsical_by_seq")
{
    private const int MaxSeqs = 1_000;

    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, DeleteMsgPhysicalBySeqReq request, CancellationToken ct)
    {
        if (request.ConversationID.Length == 0) return OpenImErrors.Args.With("conversationID is empty");
        if (request.Seqs.Count == 0) return OpenImErrors.Args.With("seqs is empty");
        if (request.Seqs.Count > MaxSeqs) return OpenImErrors.Args.With("seqs is too long");
        if (call.AdminOnly() is { } denied) return denied;
        if (await conversations.FindAsync(call.AppId, request.ConversationID, ct) is not { } key)
            return OpenImErrors.RecordNotFound.With("conversation not found");

        var erased = await remove.EraseAsync(call.Caller, call.Caller.User, key, request.Seqs, ct, isQuiet: true);
        return erased.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}

/// <summary><c>POST /msg/delete_msg_physical</c>: all that was said in these conversations before a time is gone; nobody is told.</summary>
internal sealed class DeleteMsgPhysical(RemoveFromSight remove, NamedConversations conversations)
    : OpenImEndpoint<DeleteMsgPhysicalReq, Empty>("/msg/delete_msg_physical")
{
    private const int MaxConversations = 1_000;

    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, DeleteMsgPhysicalReq request, CancellationToken ct)
    {
        if (request.ConversationIDs.Count == 0) return OpenImErrors.Args.With("conversationIDs is empty");
        if (request.ConversationIDs.Count > MaxConversations) return OpenImErrors.Args.With("conversationIDs is too long");
        if (call.AdminOnly() is { } denied) return denied;

        foreach (var id in request.ConversationIDs)
        {
            if (await conversations.FindAsync(call.AppId, id, ct) is not { } key) continue;
            var erased = await remove.EraseOldAsync(call.Caller, key, request.Timestamp, ct);
            if (!erased.TryGet(out _, out var refusal)) return refusal;
        }

        return new Empty();
    }
}
