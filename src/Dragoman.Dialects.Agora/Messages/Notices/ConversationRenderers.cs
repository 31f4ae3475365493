using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Conversations;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.Agora.Messages.Notices;

/// <summary>The user's own list changed on another device. An event is about one conversation: what was done to several at once he sees when he reads the list.</summary>
internal sealed class ConversationsChangedRenderer : NoticeRenderer<UserConversationsChanged>
{
    protected override Rendering Render(AgoraApp app, Entry entry, UserConversationsChanged notice)
    {
        if (notice.Conversations is not [var conversation] || !Channels.IsShown(conversation)) return default;

        var (op, ext) = notice switch
        {
            { IsOffList: true } => ("del", ""),
            { IsPinned: { } isPinned } => (isPinned ? "top" : "not_top", ""),
            _ when ConversationMarks.First(notice.SetMarks) is { } set => ("mark", set),
            _ when ConversationMarks.First(notice.ClearMarks) is { } cleared => ("mark_delete", cleared),
            _ => ("", ""),
        };
        return op.Length == 0 ? default : new(NotifyJson.Meta(app, entry, notice.User, "conv", new JsonObject
        {
            ["op"] = op,
            ["id"] = Channels.NameOf(conversation, notice.User),
            ["type"] = Channels.TypeOf(conversation),
            ["from"] = notice.User.Value,
            ["res"] = "",
            ["ts"] = notice.At,
            ["ext"] = ext,
        }));
    }
}

/// <summary>The user took single messages out of his sight.</summary>
internal sealed class HiddenRenderer : NoticeRenderer<MessagesHidden>
{
    protected override Rendering Render(AgoraApp app, Entry entry, MessagesHidden notice) => Roaming.Deleted(app, entry, notice.User, [notice.Conversation]);
}

/// <summary>The user took all of a conversation out of his sight.</summary>
internal sealed class ClearedRenderer : NoticeRenderer<ConversationsCleared>
{
    protected override Rendering Render(AgoraApp app, Entry entry, ConversationsCleared notice) => Roaming.Deleted(app, entry, notice.User, notice.Conversations);
}

internal static class Roaming
{
    public static Rendering Deleted(AgoraApp app, Entry entry, UserId user, IReadOnlyList<ConversationKey> conversations) =>
        conversations is not [var conversation] || !Channels.IsShown(conversation) ? default : new(NotifyJson.Meta(app, entry, user, "roaming_delete", new JsonObject
        {
            ["resource"] = "",
            ["to"] = Channels.NameOf(conversation, user),
            ["chatType"] = conversation.Kind == ConversationKind.Direct ? "chat" : "group",
        }));
}
