using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Messages;
using Google.Protobuf;

namespace Dragoman.Dialects.Agora.Messages.Notices;

/// <summary>Events whose payload is JSON (section 9.5): compact, because clients stumble over line breaks.</summary>
internal static class NotifyJson
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Meta Meta(AgoraApp app, Entry entry, UserId from, string type, JsonNode data) =>
        Meta(app, entry, from, new JsonObject { ["type"] = type, ["data"] = data });

    public static Meta Meta(AgoraApp app, Entry entry, UserId from, JsonObject payload) =>
        Metas.Of(app, entry, from, Protos.Meta.Types.NameSpace.Notify, ByteString.CopyFromUtf8(payload.ToJsonString(Json)));
}
