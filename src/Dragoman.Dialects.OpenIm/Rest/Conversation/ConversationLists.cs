using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Rest.Conversation;

/// <summary>A user's conversations as all list routes see them: shown ones, in a stable order.</summary>
internal sealed class ConversationLists(UserConversations conversations)
{
    public async ValueTask<IReadOnlyList<(UserConversation State, ConversationEnds Ends)>> OfAsync(
        AppId app, string userId, CancellationToken ct)
    {
        var all = await conversations.ListAsync(app, new UserId(userId), ct);
        return [.. all.Where(item => Conversations.IsShown(item.State.Conversation) && !item.State.IsHidden(item.Ends)).OrderBy(item => item.State.CreatedAt)];
    }

    /// <summary>As a client shows them: pinned first, then by the last message.</summary>
    /// <param name="wanted">Ids of the vendor's; null is all.</param>
    public async ValueTask<(UserConversation State, ConversationEnds Ends)[]> SortedAsync(
        AppId app, string userId, HashSet<string>? wanted, CancellationToken ct)
    {
        var shown = await OfAsync(app, userId, ct);
        return
        [
            .. shown
                .Where(item => wanted?.Contains(ConversationIds.Of(item.State.Conversation)) != false)
                .OrderByDescending(item => item.State.IsPinned)
                .ThenByDescending(item => item.Ends.TimelineAt),
        ];
    }
}

/// <summary><c>POST /conversation/get_incremental_conversations</c>: what changed in the list of a user's conversations.</summary>
internal sealed class GetIncrementalConversations(VersionStreams streams, ConversationLists lists)
    : OpenImEndpoint<GetIncrementalConversationReq, GetIncrementalConversationResp>("/conversation/get_incremental_conversations")
{
    protected override async ValueTask<OpenImReply<GetIncrementalConversationResp>> HandleAsync(
        OpenImCall call, GetIncrementalConversationReq request, CancellationToken ct)
    {
        if (call.Access(request.UserID) is { } denied) return denied;

        var stream = new StreamKey(call.AppId, StreamKind.Conversations, request.UserID);
        var answer = await streams.ReadAsync(stream, request.VersionID, request.Version, ct);
        var reply = new GetIncrementalConversationResp { Version = answer.Version, VersionID = answer.VersionId, Full = answer.IsFull };
        if (answer.Changes.Count == 0) return reply;

        var states = answer.Changes.ToDictionary(c => c.Element, c => c.State);
        reply.Delete.Add(answer.Changes
            .Where(c => c.State == StreamState.Deleted)
            .Select(c => ConversationKey.OfElement(call.AppId, c.Element))
            .Where(key => key.Kind != ConversationKind.Topic)
            .Select(ConversationIds.Of));
        foreach (var (state, _) in await lists.OfAsync(call.AppId, request.UserID, ct))
        {
            if (states.TryGetValue(state.Conversation.Element, out var change))
                (change == StreamState.Inserted ? reply.Insert : reply.Update).Add(Conversations.Of(state));
        }

        return reply;
    }
}

/// <summary><c>POST /conversation/get_full_conversation_ids</c></summary>
internal sealed class GetFullConversationIDs(UserConversations conversations, VersionStreams streams)
    : OpenImEndpoint<GetFullOwnerConversationIDsReq, GetFullOwnerConversationIDsResp>("/conversation/get_full_conversation_ids")
{
    protected override async ValueTask<OpenImReply<GetFullOwnerConversationIDsResp>> HandleAsync(
        OpenImCall call, GetFullOwnerConversationIDsReq request, CancellationToken ct)
    {
        if (call.Access(request.UserID) is { } denied) return denied;

        var (_, all) = await conversations.PageAsync(call.AppId, new UserId(request.UserID), skip: 0, int.MaxValue, ct);
        string[] ids = [.. all.Select(state => ConversationIds.Of(state.Conversation))];
        var (version, versionId) = await streams.HeadAsync(new StreamKey(call.AppId, StreamKind.Conversations, request.UserID), ct);
        var reply = new GetFullOwnerConversationIDsResp
        {
            Version = version,
            VersionID = versionId,
            Equal = IdHash.Of(ids) == request.IdHash,
        };
        if (!reply.Equal) reply.ConversationIDs.Add(ids);
        return reply;
    }
}

/// <summary><c>POST /conversation/get_owner_conversation</c>: a user's conversations in pages.</summary>
internal sealed class GetOwnerConversation(UserConversations conversations)
    : OpenImEndpoint<GetOwnerConversationReq, GetOwnerConversationResp>("/conversation/get_owner_conversation")
{
    protected override async ValueTask<OpenImReply<GetOwnerConversationResp>> HandleAsync(
        OpenImCall call, GetOwnerConversationReq request, CancellationToken ct)
    {
        if (Paging.Check(request.Pagination) is { } invalid) return invalid;
        if (call.Access(request.UserID) is { } denied) return denied;

        var (skip, take) = Paging.Window(request.Pagination);
        var (total, page) = await conversations.PageAsync(call.AppId, new UserId(request.UserID), skip, take, ct);
        var reply = new GetOwnerConversationResp { Total = total };
        reply.Conversations.Add(page.Select(Conversations.Of));
        return reply;
    }
}

