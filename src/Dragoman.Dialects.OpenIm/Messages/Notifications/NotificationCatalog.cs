using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.OpenIm.Messages.Notifications;

/// <summary>Which notice is which of the vendor's notifications, with its payload (sections 6.2 and 12).</summary>
internal sealed class NotificationCatalog(GroupNotifications groups, FriendNotifications friends)
{
    /// <returns>Null for a notice that this vendor has no words for.</returns>
    public Notification? Of(Entry entry) => entry.Notice switch
    {
        GroupNotice notice => groups.Of(notice, entry),
        { } notice => MessageNotifications.Of(notice, entry.Conversation)
            ?? ConversationNotifications.Of(notice, entry.Conversation)
            ?? UserNotifications.Of(notice)
            ?? friends.Of(notice, entry.Conversation.App),
        null => null,
    };
}
