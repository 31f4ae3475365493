using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine.Contents;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.Agora.Messages;

/// <summary>Messages as bodies of this dialect, whoever wrote them.</summary>
internal sealed class MessageBodies(BodyReaders readers, AgoraBodyWriter writer)
{
    /// <returns>Null when it is this dialect's and cannot be read.</returns>
    public MessageBody? Of(Entry entry) => entry.Origin == AgoraId.Dialect
        ? Bodies.Parse(entry.Body.Span)
        : writer.Write(entry.Conversation, entry.Sender, readers.Read(entry));
}
