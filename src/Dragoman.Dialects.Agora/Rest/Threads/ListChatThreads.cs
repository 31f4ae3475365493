using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Messages;
using Dragoman.Dialects.Agora.Threads;
using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Topics;

namespace Dragoman.Dialects.Agora.Rest.Threads;

/// <summary>What lists of threads share: <c>limit</c>, <c>cursor</c>, <c>sort</c>.</summary>
internal static class ThreadPages
{
    private const int Most = 50;

    /// <returns>Null when it is more than the vendor gives, or no number.</returns>
    public static int? LimitOf(AgoraCall call) => call.Query("limit") is not { } text ? Most
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is > 0 and <= Most ? limit
        : null;

    public static async ValueTask<AgoraReply> AnswerAsync(
        ListTopics topics, AgoraCall call, GroupId? group, UserId? member, Func<Topic, JsonObject> show, CancellationToken ct)
    {
        if (LimitOf(call) is not { } limit) return ThreadErrors.QueryLimit;
        if (PageCursor.SkipOf(call.Query("cursor")) is not { } after) return PageCursor.Invalid;

        var isOldestFirst = string.Equals(call.Query("sort"), "asc", StringComparison.OrdinalIgnoreCase);
        var read = await topics.RunAsync(call.Caller, new(after > 0 ? after : null, limit, isOldestFirst) { Group = group, Member = member }, ct);
        if (!read.TryGet(out var page, out var refusal)) return ThreadErrors.Of(refusal);
        return new()
        {
            Entities = [.. page.Select(topic => (JsonNode)show(topic))],
            Beside = PropertiesOf(page.Count > 0 ? PageCursor.At(page[^1].Number) : call.Query("cursor") ?? ""), // also on the last page
        };
    }

    public static JsonObject PropertiesOf(string cursor) => new() { ["properties"] = new JsonObject { ["cursor"] = cursor } };
}

/// <summary><c>GET /thread</c>: the ids of all threads of the app.</summary>
internal sealed class ListThreads(ListTopics topics) : ThreadEndpoint("GET", "/thread", Access.App)
{
    protected override ValueTask<AgoraReply> AnswerAsync(AgoraCall call, CancellationToken ct) =>
        ThreadPages.AnswerAsync(topics, call, group: null, member: null, static topic => new() { ["id"] = topic.Id.Value }, ct);
}

/// <summary><c>GET /threads/user/{u}</c>: those that a user has joined.</summary>
internal sealed class ThreadsOfUser(ListTopics topics) : ThreadEndpoint("GET", "/threads/user/{u}", Access.Owner)
{
    protected override ValueTask<AgoraReply> AnswerAsync(AgoraCall call, CancellationToken ct) =>
        ThreadPages.AnswerAsync(topics, call, group: null, call.UserIn("u"), ThreadJson.Of, ct);
}

/// <summary><c>GET /threads/chatgroups/{g}</c>: those of a group.</summary>
internal sealed class ThreadsOfGroup(ListTopics topics) : ThreadEndpoint("GET", "/threads/chatgroups/{g}")
{
    protected override ValueTask<AgoraReply> AnswerAsync(AgoraCall call, CancellationToken ct) =>
        ThreadPages.AnswerAsync(topics, call, new(call.TextIn("g")), member: null, ThreadJson.Of, ct);
}

/// <summary><c>GET /threads/chatgroups/{g}/user/{u}</c>: those of a group that a user has joined.</summary>
internal sealed class ThreadsOfUserInGroup(ListTopics topics) : ThreadEndpoint("GET", "/threads/chatgroups/{g}/user/{u}", Access.Owner)
{
    protected override ValueTask<AgoraReply> AnswerAsync(AgoraCall call, CancellationToken ct) =>
        ThreadPages.AnswerAsync(topics, call, new(call.TextIn("g")), call.UserIn("u"), ThreadJson.Of, ct);
}

/// <summary><c>POST /thread/message</c>: what was said last in each of some threads.</summary>
internal sealed class ThreadLastMessages(LastTopicEntries last, MessageBodies bodies) : ThreadEndpoint("POST", "/thread/message")
{
    private const int MaxThreads = 20;

    protected override async ValueTask<AgoraReply> AnswerAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.Body.Texts("threadIds") is not { } ids) return ThreadErrors.Unreadable;
        if (ids.Count > MaxThreads) return ThreadErrors.BodyLimit;

        var overviews = await last.RunAsync(call.Caller, [.. ids.Select(id => new TopicId(id))], ct);
        return new()
        {
            Entities = [.. overviews.Select(overview => (JsonNode)new JsonObject
            {
                ["thread_id"] = overview.Topic.Id.Value,
                ["last_message"] = ThreadJson.LastOf(call.App, overview.Last, bodies),
            })],
        };
    }
}