/// <summary><c>POST /conversation/get_all_conversations</c></summary>
internal sealed class GetAllConversations(ConversationLists lists)
    : OpenImEndpoint<GetAllConversationsReq, GetAllConversationsResp>("/conversation/get_all_conversations")
{
    protected override async ValueTask<OpenImReply<GetAllConversationsResp>> HandleAsync(
        OpenImCall call, GetAllConversationsReq request, CancellationToken ct)
    {
        if (request.OwnerUserID.Length == 0) return OpenImErrors.Args.With("ownerUserID is empty");
        if (call.Access(request.OwnerUserID) is { } denied) return denied;

        var reply = new GetAllConversationsResp();
        reply.Conversations.Add((await lists.OfAsync(call.AppId, request.OwnerUserID, ct)).Select(c => Conversations.Of(c.State)));
        return reply;
    }
}

/// <summary><c>POST /conversation/get_conversations</c>: named conversations; unknown ids are passed over.</summary>
internal sealed class GetConversations(ConversationLists lists)
    : OpenImEndpoint<GetConversationsReq, GetConversationsResp>("/conversation/get_conversations")
{
    protected override async ValueTask<OpenImReply<GetConversationsResp>> HandleAsync(
        OpenImCall call, GetConversationsReq request, CancellationToken ct)
    {
        if (request.OwnerUserID.Length == 0) return OpenImErrors.Args.With("ownerUserID is empty");
        if (!call.Given.Has("conversationIDs")) return OpenImErrors.Args.With("conversationIDs is empty");
        if (call.Access(request.OwnerUserID) is { } denied) return denied;

        var wanted = request.ConversationIDs.ToHashSet();
        var reply = new GetConversationsResp();
        reply.Conversations.Add((await lists.OfAsync(call.AppId, request.OwnerUserID, ct))
            .Select(c => Conversations.Of(c.State))
            .Where(c => wanted.Contains(c.ConversationID)));
        return reply;
    }
}

/// <summary><c>POST /conversation/get_conversation</c></summary>
internal sealed class GetConversation(UserConversations conversations)
    : OpenImEndpoint<GetConversationReq, GetConversationResp>("/conversation/get_conversation")
{
    protected override async ValueTask<OpenImReply<GetConversationResp>> HandleAsync(
        OpenImCall call, GetConversationReq request, CancellationToken ct)
    {
        if (request.OwnerUserID.Length == 0) return OpenImErrors.Args.With("ownerUserID is empty");
        if (request.ConversationID.Length == 0) return OpenImErrors.Args.With("conversationID is empty");
        if (call.Access(request.OwnerUserID) is { } denied) return denied;

        var owner = new UserId(request.OwnerUserID);
        var key = ConversationIds.Parse(call.AppId, owner, request.ConversationID);
        var state = key is null ? null : await conversations.FindAsync(owner, key.Value, ct);
        return state is null
            ? OpenImErrors.RecordNotFound.With("conversation not found")
            : new GetConversationResp { Conversation = Conversations.Of(state) };
    }
}

/// <summary><c>POST /conversation/get_not_notify_conversation_ids</c>: those that arrive without a sound.</summary>
internal sealed class GetNotNotifyConversationIDs(ConversationLists lists)
    : OpenImEndpoint<GetNotNotifyConversationIDsReq, GetNotNotifyConversationIDsResp>("/conversation/get_not_notify_conversation_ids")
{
    protected override async ValueTask<OpenImReply<GetNotNotifyConversationIDsResp>> HandleAsync(
        OpenImCall call, GetNotNotifyConversationIDsReq request, CancellationToken ct)
    {
        if (call.Access(request.UserID) is { } denied) return denied;

        var reply = new GetNotNotifyConversationIDsResp();
        reply.ConversationIDs.Add((await lists.OfAsync(call.AppId, request.UserID, ct))
            .Where(c => c.State.Receive == ReceiveOption.Silent)
            .Select(c => ConversationIds.Of(c.State.Conversation)));
        return reply;
    }
}

/// <summary><c>POST /conversation/get_pinned_conversation_ids</c></summary>
internal sealed class GetPinnedConversationIDs(ConversationLists lists)
    : OpenImEndpoint<GetPinnedConversationIDsReq, GetPinnedConversationIDsResp>("/conversation/get_pinned_conversation_ids")
{
    protected override async ValueTask<OpenImReply<GetPinnedConversationIDsResp>> HandleAsync(
        OpenImCall call, GetPinnedConversationIDsReq request, CancellationToken ct)
    {
        if (call.Access(request.UserID) is { } denied) return denied;

        var reply = new GetPinnedConversationIDsResp();
        reply.ConversationIDs.Add((await lists.OfAsync(call.AppId, request.UserID, ct))
            .Where(c => c.State.IsPinned)
            .Select(c => ConversationIds.Of(c.State.Conversation)));
        return reply;
    }
}
