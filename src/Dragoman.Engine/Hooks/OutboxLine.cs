using Dragoman.Engine.Conversations;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Hooks;

/// <summary>Events that are told one after the other: those of one conversation, or of one user where there is none.</summary>
internal readonly record struct OutboxLine(DialectId Sink, ConversationKey Place)
{
    public AppId App => Place.App;

    public static OutboxLine Of(OutboxItem item) => new(
        item.Sink,
        item.Event.Conversation ?? item.Event.Notice?.PlaceIn(item.App) ?? ConversationKey.Inbox(item.App, item.Event.Actor));
}
