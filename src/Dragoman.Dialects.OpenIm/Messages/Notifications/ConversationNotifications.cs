using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.OpenIm.Messages.Notifications;

/// <summary>What a user keeps about his conversations: content types 1300, 1701 and 1703.</summary>
internal static class ConversationNotifications
{
    public static Notification? Of(Notice notice, ConversationKey conversation) => notice switch
    {
        ConversationsCleared { Conversations: [{ Kind: ConversationKind.Topic }, ..] } or UserConversationsChanged { Conversations: [{ Kind: ConversationKind.Topic }, ..] } => null,
        ConversationsCleared cleared => new(ContentTypes.Cleared, Cleared(cleared), IsAlsoMessage: false),
        UserConversationsChanged changed => new(ContentTypes.ConversationChanged, Changed(changed), IsAlsoMessage: false),
        DisappearingSwitched switched => new(ContentTypes.PrivateChatSet, Switched(switched, conversation), IsAlsoMessage: true),
        _ => null,
    };

    private static ConversationSetPrivateTips Switched(DisappearingSwitched notice, ConversationKey conversation) => new()
    {
        RecvID = notice.Peer.Value,
        SendID = notice.By.Value,
        IsPrivate = notice.IsOn,
        ConversationID = ConversationIds.Of(conversation),
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
