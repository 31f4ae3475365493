using System.Text.Json;
using System.Text.Unicode;

namespace Dragoman.Gateway.Http;

/// <summary>Parses JSON from outside so that nothing that is read from the document later can throw.</summary>
public static class JsonInput
{
    /// <returns>Null for what is no JSON, is nested deeper, or has a text that is none (bad UTF-8, half of a surrogate pair).</returns>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> utf8Json, int maxDepth)
    {
        try
        {
            CheckTexts(utf8Json.Span, maxDepth);
            return JsonDocument.Parse(utf8Json, new JsonDocumentOptions { MaxDepth = maxDepth });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void CheckTexts(ReadOnlySpan<byte> utf8Json, int maxDepth)
    {
        if (!Utf8.IsValid(utf8Json)) throw new JsonException("bad UTF-8");

        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = maxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped) Unescape(ref reader);
        }
    }

    private static void Unescape(ref Utf8JsonReader reader)
    {
        try
        {
            _ = reader.GetString();
        }
        catch (InvalidOperationException e) // the reader's answer to half a surrogate pair, escaped
        {
            throw new JsonException("half a surrogate pair", e);
        }
    }
}
