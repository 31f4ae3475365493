using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.OpenIm.Rest.Msg;

/// <summary><c>POST /msg/mark_conversation_as_read</c></summary>
internal sealed class MarkConversationAsRead(MarkRead mark) : OpenImEndpoint<MarkConversationAsReadReq, Empty>("/msg/mark_conversation_as_read")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(
        OpenImCall call, MarkConversationAsReadReq request, CancellationToken ct)
    {
        if (request.ConversationID.Length == 0) return OpenImErrors.Args.With("conversationID is empty");
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (request.HasReadSeq < 1) return OpenImErrors.Args.With("hasReadSeq is invalid");
        if (request.Seqs.Contains(0)) return OpenImErrors.Args.With("seqs is invalid");
        if (call.Access(request.UserID) is { } denied) return denied;
        if (MsgRoutes.CheckReceipts(call, request.ConversationID) is { } disabled) return disabled;

        return await MsgRoutes.MarkAsync(mark, call, request.UserID, request.ConversationID, request.HasReadSeq, request.Seqs, isQuiet: false, ct);
    }
}

/// <summary><c>POST /msg/mark_msgs_as_read</c></summary>
internal sealed class MarkMsgsAsRead(MarkRead mark) : OpenImEndpoint<MarkMsgsAsReadReq, Empty>("/msg/mark_msgs_as_read")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, MarkMsgsAsReadReq request, CancellationToken ct)
    {
        if (request.ConversationID.Length == 0) return OpenImErrors.Args.With("conversationID is empty");
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (request.Seqs.Count == 0) return OpenImErrors.Args.With("seqs is empty");
        if (request.Seqs.Any(seq => seq < 1)) return OpenImErrors.Args.With("seqs is invalid");
        if (call.Access(request.UserID) is { } denied) return denied;
        if (MsgRoutes.CheckReceipts(call, request.ConversationID) is { } disabled) return disabled;

        return await MsgRoutes.MarkAsync(mark, call, request.UserID, request.ConversationID, request.Seqs.Max(), request.Seqs, isQuiet: false, ct);
    }
}

/// <summary><c>POST /msg/set_conversation_has_read_seq</c>: moves the position without telling the other side.</summary>
internal sealed class SetConversationHasReadSeq(MarkRead mark)
    : OpenImEndpoint<SetConversationHasReadSeqReq, Empty>("/msg/set_conversation_has_read_seq")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(
        OpenImCall call, SetConversationHasReadSeqReq request, CancellationToken ct)
    {
        if (request.ConversationID.Length == 0) return OpenImErrors.Args.With("conversationID is empty");
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (request.HasReadSeq < 1) return OpenImErrors.Args.With("hasReadSeq is invalid");
        if (call.Access(request.UserID) is { } denied) return denied;

        return await MsgRoutes.MarkAsync(mark, call, request.UserID, request.ConversationID, request.HasReadSeq, [], isQuiet: true, ct);
    }
}

/// <summary><c>POST /msg/revoke_msg</c></summary>
internal sealed class RevokeMsg(RecallMessage recall) : OpenImEndpoint<RevokeMsgReq, Empty>("/msg/revoke_msg")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, RevokeMsgReq request, CancellationToken ct)
    {
        if (request.ConversationID.Length == 0) return OpenImErrors.Args.With("conversationID is empty");
        if (request.Seq < 1) return OpenImErrors.Args.With("seq is invalid");
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (call.Access(request.UserID) is { } denied) return denied;

        var user = new UserId(request.UserID);
        if (ConversationIds.Parse(call.AppId, user, request.ConversationID) is not { } key)
            return OpenImErrors.RecordNotFound.With("msg not found");

        var recalled = await recall.RunAsync(call.Caller, user, key, request.Seq, ct);
        return recalled.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}

/// <summary><c>POST /msg/delete_msgs</c>: out of the user's own sight, or out of everybody's.</summary>
internal sealed class DeleteMsgs(RemoveFromSight remove) : OpenImEndpoint<DeleteMsgsReq, Empty>("/msg/delete_msgs")
{
    private const int MaxSeqs = 1_000;

    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, DeleteMsgsReq request, CancellationToken ct)
    {
        if (request.ConversationID.Length == 0) return OpenImErrors.Args.With("conversationID is empty");
        if (request.Seqs.Count == 0) return OpenImErrors.Args.With("seqs is empty");
        if (request.Seqs.Count > MaxSeqs) return OpenImErrors.Args.With("seqs is too long");
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (call.Access(request.UserID) is { } denied) return denied;

        var user = new UserId(request.UserID);
        if (ConversationIds.Parse(call.AppId, user, request.ConversationID) is not { } key)
            return OpenImErrors.RecordNotFound.With("conversation not found");

        var done = request.DeleteSyncOpt?.IsSyncOther == true
            ? await remove.EraseAsync(call.Caller, user, key, request.Seqs, ct)
            : await remove.HideAsync(call.Caller, user, key, request.Seqs, request.DeleteSyncOpt?.IsSyncSelf == true, ct);
        return done.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}

