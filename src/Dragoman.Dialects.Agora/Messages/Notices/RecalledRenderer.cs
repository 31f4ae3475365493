using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Google.Protobuf;

namespace Dragoman.Dialects.Agora.Messages.Notices;

internal sealed class RecalledRenderer : NoticeRenderer<MessageRecalled>
{
    protected override Rendering Render(AgoraApp app, Entry entry, MessageRecalled notice)
    {
        var by = new UserId(notice.Mark.By);
        var body = Metas.About(entry, MessageBody.Types.Type.Recall, by, notice.MessageId);
        return new(Metas.Of(app, entry, by, Meta.Types.NameSpace.Chat, body.ToByteString()));
    }
}
