using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Threads;
using Dragoman.Engine.Topics;

namespace Dragoman.Dialects.Agora.Rest.Threads;

/// <summary><c>POST /thread/{t}/user/{u}/join</c>.</summary>
internal sealed class JoinChatThread(JoinTopic join) : ThreadEndpoint("POST", "/thread/{t}/user/{u}/join", Access.Owner)
{
    protected override async ValueTask<AgoraReply> AnswerAsync(AgoraCall call, CancellationToken ct)
    {
        var joined = await join.RunAsync(call.Caller, call.UserIn("u"), ThreadIn(call), ct);
        return joined.TryGet(out var roster, out var refusal)
            ? new AgoraReply { Data = new JsonObject { ["status"] = "ok", ["detail"] = ThreadJson.Of(roster.Topic) } }
            : Refuse(refusal);
    }
}

/// <summary><c>DELETE /thread/{t}/user/{u}/quit</c>.</summary>
internal sealed class LeaveChatThread(LeaveTopic leave) : ThreadEndpoint("DELETE", "/thread/{t}/user/{u}/quit", Access.Owner)
{
    protected override async ValueTask<AgoraReply> AnswerAsync(AgoraCall call, CancellationToken ct)
    {
        var left = await leave.RunAsync(call.Caller, call.UserIn("u"), ThreadIn(call), ct);
        return left.TryGet(out _, out var refusal) ? Ok() : Refuse(refusal);
    }
}

/// <summary><c>GET /thread/{t}/users</c>, in the order in which they joined.</summary>
internal sealed class ListChatThreadMembers(FindTopics topics) : ThreadEndpoint("GET", "/thread/{t}/users")
{
    protected override async ValueTask<AgoraReply> AnswerAsync(AgoraCall call, CancellationToken ct)
    {
        if (ThreadPages.LimitOf(call) is not { } limit) return ThreadErrors.QueryLimit;
        if (PageCursor.SkipOf(call.Query("cursor")) is not { } skip) return PageCursor.Invalid;

        var found = await topics.RunAsync(call.Caller, ThreadIn(call), ct);
        if (!found.TryGet(out var roster, out var refusal)) return Refuse(refusal);

        var page = roster.Members.Skip((int)Math.Min(skip, int.MaxValue)).Take(limit).Select(user => (JsonNode)user.Value).ToArray();
        return new()
        {
            Data = new JsonObject { ["affiliations"] = new JsonArray(page) },
            Beside = ThreadPages.PropertiesOf(PageCursor.After(skip, page.Length, roster.Count) ?? ""),
        };
    }
}

/// <summary><c>POST /thread/{t}/users</c>: the app brings members of the group in.</summary>
internal sealed class AddChatThreadMembers(BringIntoTopic bring, ThreadBodies bodies) : ThreadEndpoint("POST", "/thread/{t}/users", Access.App)
{
    protected override async ValueTask<AgoraReply> AnswerAsync(AgoraCall call, CancellationToken ct)
    {
        var (users, invalid) = await bodies.UsersAsync(call, ct);
        if (invalid is not null) return invalid;
        var brought = await bring.RunAsync(call.Caller, users, ThreadIn(call), ct);
        return brought.TryGet(out _, out var refusal) ? Ok() : Refuse(refusal);
    }
}

/// <summary>Members are put out.</summary>
internal abstract class RemoveThreadMembersEndpoint(RemoveFromTopic remove, ThreadBodies bodies, string template) : ThreadEndpoint("DELETE", template)
{
    protected override async ValueTask<AgoraReply> AnswerAsync(AgoraCall call, CancellationToken ct)
    {
        var (users, invalid) = await bodies.UsersAsync(call, ct);
        if (invalid is not null) return invalid;
        var removed = await remove.RunAsync(call.Caller, users, ThreadIn(call), ct);
        return removed.TryGet(out var batch, out var refusal)
            ? new AgoraReply { Entities = [.. batch.Items.Select(item => (JsonNode)new JsonObject { ["result"] = item.IsDone, ["user"] = item.Subject.Value })] }
            : Refuse(refusal);
    }
}

/// <summary><c>DELETE /thread/{t}/users</c>.</summary>
internal sealed class RemoveChatThreadMembers(RemoveFromTopic remove, ThreadBodies bodies) : RemoveThreadMembersEndpoint(remove, bodies, "/thread/{t}/users");

/// <summary><c>DELETE /threads/{t}/users</c>: the same in the vendor's other spelling.</summary>
internal sealed class RemoveThreadsMembers(RemoveFromTopic remove, ThreadBodies bodies) : RemoveThreadMembersEndpoint(remove, bodies, "/threads/{t}/users");

/// <summary><c>DELETE /thread/{t}/users/{u}</c>: one of them.</summary>
internal sealed class RemoveChatThreadMember(RemoveFromTopic remove) : ThreadEndpoint("DELETE", "/thread/{t}/users/{u}")
{
    protected override async ValueTask<AgoraReply> AnswerAsync(AgoraCall call, CancellationToken ct)
    {
        var user = call.UserIn("u");
        var removed = await remove.RunAsync(call.Caller, [user], ThreadIn(call), ct);
        return removed.TryGet(out _, out var refusal)
            ? new AgoraReply { Data = new JsonObject { ["result"] = true, ["user"] = user.Value } }
            : Refuse(refusal);
    }
}
