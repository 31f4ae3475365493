using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Frames;
using Dragoman.Dialects.Agora.Messages;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Topics;

namespace Dragoman.Dialects.Agora.Threads;

/// <summary>Threads as the vendor writes them down.</summary>
internal static class ThreadJson
{
    private const string Thread = "thread";
    private const string Overview = "thread_overview";
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether the client says it inside a thread: then it is addressed to the thread.</summary>
    public static bool IsSaidIn(MessageBody said) => said.Type == MessageBody.Types.Type.Groupchat && said.HasMeta && Parse(said.Meta)[Thread] is JsonObject;

    /// <summary>What a message of a thread carries beside what its sender said.</summary>
    /// <param name="said">What the client wrote there.</param>
    public static string MetaIn(Topic topic, string said)
    {
        var meta = Parse(said);
        meta[Thread] = new JsonObject
        {
            ["msg_parent_id"] = IdOf(topic.RootMessage),
            ["muc_parent_id"] = topic.Parent.Value,
            ["thread_name"] = topic.Name,
        };
        return meta.ToJsonString(Json);
    }

    /// <summary>What the message carries that a thread is under.</summary>
    /// <param name="meta">What it carries besides.</param>
    public static string MetaOver(AgoraApp app, TopicOverview overview, string meta, MessageBodies bodies)
    {
        var all = Parse(meta);
        all[Overview] = new JsonObject
        {
            ["id"] = overview.Topic.Id.Value,
            ["muc_parent_id"] = overview.Topic.Parent.Value,
            ["name"] = overview.Topic.Name,
            ["last_message"] = LastOf(app, overview.Last, bodies),
            ["create_timestamp"] = overview.Topic.CreatedAt,
            ["update_timestamp"] = overview.Last?.SentAt ?? overview.Topic.CreatedAt,
            ["message_count"] = overview.Count,
        };
        return all.ToJsonString(Json);
    }

    /// <returns>Empty when nothing is left.</returns>
    public static JsonObject LastOf(AgoraApp app, Entry? last, MessageBodies bodies) => last is null || bodies.Of(last) is not { } body ? [] : new()
    {
        ["id"] = IdOf(last.Id.Value),
        ["from"] = $"{app.Key}_{last.Sender.Value}@{Jids.People}",
        ["to"] = $"{app.Key}_{last.Conversation.B}@{Jids.Conferences}",
        ["timestamp"] = last.SentAt,
        ["payload"] = PayloadJson.ToJson(body),
    };

    /// <summary>A thread in a list, and where it is shown by itself.</summary>
    public static JsonObject Of(Topic topic) => new()
    {
        ["name"] = topic.Name,
        ["owner"] = topic.Owner.Value,
        ["id"] = topic.Id.Value,
        ["msgId"] = IdOf(topic.RootMessage),
        ["groupId"] = topic.Parent.Value,
        ["created"] = topic.CreatedAt,
    };

    public static string IdOf(long message) => message.ToString(CultureInfo.InvariantCulture);

    private static JsonObject Parse(string json)
    {
        try
        {
            return json.Length > 0 && JsonNode.Parse(json) is JsonObject found ? found : [];
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return []; // what a client wrote, of whatever kind
        }
    }
}
