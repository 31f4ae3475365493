using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Google.Protobuf;

namespace Dragoman.Dialects.OpenIm.Json;

/// <summary>Puts the values of one JSON text into a message. Syntax errors are the reader's exceptions; wrong types are <see cref="Error"/>.</summary>
internal struct ProtoJsonParser()
{
    /// <summary>One bit per field of the outermost message, by its index.</summary>
    public ulong TopFields { get; private set; }

    public string Error { get; private set; } = "";

    public bool TryReadTop(ref Utf8JsonReader json, JsonPlan plan, IMessage message)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            Error = $"json: cannot unmarshal {Describe(ref json)} into Go value of type {plan.Name}";
            return false;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (!TryReadProperty(ref json, plan, message, out var given)) return false;
            if (given is not null) TopFields |= 1UL << given.Index;
        }
        return true;
    }

    private bool TryReadMessage(ref Utf8JsonReader json, JsonPlan plan, IMessage message)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            if (!TryReadProperty(ref json, plan, message, out _)) return false;
        return true;
    }

    /// <param name="given">The field, unless it is unknown or null.</param>
    private bool TryReadProperty(ref Utf8JsonReader json, JsonPlan plan, IMessage message, out JsonField? given)
    {
        given = null;
        var field = plan.Find(ref json);
        json.Read();
        if (field is null)
        {
            json.Skip();
            return true;
        }

        if (json.TokenType == JsonTokenType.Null)
        {
            if (field.IsList || field.IsMap || field.IsOptional || field.Kind >= JsonKind.Message) field.Accessor.Clear(message);
            return true; // Go leaves a scalar as it is
        }

        given = field;
        if (field.IsList) return TryReadList(ref json, plan, field, message);
        if (field.IsMap) return TryReadMap(ref json, plan, field, message);

        // Go decodes a member that comes twice into the same struct.
        var existing = field.Kind == JsonKind.Message ? (IMessage?)field.Accessor.GetValue(message) : null;
        if (!TryReadValue(ref json, plan, field, existing, out var value)) return false;

        field.Accessor.SetValue(message, value);
        return true;
    }

    private bool TryReadList(ref Utf8JsonReader json, JsonPlan plan, JsonField field, IMessage message)
    {
        if (json.TokenType != JsonTokenType.StartArray) return WrongType(ref json, plan, field, "[]" + field.GoType);

        var list = (IList)field.Accessor.GetValue(message);
        list.Clear();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (!TryReadElement(ref json, plan, field, out var value)) return false;
            list.Add(value);
        }
        return true;
    }

    /// <summary>All of the vendor's maps have strings for keys.</summary>
    private bool TryReadMap(ref Utf8JsonReader json, JsonPlan plan, JsonField field, IMessage message)
    {
        if (json.TokenType != JsonTokenType.StartObject) return WrongType(ref json, plan, field, "map[string]" + field.GoType);

        var map = (IDictionary)field.Accessor.GetValue(message);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = json.GetString()!;
            json.Read();
            if (!TryReadElement(ref json, plan, field, out var value)) return false;
            map[key] = value;
        }
        return true;
    }

    /// <summary>A null among the elements is Go's zero value; protobuf's collections hold none.</summary>
    private bool TryReadElement(ref Utf8JsonReader json, JsonPlan plan, JsonField field, out object value)
    {
        if (json.TokenType != JsonTokenType.Null) return TryReadValue(ref json, plan, field, existing: null, out value);

        value = ZeroOf(field);
        return true;
    }

    private static object ZeroOf(JsonField field) => field.Kind switch
    {
        JsonKind.String => "",
        JsonKind.Bytes => ByteString.Empty,
        JsonKind.Bool => false,
        JsonKind.Int32 or JsonKind.Enum => 0,
        JsonKind.Int64 => 0L,
        JsonKind.UInt32 => 0U,
        JsonKind.UInt64 => 0UL,
        _ => field.MessagePlan.NewMessage(),
    };

    private bool TryReadValue(ref Utf8JsonReader json, JsonPlan plan, JsonField field, IMessage? existing, out object value)
    {
        object? read = field.Kind switch
        {
            JsonKind.String => json.TokenType == JsonTokenType.String ? json.GetString() : null,
            JsonKind.Bool => json.TokenType is JsonTokenType.True or JsonTokenType.False ? json.GetBoolean() : null,
            JsonKind.Int32 or JsonKind.Enum => IsNumber(ref json) && json.TryGetInt32(out var number) ? number : null,
            JsonKind.Int64 => IsNumber(ref json) && json.TryGetInt64(out var number) ? number : null,
            JsonKind.UInt32 => IsNumber(ref json) && json.TryGetUInt32(out var number) ? number : null,
            JsonKind.UInt64 => IsNumber(ref json) && json.TryGetUInt64(out var number) ? number : null,
            JsonKind.Bytes => ReadBytes(ref json),
            JsonKind.Message => ReadMessage(ref json, field, existing),
            JsonKind.Wrapper => ReadWrapper(ref json, plan, field),
            _ => ReadRaw(ref json),
        };
        value = read!;
        return read is not null || WrongType(ref json, plan, field, field.GoType);
    }

    private static bool IsNumber(ref Utf8JsonReader json) => json.TokenType == JsonTokenType.Number;

    private ByteString? ReadBytes(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String) return null;
        if (json.TryGetBytesFromBase64(out var bytes)) return UnsafeByteOperations.UnsafeWrap(bytes);

        Error = "illegal base64 data";
        return null;
    }

    private IMessage? ReadMessage(ref Utf8JsonReader json, JsonField field, IMessage? existing)
    {
        if (json.TokenType != JsonTokenType.StartObject) return null;

        var message = existing ?? field.MessagePlan.NewMessage();
        return TryReadMessage(ref json, field.MessagePlan, message) ? message : null;
    }

    private IMessage? ReadWrapper(ref Utf8JsonReader json, JsonPlan plan, JsonField field)
    {
        if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) return null;
        if (!TryReadValue(ref json, plan, field.Inner!, existing: null, out var value)) return null;

        var wrapper = field.MessagePlan.NewMessage();
        field.Inner!.Accessor.SetValue(wrapper, value);
        return wrapper;
    }

    private static Protos.RawJson ReadRaw(ref Utf8JsonReader json)
    {
        using var document = JsonDocument.ParseValue(ref json);
        return new Protos.RawJson { Json = document.RootElement.GetRawText() };
    }

    private bool WrongType(ref Utf8JsonReader json, JsonPlan plan, JsonField field, string goType)
    {
        if (Error.Length == 0) Error = $"json: cannot unmarshal {Describe(ref json)} into Go struct field {plan.Name}.{field.Name} of type {goType}";
        return false;
    }

    private static string Describe(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.String => "string",
        JsonTokenType.True or JsonTokenType.False => "bool",
        JsonTokenType.StartArray => "array",
        JsonTokenType.StartObject => "object",
        JsonTokenType.Number => string.Create(CultureInfo.InvariantCulture, $"number {Encoding.UTF8.GetString(json.ValueSpan)}"),
        _ => "null",
    };
}