/// <summary><c>POST /msg/clear_conversation_msg</c>: empties conversations for one user.</summary>
internal sealed class ClearConversationMsg(ClearConversations clear)
    : OpenImEndpoint<ClearConversationsMsgReq, Empty>("/msg/clear_conversation_msg")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(
        OpenImCall call, ClearConversationsMsgReq request, CancellationToken ct)
    {
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (!call.Given.Has("conversationIDs")) return OpenImErrors.Args.With("conversationIDs is empty");
        if (call.Access(request.UserID) is { } denied) return denied;

        var user = new UserId(request.UserID);
        ConversationKey[] keys = [.. request.ConversationIDs
            .Select(id => ConversationIds.Parse(call.AppId, user, id))
            .OfType<ConversationKey>()];
        var cleared = await clear.RunAsync(call.Caller, user, keys, MsgRoutes.TellsDevices(request.DeleteSyncOpt), request.DeleteSyncOpt?.IsSyncOther == true, ct);
        return cleared.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}

/// <summary><c>POST /msg/user_clear_all_msg</c>: empties all conversations of a user.</summary>
internal sealed class UserClearAllMsg(ClearConversations clear, UserConversations conversations)
    : OpenImEndpoint<UserClearAllMsgReq, Empty>("/msg/user_clear_all_msg")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, UserClearAllMsgReq request, CancellationToken ct)
    {
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (call.Access(request.UserID) is { } denied) return denied;

        var user = new UserId(request.UserID);
        var all = await conversations.ListAsync(call.AppId, user, ct);
        var cleared = await clear.RunAsync(
            call.Caller, user, [.. all.Select(c => c.State.Conversation).Where(key => key.Kind != ConversationKind.Topic)], MsgRoutes.TellsDevices(request.DeleteSyncOpt), request.DeleteSyncOpt?.IsSyncOther == true, ct);
        return cleared.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}

/// <summary><c>POST /msg/get_server_time</c></summary>
internal sealed class GetServerTime(TimeProvider clock) : OpenImEndpoint<Empty, GetServerTimeResp>("/msg/get_server_time")
{
    protected override ValueTask<OpenImReply<GetServerTimeResp>> HandleAsync(OpenImCall call, Empty request, CancellationToken ct) =>
        Answer(new GetServerTimeResp { ServerTime = clock.GetUtcNow().ToUnixTimeMilliseconds() });
}

/// <summary><c>POST /msg/newest_seq</c>: as request 1001 of the long connection.</summary>
internal sealed class NewestSeq(SeqReads reads) : OpenImEndpoint<GetMaxSeqReq, GetMaxSeqResp>("/msg/newest_seq")
{
    protected override async ValueTask<OpenImReply<GetMaxSeqResp>> HandleAsync(OpenImCall call, GetMaxSeqReq request, CancellationToken ct)
    {
        if (call.Access(request.UserID) is { } denied) return denied;
        return await reads.MaxSeqsAsync(call.AppId, new UserId(request.UserID), ct);
    }
}

/// <summary><c>POST /msg/pull_msg_by_seq</c>: as request 1002 of the long connection.</summary>
internal sealed class PullMsgBySeq(MessagePulls pulls) : OpenImEndpoint<PullMessageBySeqsReq, PullMessageBySeqsResp>("/msg/pull_msg_by_seq")
{
    protected override async ValueTask<OpenImReply<PullMessageBySeqsResp>> HandleAsync(
        OpenImCall call, PullMessageBySeqsReq request, CancellationToken ct)
    {
        if (call.Access(request.UserID) is { } denied) return denied;
        return await pulls.ByRangeAsync(call.AppId, new UserId(request.UserID), request, ct);
    }
}

/// <summary><c>POST /msg/get_conversations_has_read_and_max_seq</c>: as request 1006 of the long connection.</summary>
internal sealed class GetConversationsHasReadAndMaxSeq(SeqReads reads)
    : OpenImEndpoint<GetConversationsHasReadAndMaxSeqReq, GetConversationsHasReadAndMaxSeqResp>("/msg/get_conversations_has_read_and_max_seq")
{
    protected override async ValueTask<OpenImReply<GetConversationsHasReadAndMaxSeqResp>> HandleAsync(
        OpenImCall call, GetConversationsHasReadAndMaxSeqReq request, CancellationToken ct)
    {
        if (call.Access(request.UserID) is { } denied) return denied;
        return await reads.HasReadAndMaxAsync(call.AppId, new UserId(request.UserID), request, ct);
    }
}

/// <summary>What the routes of this file share.</summary>
internal static class MsgRoutes
{
    public static OpenImError? CheckReceipts(OpenImCall call, string conversationId) =>
        SendLicence.CheckReceipt(call.App, ConversationIds.IsGroup(conversationId) ? Conversations.GroupChat : Conversations.SingleChat);

    public static async ValueTask<OpenImReply<Empty>> MarkAsync(
        MarkRead mark,
        OpenImCall call,
        string userId,
        string conversationId,
        long hasReadSeq,
        IReadOnlyList<long> seqs,
        bool isQuiet,
        CancellationToken ct)
    {
        var user = new UserId(userId);
        if (ConversationIds.Parse(call.AppId, user, conversationId) is not { } key)
            return OpenImErrors.RecordNotFound.With("conversation not found");

        var marked = await mark.RunAsync(call.Caller, user, key, hasReadSeq, seqs, isQuiet, ct);
        return marked.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }

    public static bool TellsDevices(DeleteSyncOpt? option) => option is { IsSyncSelf: true } or { IsSyncOther: true };
}
