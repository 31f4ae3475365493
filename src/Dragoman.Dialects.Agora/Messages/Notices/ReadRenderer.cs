using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Google.Protobuf;

namespace Dragoman.Dialects.Agora.Messages.Notices;

/// <summary>A message was read, or all of a conversation.</summary>
internal sealed class ReadRenderer : NoticeRenderer<MessagesRead>
{
    protected override Rendering Render(AgoraApp app, Entry entry, MessagesRead notice)
    {
        if (entry.Conversation.Kind != ConversationKind.Direct) return default;

        var type = notice.MessageId > 0 ? MessageBody.Types.Type.ReadAck : MessageBody.Types.Type.ChannelAck;
        var body = Metas.About(entry, type, notice.Reader, notice.MessageId);
        return new(Metas.Of(app, entry, notice.Reader, Meta.Types.NameSpace.Chat, body.ToByteString()));
    }
}
