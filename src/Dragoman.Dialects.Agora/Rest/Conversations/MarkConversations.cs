using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Conversations;
using Dragoman.Dialects.Agora.Http;
using System.Text.Json;
using Dragoman.Engine.Conversations;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Dialects.Agora.Rest.Conversations;

/// <summary>Puts a mark on conversations, or takes it off; those that the user does not have are named.</summary>
internal sealed class MarkConversations(ConfigureConversation configure, UserConversations conversations, Conferences conferences)
    : AgoraEndpoint("POST,DELETE", "/sdk/user/{u}/user_channels/mark", Access.Owner)
{
    private const int MaxTargets = 20;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.Body.Text("mark") is not { Length: > 0 } mark) return AgoraErrors.InvalidParameter.With("param mark must be not empty, please check!");
        if (ConversationMarks.Read(mark) is not (var bits and not 0)) return AgoraErrors.InvalidParameter.With("param mark illegal, please check it!");
        if (!call.Body.TryGetProperty("targets", out var targets) || targets.ValueKind != JsonValueKind.Array || targets.GetArrayLength() == 0) return AgoraErrors.InvalidParameter;
        if (targets.GetArrayLength() > MaxTargets) return AgoraErrors.InvalidParameter.With("The quantity has exceeded the limit!");

        var isSet = HttpMethods.IsPost(call.Http.Request.Method);
        var user = call.UserIn("u");
        var ignored = new JsonArray();
        foreach (var target in targets.EnumerateArray())
        {
            var named = Channels.TryRead(call.App.Id, user, target.Text("type"), target.Text("to"), out var key) ? await conferences.FindAsync(key.Value, ct) : key;
            if (named is not { } conversation || await conversations.FindAsync(user, conversation, ct) is null)
            {
                ignored.Add(new JsonObject { ["to"] = target.Text("to"), ["type"] = target.Text("type") });
                continue;
            }

            // One by one: each is told to the user's other devices as an event of its own.
            var done = await configure.RunAsync(
                call.Caller, user, conversation, new ConversationSettings { SetMarks = isSet ? bits : 0, ClearMarks = isSet ? 0 : bits }, ct);
            if (!done.TryGet(out _, out var refusal)) return refusal;
        }

        return new() { Data = new JsonObject { ["ignore"] = ignored } };
    }
}
