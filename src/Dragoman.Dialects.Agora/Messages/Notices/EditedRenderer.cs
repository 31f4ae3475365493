using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Google.Protobuf;

namespace Dragoman.Dialects.Agora.Messages.Notices;

/// <summary>A message was edited: clients get it whole, with all that is beside it. Of several edits whoever was away is shown the last one.</summary>
internal sealed class EditedRenderer(MessageBodies bodies) : NoticeRenderer<MessageEdited>
{
    protected override Rendering Render(AgoraApp app, Entry entry, MessageEdited notice)
    {
        if (entry.About is not { Edit: { } edit } message || edit.Version != notice.Version || bodies.Of(message) is not { } now) return default;

        var body = new MessageBody
        {
            Type = MessageBody.Types.Type.Edit,
            From = new JID { Name = message.Sender.Value },
            To = now.To,
            EditMessageId = (ulong)notice.MessageId,
            EditScope = MessageBody.Types.EditScope.BodyAndExt,
            Contents = { now.Contents },
            Ext = { now.Ext },
            Meta = new JsonObject { [EditJson.Key] = EditJson.Of(message) }.ToJsonString(),
        };
        return new(Metas.Of(app, entry, message.Sender, Meta.Types.NameSpace.Chat, body.ToByteString()));
    }
}
