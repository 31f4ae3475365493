using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Words;
using Google.Protobuf;

namespace Dragoman.Dialects.Agora.Messages;

/// <summary>The words of a message: the text of its first part. Files and custom messages have none.</summary>
internal sealed class AgoraMessageText : IMessageText
{
    public DialectId Dialect => AgoraId.Dialect;

    public int Read(int type, ReadOnlySpan<byte> body, Span<char> destination)
    {
        if (Bodies.Parse(body) is not { Contents: [{ Type: MessageBody.Types.Content.Types.Type.Text } part, ..] }) return 0;
        part.Text.CopyTo(destination);
        return part.Text.Length;
    }

    public byte[] Rewrite(int type, ReadOnlyMemory<byte> body, ReadOnlySpan<char> text)
    {
        var message = MessageBody.Parser.ParseFrom(body.Span);
        message.Contents[0].Text = text.ToString();
        return message.ToByteArray();
    }
}
