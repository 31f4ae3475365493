using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Frames;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.Agora.Messages.Notices;

/// <summary>A message was pinned: everybody in the conversation sees it (section 9.5).</summary>
internal sealed class PinnedRenderer : NoticeRenderer<MessagePinned>
{
    protected override Rendering Render(AgoraApp app, Entry entry, MessagePinned notice) => PinJson.Render(app, entry, notice.By, "pin", notice.MessageId, notice.At);
}

/// <inheritdoc cref="PinnedRenderer"/>
internal sealed class UnpinnedRenderer : NoticeRenderer<MessageUnpinned>
{
    protected override Rendering Render(AgoraApp app, Entry entry, MessageUnpinned notice) => PinJson.Render(app, entry, notice.By, "pin_delete", notice.MessageId, notice.At);
}

internal static class PinJson
{
    public static Rendering Render(AgoraApp app, Entry entry, UserId by, string op, long message, long at)
    {
        var conversation = entry.Conversation;
        if (Jids.ConferenceOf(conversation) is { } conference) return new(Meta(conference));

        // Each of two is told with whom he talks.
        return new(Meta(by.Value), new Dictionary<UserId, Meta?> { [by] = Meta(conversation.PeerOf(by).Value) });

        Meta Meta(string id) => NotifyJson.Meta(app, entry, by, "conv", new JsonObject
        {
            ["op"] = op,
            ["id"] = id,
            ["type"] = conversation.Kind switch
            {
                ConversationKind.Group or ConversationKind.Topic => "groupchat",
                ConversationKind.Room => "chatroom",
                _ => "chat",
            },
            ["from"] = by.Value,
            ["res"] = "", // the device that did it is not told
            ["ts"] = at,
            ["ext"] = message.ToString(CultureInfo.InvariantCulture),
        });
    }
}
