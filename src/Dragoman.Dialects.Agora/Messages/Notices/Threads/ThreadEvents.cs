using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Frames;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Agora.Threads;
using Dragoman.Engine;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Operation = Dragoman.Dialects.Agora.Protos.MUCBody.Types.Operation;

namespace Dragoman.Dialects.Agora.Messages.Notices.Threads;

/// <summary>The vendor's events of threads: what a group hears (section 9.5), and what somebody's own devices do (section 9.3).</summary>
internal static class ThreadEvents
{
    /// <summary>Who did it; what the app itself does, it does in the name of who began the thread.</summary>
    public static UserId ActorOf(TopicNotice notice) => notice.Operator == AgoraId.TheApp ? notice.Topic.Owner : notice.Operator;

    /// <param name="last">Only with what was said, or taken back.</param>
    public static Meta Notify(AgoraApp app, Entry entry, TopicNotice notice, string operation, JsonObject? last = null)
    {
        var data = new JsonObject
        {
            ["id"] = notice.Topic.Id.Value,
            ["name"] = notice.Topic.Name,
            ["muc_parent_id"] = notice.Topic.Parent.Value,
            ["msg_parent_id"] = ThreadJson.IdOf(notice.Topic.RootMessage),
            ["timestamp"] = notice.At,
            ["from"] = ActorOf(notice).Value,
            ["operation"] = operation,
            ["message_count"] = notice.Count,
        };
        if (last is not null) data["last_message"] = last;
        return NotifyJson.Meta(app, entry, ActorOf(notice), "thread", data);
    }

    public static Meta Muc(AgoraApp app, Entry entry, TopicNotice notice, Operation operation, params IEnumerable<UserId> to)
    {
        var body = new MUCBody
        {
            MucId = Jids.Group(app.Key, notice.Topic.Id.Value),
            Operation = operation,
            From = Jids.User(app, ActorOf(notice).Value),
            IsChatroom = false,
            IsThread = true,
            MucParentId = Jids.Group(app.Key, notice.Topic.Parent.Value),
            MucName = notice.Topic.Name,
        };
        body.To.AddRange(to.Select(user => Jids.User(app, user.Value)));
        return Mucs.Meta(app, entry, body);
    }

    /// <summary>The group hears of it; the other devices of who did it learn that it was he.</summary>
    public static Rendering Tell(AgoraApp app, Entry entry, TopicNotice notice, string operation, Operation own) => new(
        Notify(app, entry, notice, operation),
        notice.Operator == AgoraId.TheApp ? null : new Dictionary<UserId, Meta?> { [notice.Operator] = Muc(app, entry, notice, own) });
}
