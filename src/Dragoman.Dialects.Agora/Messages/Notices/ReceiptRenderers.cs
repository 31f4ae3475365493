using System.Globalization;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Google.Protobuf;
using Type = Dragoman.Dialects.Agora.Protos.MessageBody.Types.Type;

namespace Dragoman.Dialects.Agora.Messages.Notices;

/// <summary>A device of the receiver has the message.</summary>
internal sealed class DeliveredRenderer : NoticeRenderer<MessageDelivered>
{
    protected override Rendering Render(AgoraApp app, Entry entry, MessageDelivered notice) =>
        entry.Conversation.PeerOf(notice.Receiver) is var sender && sender == notice.Receiver
            ? default
            : new(Usual: null, new Dictionary<Engine.UserId, Meta?>
            {
                [sender] = Metas.Of(
                    app, entry, notice.Receiver, Meta.Types.NameSpace.Chat, Metas.About(entry, Type.DeliverAck, notice.Receiver, notice.MessageId).ToByteString()),
            });
}

/// <summary>A member has read the sender's message; how many have stands in the extension.</summary>
internal sealed class ReadInGroupRenderer : NoticeRenderer<MessageReadInGroup>
{
    protected override Rendering Render(AgoraApp app, Entry entry, MessageReadInGroup notice)
    {
        var body = new MessageBody
        {
            Type = Type.ReadAck,
            From = new JID { Name = notice.Reader.Value },
            To = new JID { Name = notice.Group.Value },
            AckMessageId = (ulong)notice.MessageId,
            MsgConfig = new() { AllowGroupAck = true },
            AckContent = notice.Text,
            Ext =
            {
                new KeyValue
                {
                    Key = "group_read_count",
                    Type = KeyValue.Types.ValueType.JsonString,
                    StringValue = string.Create(CultureInfo.InvariantCulture, $"{{\"{notice.MessageId}\":{notice.Count}}}"),
                },
            },
        };
        return new(Metas.Of(app, entry, notice.Reader, Meta.Types.NameSpace.Chat, body.ToByteString()));
    }
}
