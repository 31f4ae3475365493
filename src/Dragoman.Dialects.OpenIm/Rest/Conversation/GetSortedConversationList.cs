using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Conversation;

/// <summary><c>POST /conversation/get_sorted_conversation_list</c>: a user's list as a client shows it, for clients without a database.</summary>
internal sealed class GetSortedConversationList(ConversationLists lists, MessagePulls pulls, AccountDirectory accounts, RosterDirectory rosters)
    : OpenImEndpoint<GetSortedConversationListReq, GetSortedConversationListResp>("/conversation/get_sorted_conversation_list")
{
    protected override async ValueTask<OpenImReply<GetSortedConversationListResp>> HandleAsync(
        OpenImCall call, GetSortedConversationListReq request, CancellationToken ct)
    {
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (Paging.Check(request.Pagination) is { } invalid) return invalid;
        if (call.Access(request.UserID) is { } denied) return denied;

        var wanted = request.ConversationIDs.Count > 0 ? request.ConversationIDs.ToHashSet() : null;
        var sorted = await lists.SortedAsync(call.AppId, request.UserID, wanted, ct);
        if (sorted.Length == 0) return OpenImErrors.RecordNotFound.With("conversation not found");

        var reply = new GetSortedConversationListResp { ConversationTotal = sorted.Length, UnreadTotal = sorted.Sum(c => ConversationAccess.Unread(c.State, c.Ends)) };
        var page = sorted.Page(request.Pagination).ToArray();
        var asked = new GetLastMessageReq();
        asked.ConversationIDs.Add(page.Select(c => ConversationIds.Of(c.State.Conversation)));
        var last = await pulls.LastAsync(call.AppId, new UserId(request.UserID), asked, ct);
        foreach (var item in page) reply.ConversationElems.Add(await DescribeAsync(call.AppId, item, last, ct));
        return reply;
    }

    private async ValueTask<ConversationElem> DescribeAsync(
        AppId app, (UserConversation State, ConversationEnds Ends) item, GetLastMessageResp last, CancellationToken ct)
    {
        var id = ConversationIds.Of(item.State.Conversation);
        var described = new ConversationElem
        {
            ConversationID = id,
            RecvMsgOpt = UserInfos.OptionOf(item.State.Receive),
            UnreadCount = ConversationAccess.Unread(item.State, item.Ends),
            IsPinned = item.State.IsPinned,
        };
        if (last.Msgs.TryGetValue(id, out var message)) described.MsgInfo = await InfoAsync(app, item.State.Conversation, message, ct);
        return described;
    }

    private async ValueTask<MsgInfo> InfoAsync(AppId app, ConversationKey key, MsgData message, CancellationToken ct)
    {
        var info = new MsgInfo
        {
            ServerMsgID = message.ServerMsgID,
            ClientMsgID = message.ClientMsgID,
            SessionType = message.SessionType,
            SendID = message.SendID,
            RecvID = message.RecvID,
            GroupID = message.GroupID,
            LatestMsgRecvTime = message.SendTime,
            MsgFrom = message.MsgFrom,
            ContentType = message.ContentType,
            Content = message.Content.ToStringUtf8(),
            Ex = message.Ex,
        };
        if (await accounts.FindAsync(app, new UserId(message.SendID), ct) is { } sender) (info.SenderName, info.FaceURL) = (sender.Nickname, sender.Avatar);
        if (key.Kind != ConversationKind.Group || await rosters.FindAsync(app, key.GroupId, ct) is not { } roster) return info;

        info.GroupName = roster.Group.Name;
        info.GroupFaceURL = roster.Group.Avatar;
        info.GroupType = GroupInfos.WorkingGroup;
        info.GroupMemberCount = (uint)roster.Count;
        return info;
    }
}
