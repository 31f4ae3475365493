using System.Globalization;
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

    /// <summary>Whether the client says it inside a thread: then it is addressed to the thread.</summary>
    public static bool IsSaidIn(MessageBody said) => said.Type == MessageBody.Types.Type.Groupchat && BodyMeta.Has(said, Thread);

    /// <summary>Puts beside a message of a thread where it is.</summary>
    public static void PutIn(MessageBody body, Topic topic) => BodyMeta.Add(body, Thread, new JsonObject
    {
        ["msg_parent_id"] = IdOf(topic.RootMessage),
        ["muc_parent_id"] = topic.Parent.Value,
        ["thread_name"] = topic.Name,
    });

    /// <summary>Puts beside the message that a thread is under what became of the thread.</summary>
    public static void PutOver(MessageBody body, AgoraApp app, TopicOverview overview, MessageBodies bodies) => BodyMeta.Add(body, Overview, new JsonObject
    {
        ["id"] = overview.Topic.Id.Value,
        ["muc_parent_id"] = overview.Topic.Parent.Value,
        ["name"] = overview.Topic.Name,
        ["last_message"] = LastOf(app, overview.Last, bodies),
        ["create_timestamp"] = overview.Topic.CreatedAt,
        ["update_timestamp"] = overview.Last?.SentAt ?? overview.Topic.CreatedAt,
        ["message_count"] = overview.Count,
    });

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
}
