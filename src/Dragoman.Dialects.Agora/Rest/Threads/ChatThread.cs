using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Threads;
using Dragoman.Engine.Topics;

namespace Dragoman.Dialects.Agora.Rest.Threads;

/// <summary><c>GET /thread/{t}</c>.</summary>
internal sealed class GetChatThread(FindTopics topics) : ThreadEndpoint("GET", "/thread/{t}")
{
    protected override async ValueTask<AgoraReply> AnswerAsync(AgoraCall call, CancellationToken ct)
    {
        var found = await topics.RunAsync(call.Caller, ThreadIn(call), ct);
        if (!found.TryGet(out var roster, out var refusal)) return Refuse(refusal);

        var data = ThreadJson.Of(roster.Topic);
        data["affiliations_count"] = roster.Count;
        return new() { Data = data };
    }
}

/// <summary><c>PUT /thread/{t}</c>: another name.</summary>
internal sealed class RenameChatThread(UpdateTopic update) : ThreadEndpoint("PUT", "/thread/{t}")
{
    protected override async ValueTask<AgoraReply> AnswerAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.Body.Text("name") is not { } name) return ThreadErrors.Unreadable;
        var renamed = await update.RunAsync(call.Caller, ThreadIn(call), name, ct);
        return renamed.TryGet(out var roster, out var refusal) ? new AgoraReply { Data = new JsonObject { ["name"] = roster.Topic.Name } } : Refuse(refusal);
    }
}

/// <summary><c>DELETE /thread/{t}</c>.</summary>
internal sealed class DestroyChatThread(DismissTopic dismiss) : ThreadEndpoint("DELETE", "/thread/{t}")
{
    protected override async ValueTask<AgoraReply> AnswerAsync(AgoraCall call, CancellationToken ct)
    {
        var ended = await dismiss.RunAsync(call.Caller, ThreadIn(call), ct);
        return ended.TryGet(out _, out var refusal) ? Ok() : Refuse(refusal);
    }
}
