using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Operation = Dragoman.Dialects.Agora.Protos.MUCBody.Types.Operation;

namespace Dragoman.Dialects.Agora.Messages.Notices.Rooms;

/// <summary>What was written, or which keys are gone.</summary>
internal sealed class RoomAttributesRenderer : NoticeRenderer<RoomAttributesChanged>
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    protected override Rendering Render(AgoraApp app, Entry entry, RoomAttributesChanged notice)
    {
        var properties = new JsonObject();
        var keys = new JsonArray();
        foreach (var (key, value) in notice.Written) properties[key] = value;
        foreach (var key in notice.Removed) properties[key] = "";
        foreach (var (key, _) in properties) keys.Add(key);

        var body = MucEvents.Body(app, notice.Room, notice.IsRemoval ? Operation.DeleteMetadata : Operation.SetMetadata, notice.Operator);
        body.EventInfo = new MUCBody.Types.EventInfo
        {
            EventType = MUCBody.Types.EventInfo.Types.EventType.EventNone,
            Ext = new JsonObject
            {
                ["properties"] = properties,
                ["result"] = new JsonObject { ["successKeys"] = keys, ["errorKeys"] = new JsonObject() },
            }.ToJsonString(Json),
        };
        return new(MucEvents.Of(app, entry, notice, body));
    }
}
