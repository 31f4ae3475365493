using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Google.Protobuf;

namespace Dragoman.Dialects.Agora.Messages.Notices;

/// <summary>Somebody appears in another way (section 9.5).</summary>
internal sealed class PresenceRenderer : NoticeRenderer<PresenceTold>
{
    protected override Rendering Render(AgoraApp app, Entry entry, PresenceTold notice)
    {
        var news = new JsonObject
        {
            ["type"] = "presence",
            ["data"] = new JsonObject { ["values"] = new JsonArray(PresenceJson.InNumbers(notice.View, notice.SubscribedUntil)) },
        };
        return new(Metas.Of(app, entry, notice.View.User, Meta.Types.NameSpace.Notify, Json(news)));
    }

    /// <summary>Compact, and without raw control characters, which clients cannot read.</summary>
    internal static ByteString Json(JsonObject payload) => ByteString.CopyFromUtf8(payload.ToJsonString());
}
