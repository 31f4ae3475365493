using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;

namespace Dragoman.Dialects.Agora.Frames;

/// <summary>How users, groups and queues are named on the wire.</summary>
internal static class Jids
{
    public const string People = "easemob.com";

    /// <summary>Groups, rooms and threads.</summary>
    public const string Conferences = "conference.easemob.com";

    /// <summary>The queue of what concerns a user and no conversation: no user can be called so.</summary>
    private const string Inbox = "@inbox";

    public static JID Group(string appKey, string group) => new() { AppKey = appKey, Name = group, Domain = Conferences };

    public static JID User(string appKey, string name) => new() { AppKey = appKey, Name = name, Domain = People };

    /// <summary>The id of what many talk in: a group, a room, a thread; null where two do.</summary>
    public static string? ConferenceOf(ConversationKey conversation) => conversation.Kind switch
    {
        ConversationKind.Group or ConversationKind.Room => conversation.A,
        ConversationKind.Topic => conversation.B,
        _ => null,
    };

    /// <summary>The queue that a conversation is for one of its users: named by whom he talks to.</summary>
    public static JID QueueOf(string appKey, ConversationKey conversation, UserId viewer) => conversation.Kind switch
    {
        ConversationKind.Group or ConversationKind.Room or ConversationKind.Topic => Group(appKey, ConferenceOf(conversation)!),
        ConversationKind.Inbox => User(appKey, Inbox),
        _ => User(appKey, conversation.PeerOf(viewer).Value),
    };

    /// <summary>The conversation that a client means by a queue; a thread's looks like a group's.</summary>
    public static ConversationKey ConversationOf(AppId app, UserId viewer, JID queue)
    {
        if (string.Equals(queue.Domain, Conferences, StringComparison.OrdinalIgnoreCase)) return ConversationKey.Group(app, new(queue.Name));
        return queue.Name == Inbox ? ConversationKey.Inbox(app, viewer) : ConversationKey.Direct(app, viewer, new(queue.Name));
    }

    public static JID User(AgoraApp app, string name) => new() { AppKey = app.Key, Name = name, Domain = People };
}
