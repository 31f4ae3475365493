using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Frames;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.Agora.Messages.Notices;

/// <summary>Somebody has reacted to a message, or does not any more (section 9.5).</summary>
internal sealed class ReactionsRenderer : NoticeRenderer<ReactionsChanged>
{
    protected override Rendering Render(AgoraApp app, Entry entry, ReactionsChanged notice)
    {
        var conference = Jids.ConferenceOf(entry.Conversation);
        var change = new JsonObject
        {
            ["from"] = notice.By.Value,
            ["to"] = conference ?? entry.Conversation.PeerOf(notice.By).Value,
            ["channel_type"] = conference is null ? "chat" : "groupchat",
            ["messageId"] = notice.MessageId.ToString(CultureInfo.InvariantCulture),
            ["reactions"] = new JsonArray(new JsonObject
            {
                ["reaction"] = notice.Reaction,
                ["count"] = notice.Count,
                ["userList"] = ReactionJson.Names(notice.Users),
                ["op"] = new JsonArray(new JsonObject { ["operator"] = notice.By.Value, ["reactionType"] = notice.IsAdded ? "create" : "delete" }),
            }),
            ["ts"] = notice.At,
        };
        return new(NotifyJson.Meta(app, entry, notice.By, "reaction", new JsonArray(change)));
    }
}
