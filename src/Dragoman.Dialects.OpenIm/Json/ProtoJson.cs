using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Google.Protobuf;

namespace Dragoman.Dialects.OpenIm.Json;

/// <summary>The JSON of the HTTP API, which is Go's encoding/json over protobuf structs and not protobuf's own JSON mapping.</summary>
/// <remarks>
/// Names are the field names verbatim, matched in any case; 64-bit integers are numbers; enums too; bytes are base64; a wrapper is its
/// bare value. Every field is written: an empty list or map and an absent message as <c>null</c>.
/// </remarks>
internal static class ProtoJson
{
    private const int MaxDepth = 32;

    /// <summary>
    /// For writers that <see cref="Write"/> is given: text stays text, except that the class library escapes what lies beyond the basic
    /// plane (emoji) whatever the encoder, which every reader undoes.
    /// </summary>
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <inheritdoc cref="TryParse{T}(ReadOnlySpan{byte}, T, out JsonPresence, out string)"/>
    public static bool TryParse<T>(ReadOnlySpan<byte> utf8Json, T message, out string error) where T : IMessage =>
        TryParse(utf8Json, message, out _, out error);

    /// <summary>Reads a request. Fields that the JSON does not have keep their values; unknown ones are ignored.</summary>
    /// <param name="message">In an undefined state when this fails.</param>
    /// <param name="presence">Which fields of the outermost object were given and not null: protobuf does not tell a null list from an empty one.</param>
    /// <param name="error">In the words of Go's parser; empty on success.</param>
    public static bool TryParse<T>(ReadOnlySpan<byte> utf8Json, T message, out JsonPresence presence, out string error) where T : IMessage
    {
        var plan = JsonPlan.For(message.Descriptor);
        presence = new JsonPresence(plan, 0);
        if (utf8Json.IsEmpty) return Fail("EOF", out error);
        if (!Utf8.IsValid(utf8Json)) return Fail("invalid UTF-8 in JSON", out error);

        try
        {
            var json = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = MaxDepth });
            json.Read();
            var parser = new ProtoJsonParser();
            var read = json.TokenType == JsonTokenType.Null || parser.TryReadTop(ref json, plan, message);
            if (read) json.Read(); // throws when something follows

            presence = new JsonPresence(plan, parser.TopFields);
            error = parser.Error;
            return read;
        }
        catch (JsonException e)
        {
            return Fail(SyntaxError(utf8Json, e), out error);
        }
        catch (InvalidOperationException) // the reader's answer to half a surrogate pair, escaped
        {
            return Fail("invalid surrogate pair in JSON string", out error);
        }
    }

    private static bool Fail(string text, out string error)
    {
        error = text;
        return false;
    }

    private static string SyntaxError(ReadOnlySpan<byte> json, JsonException e)
    {
        var position = (int)(e.BytePositionInLine ?? 0);
        for (var line = e.LineNumber ?? 0; line > 0; line--) position += json[position..].IndexOf((byte)'\n') + 1;

        // Lines before the last one count from their own start; what is left is a hint for a human either way.
        return position >= json.Length || json.TrimEnd(" \t\r\n"u8).Length <= position
            ? "unexpected end of JSON input"
            : $"invalid character {Quote(json[position])} at offset {position}";
    }

    private static string Quote(byte character) => character is >= 0x20 and < 0x7f ? $"'{(char)character}'" : $"'\\x{character:x2}'";

    /// <summary>A response without any field leaves the envelope's <c>data</c> out.</summary>
    public static bool HasFields(IMessage message) => JsonPlan.For(message.Descriptor).Fields.Length > 0;

    /// <param name="writer">Made with <see cref="WriterOptions"/>.</param>
    public static void Write(IMessage message, Utf8JsonWriter writer) => ProtoJsonFormatter.WriteMessage(message, JsonPlan.For(message.Descriptor), writer);

    /// <summary>The JSON of one message, for the places that put JSON into a string.</summary>
    public static byte[] ToUtf8Bytes(IMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, WriterOptions)) Write(message, writer);
        return output.WrittenSpan.ToArray();
    }
}

/// <summary>The fields of a request's outermost object that were there and not null.</summary>
internal readonly struct JsonPresence
{
    private readonly JsonPlan _plan;
    private readonly ulong _fields;

    internal JsonPresence(JsonPlan plan, ulong fields)
    {
        _plan = plan;
        _fields = fields;
    }

    /// <param name="name">As declared; a name that the message does not have is a bug.</param>
    public bool Has(string name)
    {
        var field = _plan.Find(name) ?? throw new ArgumentException($"{_plan.Name} has no {name}", nameof(name));
        return (_fields >> field.Index & 1) != 0;
    }
}
