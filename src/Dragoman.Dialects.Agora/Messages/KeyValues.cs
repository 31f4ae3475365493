using System.Globalization;
using System.Text;
using System.Text.Json;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Gateway.Http;
using Type = Dragoman.Dialects.Agora.Protos.KeyValue.Types.ValueType;

namespace Dragoman.Dialects.Agora.Messages;

/// <summary>The vendor's typed lists of names and values (section 4), as JSON and as texts.</summary>
internal static class KeyValues
{
    private const int MaxDepth = 32;

    /// <summary>A JSON object; empty when there are none.</summary>
    public static string ToJson(IReadOnlyCollection<KeyValue> values)
    {
        if (values.Count == 0) return "";

        using var output = new PooledWriter();
        using (var json = new Utf8JsonWriter(output, new() { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var item in values)
            {
                json.WritePropertyName(item.Key);
                Write(json, item);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.Written.Span);
    }

    public static List<KeyValuePair<string, string>> ToTexts(IEnumerable<KeyValue> values) => [.. values.Select(item => KeyValuePair.Create(item.Key, TextOf(item)))];

    public static IEnumerable<KeyValue> OfTexts(IEnumerable<KeyValuePair<string, string>> texts) =>
        texts.Select(item => new KeyValue { Key = item.Key, Type = Type.String, StringValue = item.Value });

    /// <summary>The members of a JSON object, typed as the vendor's SDK types them; none when it is no object.</summary>
    public static IReadOnlyList<KeyValue> OfJson(string text)
    {
        if (text.Length == 0) return [];
        using var json = JsonInput.TryParse(Encoding.UTF8.GetBytes(text), MaxDepth);
        return json is { RootElement.ValueKind: JsonValueKind.Object } ? [.. json.RootElement.EnumerateObject().Select(member => Of(member.Name, member.Value))] : [];
    }

    private static KeyValue Of(string key, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new() { Key = key, Type = Type.String, StringValue = value.GetString()! },
        JsonValueKind.True or JsonValueKind.False => new() { Key = key, Type = Type.Bool, VarintValue = value.ValueKind == JsonValueKind.True ? 1 : 0 },
        JsonValueKind.Number when value.TryGetInt64(out var number) => new() { Key = key, Type = Type.Int, VarintValue = number },
        JsonValueKind.Number => new() { Key = key, Type = Type.Double, DoubleValue = value.GetDouble() },
        _ => new() { Key = key, Type = Type.JsonString, StringValue = value.GetRawText() },
    };

    private static string TextOf(KeyValue item) => item.ValueCase switch
    {
        KeyValue.ValueOneofCase.StringValue => item.StringValue,
        KeyValue.ValueOneofCase.VarintValue when item.Type == Type.Bool => item.VarintValue != 0 ? "true" : "false",
        KeyValue.ValueOneofCase.VarintValue => item.VarintValue.ToString(CultureInfo.InvariantCulture),
        KeyValue.ValueOneofCase.DoubleValue => item.DoubleValue.ToString(CultureInfo.InvariantCulture),
        KeyValue.ValueOneofCase.FloatValue => item.FloatValue.ToString(CultureInfo.InvariantCulture),
        _ => "",
    };

    private static void Write(Utf8JsonWriter json, KeyValue item)
    {
        switch (item.ValueCase)
        {
            case KeyValue.ValueOneofCase.VarintValue when item.Type == Type.Bool:
                json.WriteBooleanValue(item.VarintValue != 0);
                break;
            case KeyValue.ValueOneofCase.VarintValue:
                json.WriteNumberValue(item.VarintValue);
                break;
            case KeyValue.ValueOneofCase.DoubleValue when double.IsFinite(item.DoubleValue):
                json.WriteNumberValue(item.DoubleValue);
                break;
            case KeyValue.ValueOneofCase.FloatValue when float.IsFinite(item.FloatValue):
                json.WriteNumberValue(item.FloatValue);
                break;
            case KeyValue.ValueOneofCase.StringValue when item.Type == Type.JsonString && IsJson(item.StringValue):
                json.WriteRawValue(item.StringValue);
                break;
            default:
                json.WriteStringValue(TextOf(item));
                break;
        }
    }

    private static bool IsJson(string text)
    {
        using var json = JsonInput.TryParse(Encoding.UTF8.GetBytes(text), MaxDepth);
        return json is not null;
    }
}
