using System.Globalization;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Rest.Msg.Admin;

/// <summary><c>POST /msg/search_msg</c>: all messages of the app by sender, receiver, type and day; newest first.</summary>
internal sealed class SearchMsg(SearchMessages search, MessageRenderer renderer, AccountDirectory accounts, RosterDirectory rosters)
    : OpenImEndpoint<SearchMessageReq, SearchMessageResp>("/msg/search_msg")
{
    protected override async ValueTask<OpenImReply<SearchMessageResp>> HandleAsync(OpenImCall call, SearchMessageReq request, CancellationToken ct)
    {
        if (Paging.Check(request.Pagination) is { } invalid) return invalid;
        if (call.AdminOnly() is { } denied) return denied;

        var query = new EntryQuery
        {
            Sender = new UserId(request.SendID),
            Receiver = request.RecvID,
            Type = request.ContentType == 0 ? null : request.ContentType,
            Origin = OpenImId.Dialect,
            Kind = request.SessionType switch
            {
                Conversations.SingleChat => ConversationKind.Direct,
                Conversations.GroupChat => ConversationKind.Group,
                Conversations.SystemChat => ConversationKind.Announcement,
                _ => null,
            },
        };
        if (request.SendTime.Length > 0)
        {
            if (!DateTimeOffset.TryParseExact(request.SendTime, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day))
                return OpenImErrors.Args.With("sendTime is invalid");
            query = query with { From = day.ToUnixTimeMilliseconds(), To = day.AddDays(1).ToUnixTimeMilliseconds() };
        }

        var (skip, take) = Paging.Window(request.Pagination);
        var searched = await search.RunAsync(call.Caller, query, skip, take, ct);
        if (!searched.TryGet(out var found, out var refusal)) return refusal;

        var reply = new SearchMessageResp { ChatLogsNum = (int)found.Total };
        foreach (var entry in found.Page) reply.ChatLogs.Add(new SearchChatLog { ChatLog = await DescribeAsync(entry, ct), IsRevoked = entry.IsRecalled });
        return reply;
    }

    private async ValueTask<ChatLog> DescribeAsync(Entry entry, CancellationToken ct)
    {
        var app = entry.Conversation.App;
        var message = renderer.Render(entry, isHidden: false, isRead: false);
        var log = new ChatLog
        {
            ServerMsgID = message.ServerMsgID,
            ClientMsgID = message.ClientMsgID,
            SendID = message.SendID,
            RecvID = message.RecvID,
            GroupID = message.GroupID,
            SenderPlatformID = message.SenderPlatformID,
            SenderNickname = message.SenderNickname,
            SenderFaceURL = message.SenderFaceURL,
            SessionType = message.SessionType,
            MsgFrom = message.MsgFrom,
            ContentType = message.ContentType,
            Content = message.Content.ToStringUtf8(),
            Status = message.Status,
            SendTime = message.SendTime,
            CreateTime = message.CreateTime,
            Ex = message.Ex,
            Seq = message.Seq,
        };
        if (log.SenderNickname.Length == 0) log.SenderNickname = (await accounts.FindAsync(app, entry.Sender, ct))?.Nickname ?? "";
        if (entry.Conversation.Kind != ConversationKind.Group)
        {
            log.RecvNickname = (await accounts.FindAsync(app, new UserId(message.RecvID), ct))?.Nickname ?? "";
            return log;
        }

        if (await rosters.FindAsync(app, entry.Conversation.GroupId, ct) is not { } roster) return log;
        log.GroupName = roster.Group.Name;
        log.GroupFaceURL = roster.Group.Avatar;
        log.GroupMemberCount = (uint)roster.Count;
        log.GroupOwner = roster.Group.Owner.Value;
        log.GroupType = GroupInfos.WorkingGroup;
        return log;
    }
}
