using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Topics;

namespace Dragoman.Engine.Messages;

/// <summary>Who hears of what happens in a conversation.</summary>
internal static class Audiences
{
    /// <param name="roster">The group's members; needed for a group, ignored otherwise.</param>
    /// <param name="topic">The same for a topic.</param>
    public static Audience Of(ConversationKey conversation, UserId actor, Roster? roster, TopicRoster? topic = null) => conversation.Kind switch
    {
        ConversationKind.Group when roster is not null => new Audience.Members(roster),
        ConversationKind.Topic when topic is not null => new Audience.Users(topic.Members),
        ConversationKind.Inbox => new Audience.Users([new(conversation.A)]),
        ConversationKind.Direct or ConversationKind.Announcement => new Audience.Pair(actor, conversation.PeerOf(actor)),
        _ => throw new ArgumentException($"A {conversation.Kind} conversation needs to know its members.", nameof(conversation)),
    };
}
