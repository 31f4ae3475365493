using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.Agora.Messages;

/// <summary>The bodies of this dialect's messages: the vendor's MessageBody, with what is the server's to say put right.</summary>
internal static class Bodies
{
    /// <summary>What the client said, in the names that the server knows to be right, without what only answers and events carry.</summary>
    public static MessageBody Clean(MessageBody said, string from, string to)
    {
        var body = new MessageBody
        {
            Type = said.Type,
            From = new JID { Name = from },
            To = new JID { Name = to },
            Contents = { said.Contents },
            Ext = { said.Ext },
        };
        if (said.MsgConfig is not null) body.MsgConfig = said.MsgConfig;
        if (said.HasMeta && BodyMeta.OfClient(said.Meta) is { } meta) body.Meta = meta;
        return body;
    }

    /// <summary>Null when there is no body that could be read.</summary>
    public static MessageBody? Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return MessageBody.Parser.ParseFrom(bytes);
        }
        catch (Google.Protobuf.InvalidProtocolBufferException)
        {
            return null;
        }
    }

    public static ContentKind KindOf(MessageBody body)
    {
        if (body.Contents is not [var content, ..]) return ContentKind.Other;
        return content.Type switch
        {
            MessageBody.Types.Content.Types.Type.Text when IsBundle(content) => ContentKind.Bundle,
            MessageBody.Types.Content.Types.Type.Text => ContentKind.Text,
            MessageBody.Types.Content.Types.Type.Image => ContentKind.Image,
            MessageBody.Types.Content.Types.Type.Video => ContentKind.Video,
            MessageBody.Types.Content.Types.Type.Location => ContentKind.Location,
            MessageBody.Types.Content.Types.Type.Voice => ContentKind.Voice,
            MessageBody.Types.Content.Types.Type.File => ContentKind.File,
            MessageBody.Types.Content.Types.Type.Command => ContentKind.Command,
            MessageBody.Types.Content.Types.Type.Custom => ContentKind.Custom,
            MessageBody.Types.Content.Types.Type.Combine => ContentKind.Bundle,
            _ => ContentKind.Other,
        };
    }

    /// <summary>A combined message is a text whose sub-type is on the wire, though it is the zero of its type.</summary>
    public static bool IsBundle(MessageBody.Types.Content content) =>
        content.HasSubType && content.SubType == MessageBody.Types.Content.Types.SubType.SubCombine;
}
