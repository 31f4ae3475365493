using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Gateway;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Agora.Rest.Push;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Gateway.Connections;

namespace Dragoman.Dialects.Agora.Messages.Notices;

/// <summary>The user has changed on another device what he wants to be woken by (section 9.5).</summary>
internal sealed class SilentModeRenderer(SessionRegistry sessions) : NoticeRenderer<ReceiveOptionChanged>
{
    protected override Rendering Render(AgoraApp app, Entry entry, ReceiveOptionChanged notice)
    {
        var isForAll = notice.Conversation is null;
        var (level, hours) = (notice.Change.Level, notice.Change.Hours ?? QuietHours.None);
        var isCleared = !isForAll && level == ReceiveOption.Notify && !hours.IsLevelChosen;
        var data = isCleared ? [] : SilentMode.Show(level ?? ReceiveOption.Notify, hours, isForAll, entry.SentAt);
        if (level is null) data.Remove("type");

        // Clients tell by this member that everything is meant.
        if (!isForAll) data.Remove("ignoreInterval");
        else if (!data.ContainsKey("ignoreInterval")) data["ignoreInterval"] = "";
        var value = new JsonObject { ["operator_resource"] = (sessions.Find(entry.OriginSession) as AgoraSession)?.Card.Resource ?? "" };
        if (notice.Conversation is { Kind: ConversationKind.Group } group) value["group"] = group.A;
        else value["user"] = notice.Conversation is { } pair ? pair.PeerOf(notice.User).Value : notice.User.Value;
        value["data"] = data;
        var news = new JsonObject { ["type"] = "user_notification_mute", ["values"] = new JsonArray(value) };
        return new(Metas.Of(app, entry, notice.User, Meta.Types.NameSpace.Notify, PresenceRenderer.Json(news)));
    }
}
