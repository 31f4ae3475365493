using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Conversations;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine.Conversations;

namespace Dragoman.Dialects.Agora.Rest.Conversations;

/// <summary>Takes a conversation off the list, with or without what was said in it. The route says <c>user</c>, not <c>users</c>.</summary>
internal sealed class DeleteConversation(ForgetConversations forget, ClearConversations clear, Conferences conferences) : AgoraEndpoint("DELETE", "/user/{u}/user_channel", Access.Owner)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var user = call.UserIn("u");
        if (!Channels.TryRead(call.App.Id, user, call.Body.Text("type"), call.Body.Text("channel"), out var named)) return AgoraErrors.InvalidParameter;
        var conversation = await conferences.FindAsync(named.Value, ct);

        if (call.Body.Flag("delete_roam") == true)
        {
            var cleared = await clear.RunAsync(call.Caller, user, [conversation], tellDevices: true, forEverybody: false, ct);
            if (!cleared.TryGet(out _, out var fault)) return fault;
        }

        var done = await forget.RunAsync(call.Caller, user, [conversation], ct);
        return done.TryGet(out _, out var refusal) ? new AgoraReply { Data = new JsonObject { ["result"] = "ok" } } : refusal;
    }
}

/// <summary>Takes everything off the list and out of the user's sight.</summary>
internal sealed class DeleteEverything(UserConversations conversations, ForgetConversations forget, ClearConversations clear)
    : AgoraEndpoint("POST", "/sdk/message/roaming/user/{u}/delete/all", Access.Owner)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var user = call.UserIn("u");
        ConversationKey[] all = [.. (await conversations.ListAsync(call.App.Id, user, ct)).Select(item => item.State.Conversation).Where(Channels.IsShown)];
        var cleared = await clear.RunAsync(call.Caller, user, all, tellDevices: true, forEverybody: false, ct);
        if (!cleared.TryGet(out _, out var refusal)) return refusal;

        var done = await forget.RunAsync(call.Caller, user, all, ct);
        return done.TryGet(out _, out refusal) ? AgoraReply.Empty : refusal;
    }
}
