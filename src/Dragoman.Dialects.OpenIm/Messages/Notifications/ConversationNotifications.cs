using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.OpenIm.Messages.Notifications;

/// <summary>What a user keeps about his conversations: content types 1300 and 1703.</summary>
internal static class ConversationNotifications
{
    public static Notification? Of(Notice notice) => notice switch
    {
        ConversationsCleared cleared => new(ContentTypes.Cleared, Cleared(cleared), IsAlsoMessage: false),
        UserConversationsChanged changed => new(ContentTypes.ConversationChanged, Changed(changed), IsAlsoMessage: false),
        _ => null,
    };

    private static ClearConversationTips Cleared(ConversationsCleared notice)
    {
        var tips = new ClearConversationTips { UserID = notice.User.Value };
        tips.ConversationIDs.Add(notice.Conversations.Select(ConversationIds.Of));
        return tips;
    }

    private static ConversationUpdateTips Changed(UserConversationsChanged notice)
    {
        var tips = new ConversationUpdateTips { UserID = notice.User.Value };
        tips.ConversationIDList.Add(notice.Conversations.Select(ConversationIds.Of));
        return tips;
    }
}
