using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>How far a user's conversations have grown and what he has read (requests 1001 and 1006).</summary>
internal sealed class SeqReads(UserConversations conversations, ConversationHeads heads)
{
    public async ValueTask<GetMaxSeqResp> MaxSeqsAsync(AppId app, UserId user, CancellationToken ct)
    {
        var reply = new GetMaxSeqResp();
        foreach (var (state, ends) in await conversations.ListAsync(app, user, ct))
        {
            var key = state.Conversation;
            if (key.Kind == ConversationKind.Topic) continue;
            var last = ConversationAccess.Range(state, ends, LogChannel.Timeline).Last;
            if (last > 0) reply.MaxSeqs[ConversationIds.Of(key)] = last;

            // Who talks to himself has no channel of his own for it: the vendor's id for it is the inbox's.
            if (ends.Changes > 0 && key.A != key.B) reply.MaxSeqs[ConversationIds.NotificationOf(key)] = ends.Changes;
        }

        var inbox = ConversationKey.Inbox(app, user);
        var inboxEnds = await heads.EndsAsync(inbox, ct);
        if (inboxEnds.Timeline > 0) reply.MaxSeqs[ConversationIds.Of(inbox)] = inboxEnds.Timeline;
        return reply;
    }

    public async ValueTask<GetConversationsHasReadAndMaxSeqResp> HasReadAndMaxAsync(
        AppId app, UserId user, GetConversationsHasReadAndMaxSeqReq request, CancellationToken ct)
    {
        var wanted = request.ConversationIDs.Count > 0 ? request.ConversationIDs.ToHashSet() : null;
        var reply = new GetConversationsHasReadAndMaxSeqResp();
        foreach (var (state, ends) in await conversations.ListAsync(app, user, ct))
        {
            var id = ConversationIds.Of(state.Conversation);
            if (!Conversations.IsShown(state.Conversation) || wanted?.Contains(id) == false) continue;

            reply.Seqs[id] = new Seqs
            {
                MaxSeq = ConversationAccess.Range(state, ends, LogChannel.Timeline).Last,
                HasReadSeq = state.ReadSequence,
                MaxSeqTime = ends.TimelineAt,
            };
            if (request.ReturnPinned && state.IsPinned) reply.PinnedConversationIDs.Add(id);
        }

        return reply;
    }
}
