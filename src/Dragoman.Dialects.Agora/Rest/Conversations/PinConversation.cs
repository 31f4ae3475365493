using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Conversations;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine.Conversations;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Dialects.Agora.Rest.Conversations;

/// <summary>Keeps a conversation on top of the list, or no longer.</summary>
internal sealed class PinConversation(ConfigureConversation configure, UserConversations conversations, Conferences conferences) : AgoraEndpoint("POST,DELETE", "/sdk/user/{u}/user_channel/top", Access.Owner)
{
    private const int MaxPinned = 50;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var isPinned = HttpMethods.IsPost(call.Http.Request.Method);
        var (type, to) = isPinned ? (call.Body.Text("type"), call.Body.Text("to")) : (call.Query("type"), call.Query("to"));
        var user = call.UserIn("u");
        if (!Channels.TryRead(call.App.Id, user, type, to, out var named)) return AgoraErrors.InvalidParameter;
        var conversation = await conferences.FindAsync(named.Value, ct);
        if (await conversations.FindAsync(user, conversation, ct) is null) return AgoraErrors.Table[Engine.Condition.ConversationNotFound];

        var done = await configure.RunAsync(call.Caller, user, conversation, new(IsPinned: isPinned) { MaxPinned = MaxPinned }, ct);
        if (!done.TryGet(out _, out var refusal)) return refusal;

        var state = await conversations.FindAsync(user, conversation, ct);
        return new() { Data = new JsonObject { ["is_top"] = isPinned, ["update_top_status_time"] = state?.PinnedAt ?? 0 } };
    }
}
