using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Json;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos.Jssdk;
using Dragoman.Dialects.OpenIm.Rest.Conversation;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Relations;
using Dragoman.Gateway.Http;
using Google.Protobuf;

namespace Dragoman.Dialects.OpenIm.Rest.Jssdk;

/// <summary>The two routes of the JavaScript SDK: protobuf in, base64 of protobuf in the envelope; or JSON both ways.</summary>
internal abstract class JssdkEndpoint<TRequest, TReply>(string path) : OpenImEndpoint(path)
    where TRequest : class, IMessage<TRequest>, new()
    where TReply : class, IMessage
{
    protected abstract ValueTask<TReply> HandleAsync(OpenImCall call, TRequest request, CancellationToken ct);

    public override async Task RunAsync(OpenImCall call, CancellationToken ct)
    {
        var type = (call.Http.Request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        var isProtobuf = type is "application/x-protobuf" or "application/protobuf";
        if (!isProtobuf && type is not ("application/json" or ""))
        {
            await Envelope.WriteAsync(call.Http, OpenImErrors.Args.With("unsupported content type"), ct);
            return;
        }

        var body = await RequestBody.ReadAsync(call.Http.Request, MaxBodyBytes, ct);
        var request = new TRequest();
        if (body is null || !TryParse(isProtobuf, body, request, out var error))
        {
            await Envelope.WriteAsync(call.Http, OpenImErrors.Args.With(body is null ? "request body is too large" : "request body is not valid"), ct);
            return;
        }

        var reply = await HandleAsync(call, request, ct);
        if (isProtobuf) await Envelope.WriteAsync(call.Http, Convert.ToBase64String(reply.ToByteArray()), ct);
        else await Envelope.WriteAsync(call.Http, reply, ct);
    }

    private static bool TryParse(bool isProtobuf, byte[] body, TRequest request, out string error)
    {
        error = "";
        if (!isProtobuf) return ProtoJson.TryParse(body, request, out _, out error);
        try
        {
            request.MergeFrom(body);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }
}

/// <summary><c>POST /jssdk/get_active_conversations</c>: pinned first, then by the last message.</summary>
internal sealed class GetActiveConversations(JssdkConversations conversations)
    : JssdkEndpoint<GetActiveConversationsReq, GetActiveConversationsResp>("/jssdk/get_active_conversations")
{
    private const int DefaultCount = 100;
    private const int MaxCount = 500;

    protected override async ValueTask<GetActiveConversationsResp> HandleAsync(
        OpenImCall call, GetActiveConversationsReq request, CancellationToken ct)
    {
        var count = request.Count is <= 0 ? DefaultCount : (int)Math.Min(request.Count, MaxCount);
        var (unread, list) = await conversations.ListAsync(call, wanted: null, count, ct);
        var reply = new GetActiveConversationsResp { UnreadCount = unread };
        reply.Conversations.Add(list);
        return reply;
    }
}

/// <summary><c>POST /jssdk/get_conversations</c>: the same for named conversations.</summary>
internal sealed class GetJssdkConversations(JssdkConversations conversations)
    : JssdkEndpoint<GetConversationsReq, GetConversationsResp>("/jssdk/get_conversations")
{
    protected override async ValueTask<GetConversationsResp> HandleAsync(OpenImCall call, GetConversationsReq request, CancellationToken ct)
    {
        var (unread, list) = await conversations.ListAsync(call, request.ConversationIDs.ToHashSet(), int.MaxValue, ct);
        var reply = new GetConversationsResp { UnreadCount = unread };
        reply.Conversations.Add(list);
        return reply;
    }
}

/// <summary>Conversations with all that the JavaScript SDK shows of them.</summary>
internal sealed class JssdkConversations(
    ConversationLists lists, MessagePulls pulls, AccountDirectory accounts, ReadFriends friends, RosterDirectory rosters)
{
    /// <summary>Friends that are read at once.</summary>
    private const int MaxFriends = 100;

    public async ValueTask<(long Unread, IReadOnlyList<ConversationMsg> List)> ListAsync(
        OpenImCall call, HashSet<string>? wanted, int count, CancellationToken ct)
    {
        var sorted = (await lists.SortedAsync(call.AppId, call.Caller.User.Value, wanted, ct)).Where(c => c.Ends.Timeline > 0).ToArray();
        var unread = sorted.Where(c => c.State.Receive == ReceiveOption.Notify).Sum(c => ConversationAccess.Unread(c.State, c.Ends));

        var described = new List<ConversationMsg>();
        foreach (var (state, ends) in sorted.Take(count)) described.Add(await DescribeAsync(call, state, ends, ct));
        await AddFriendsAsync(call, described, ct);
        await AddLastMessagesAsync(call, described, ct);
        return (unread, described);
    }

    private async ValueTask<ConversationMsg> DescribeAsync(OpenImCall call, UserConversation state, ConversationEnds ends, CancellationToken ct)
    {
        var key = state.Conversation;
        var described = new ConversationMsg
        {
            Conversation = Conversations.Of(state),
            MaxSeq = ConversationAccess.Range(state, ends, LogChannel.Timeline).Last,
            ReadSeq = state.ReadSequence,
        };
        if (key.Kind == ConversationKind.Group)
        {
            if (await rosters.FindAsync(call.AppId, key.GroupId, ct) is { } roster) described.Group = GroupInfos.Of(roster);
        }
        else if (await accounts.FindAsync(call.AppId, key.PeerOf(call.Caller.User), ct) is { } peer)
        {
            described.User = UserInfos.Of(peer);
        }

        return described;
    }

    private async ValueTask AddFriendsAsync(OpenImCall call, List<ConversationMsg> described, CancellationToken ct)
    {
        foreach (var some in described.Where(d => d.User is not null).Chunk(MaxFriends))
        {
            var read = await friends.FindAsync(call.Caller, call.Caller.User, [.. some.Select(d => new UserId(d.User.UserID)).Distinct()], ct);
            if (!read.TryGet(out var found, out _)) continue;

            var byId = found.ToDictionary(f => f.Friend.Value);
            foreach (var item in some)
            {
                if (byId.TryGetValue(item.User.UserID, out var friend)) item.Friend = FriendInfos.OnlyOf(friend);
            }
        }
    }

    private async ValueTask AddLastMessagesAsync(OpenImCall call, List<ConversationMsg> described, CancellationToken ct)
    {
        var request = new Protos.GetLastMessageReq();
        request.ConversationIDs.Add(described.Select(d => d.Conversation.ConversationID));
        var last = await pulls.LastAsync(call.AppId, call.Caller.User, request, ct);
        foreach (var item in described)
        {
            if (last.Msgs.TryGetValue(item.Conversation.ConversationID, out var message)) item.LastMsg = message;
        }
    }
}
