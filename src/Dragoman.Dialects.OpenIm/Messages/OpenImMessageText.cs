using System.Buffers;
using System.Text;
using System.Text.Json;
using Dragoman.Dialects.OpenIm.Json;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Words;
using Google.Protobuf;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>The words of a message: one member of the JSON in its content (section 9.4). Content that is no such JSON has none.</summary>
internal sealed class OpenImMessageText : IMessageText
{
    private const int MaxDepth = 64;

    public DialectId Dialect => OpenImId.Dialect;

    public int Read(int type, ReadOnlySpan<byte> body, Span<char> destination)
    {
        var member = MemberOf(type);
        if (member.IsEmpty || !MsgDataView.TryParse(body, out var message)) return 0;

        try
        {
            var json = new Utf8JsonReader(message.Content, new JsonReaderOptions { MaxDepth = MaxDepth });
            return TryFind(ref json, member) ? json.CopyString(destination) : 0;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: half a surrogate pair, escaped
        {
            return 0;
        }
    }

    public byte[] Rewrite(int type, ReadOnlyMemory<byte> body, ReadOnlySpan<char> text)
    {
        var message = MsgData.Parser.ParseFrom(body.Span);
        var member = MemberOf(type);
        var content = new ArrayBufferWriter<byte>(message.Content.Length);
        using (var old = JsonDocument.Parse(message.Content.Memory, new JsonDocumentOptions { MaxDepth = MaxDepth }))
        using (var json = new Utf8JsonWriter(content, ProtoJson.WriterOptions))
        {
            json.WriteStartObject();
            foreach (var item in old.RootElement.EnumerateObject())
            {
                if (IsNamed(item.Name, member)) json.WriteString(member, text);
                else item.WriteTo(json);
            }

            json.WriteEndObject();
        }

        message.Content = ByteString.CopyFrom(content.WrittenSpan);
        return message.ToByteArray();
    }

    /// <summary>Stands on the value afterwards; the last one, when a name is there twice, is what readers take.</summary>
    private static bool TryFind(scoped ref Utf8JsonReader json, ReadOnlySpan<byte> member)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;

        var found = default(Utf8JsonReader);
        var isFound = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = json.ValueIsEscaped ? IsNamed(json.GetString()!, member) : Ascii.EqualsIgnoreCase(json.ValueSpan, member);
            json.Read();
            if (isIt && json.TokenType == JsonTokenType.String)
            {
                found = json;
                isFound = true;
            }

            json.Skip();
        }

        if (isFound) json = found;
        return isFound;
    }

    /// <summary>In any case, as the vendor's Go clients read it.</summary>
    private static bool IsNamed(string name, ReadOnlySpan<byte> member) => Ascii.EqualsIgnoreCase(member, name);

    private static ReadOnlySpan<byte> MemberOf(int type) => type switch
    {
        ContentTypes.Text or ContentTypes.Markdown => "content"u8,
        ContentTypes.AtText or ContentTypes.Quote or ContentTypes.AdvancedText => "text"u8,
        _ => default,
    };
}
