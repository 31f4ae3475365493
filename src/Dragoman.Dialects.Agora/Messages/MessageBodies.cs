using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine.Contents;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.Agora.Messages;

/// <summary>Messages in this dialect's words, whoever wrote them.</summary>
internal sealed class MessageBodies(BodyReaders readers, AgoraBodyWriter writer)
{
    /// <returns>Null when its own dialect cannot read it.</returns>
    public MessageBody? Of(Entry entry) => entry.Origin == AgoraId.Dialect
        ? Bodies.Parse(entry.Body.Span)
        : writer.Write(entry.Conversation, entry.Sender, readers.Read(entry));
}
