using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Threads;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Topics;

namespace Dragoman.Dialects.Agora.Rest.Threads;

/// <summary><c>POST /thread</c>: begins a thread under a message.</summary>
internal sealed class CreateChatThread(CreateTopic create, UserFinder users, MessageIds ids) : ThreadEndpoint("POST", "/thread")
{
    protected override async ValueTask<AgoraReply> AnswerAsync(AgoraCall call, CancellationToken ct)
    {
        if (ThreadBodies.IdIn(call.Body, "group_id") is not { } group || call.Body.Text("name") is not { } name) return ThreadErrors.Unreadable;
        if (!long.TryParse(ThreadBodies.IdIn(call.Body, "msg_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var message)) return ThreadErrors.Unreadable;
        var owner = call.Body.Text("owner");
        if (string.IsNullOrEmpty(owner) && call.Caller.IsAdministrator) return ThreadErrors.Unreadable;

        var topic = new Topic
        {
            App = call.App.Id,
            Parent = new(group),
            Id = new(ThreadJson.IdOf(ids.Next().Value)),
            Name = name,
            Owner = string.IsNullOrEmpty(owner) ? call.Caller.User : await users.NamedAsync(call.App, owner, ct),
            RootMessage = message,
        };
        var begun = await create.RunAsync(call.Caller, topic, ct);
        return begun.TryGet(out var roster, out var refusal)
            ? new AgoraReply { Data = new JsonObject { ["thread_id"] = roster.Topic.Id.Value } }
            : Refuse(refusal);
    }
}
