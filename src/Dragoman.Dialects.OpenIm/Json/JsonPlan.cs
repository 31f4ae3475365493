using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dragoman.Dialects.OpenIm.Protos;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Dragoman.Dialects.OpenIm.Json;

/// <summary>What JSON has to know about one message type; made once per type, on its first use.</summary>
internal sealed class JsonPlan
{
    private const int MaxNameLength = 64;

    private static readonly ConcurrentDictionary<MessageDescriptor, JsonPlan> Cache = new();

    private readonly MessageDescriptor _descriptor;
    private readonly Dictionary<string, JsonField>.AlternateLookup<ReadOnlySpan<char>> _byName;

    private JsonPlan(MessageDescriptor descriptor)
    {
        _descriptor = descriptor;
        Fields = [.. descriptor.Fields.InDeclarationOrder().Select((field, index) => new JsonField(field, index))];
        _byName = Fields.ToDictionary(field => field.Name, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public JsonField[] Fields { get; }

    /// <summary>As Go's error texts call it.</summary>
    public string Name => _descriptor.Name;

    public static JsonPlan For(MessageDescriptor descriptor) => Cache.GetOrAdd(descriptor, static key => new JsonPlan(key));

    public IMessage NewMessage() => _descriptor.Parser.ParseFrom(ByteString.Empty);

    /// <summary>Matches without regard to case, as Go does.</summary>
    public JsonField? Find(ReadOnlySpan<char> name) => _byName.TryGetValue(name, out var field) ? field : null;

    /// <param name="json">Stands on a property name.</param>
    public JsonField? Find(ref Utf8JsonReader json)
    {
        if (json.ValueIsEscaped) return Find(json.GetString());
        if (json.ValueSpan.Length > MaxNameLength) return null;

        Span<char> name = stackalloc char[MaxNameLength];
        return Find(name[..Encoding.UTF8.GetChars(json.ValueSpan, name)]);
    }
}

internal enum JsonKind { String, Bytes, Bool, Int32, Int64, UInt32, UInt64, Enum, Message, Wrapper, Raw }

/// <summary>One field: its name, and how its values look in JSON.</summary>
internal sealed class JsonField
{
    private readonly Lazy<JsonPlan>? _messagePlan; // lazy, for types may refer to each other

    public JsonField(FieldDescriptor field, int index)
    {
        Index = index;
        Name = field.Name;
        EncodedName = JsonEncodedText.Encode(field.Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        Accessor = field.Accessor;
        IsMap = field.IsMap;
        IsList = field.IsRepeated && !field.IsMap;
        IsOptional = field.HasPresence && field.FieldType != FieldType.Message;

        var value = field.IsMap ? field.MessageType.FindFieldByName("value") : field;
        if (value.FieldType == FieldType.Message) _messagePlan = new Lazy<JsonPlan>(() => JsonPlan.For(value.MessageType));
        Kind = KindOf(value);
        GoType = GoTypeOf(value);
        if (Kind == JsonKind.Wrapper) Inner = new JsonField(value.MessageType.FindFieldByNumber(StringValue.ValueFieldNumber), 0);
    }

    /// <summary>The position in the message's declaration.</summary>
    public int Index { get; }

    public string Name { get; }

    public JsonEncodedText EncodedName { get; }

    public IFieldAccessor Accessor { get; }

    public bool IsMap { get; }

    public bool IsList { get; }

    /// <summary>A scalar that knows whether it was set.</summary>
    public bool IsOptional { get; }

    /// <summary>Of the value; of the elements, in a list or a map.</summary>
    public JsonKind Kind { get; }

    /// <summary>The type's name in Go, for the texts of errors.</summary>
    public string GoType { get; }

    /// <summary>The one field of a wrapper.</summary>
    public JsonField? Inner { get; }

    public JsonPlan MessagePlan => _messagePlan!.Value;

    private static JsonKind KindOf(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => JsonKind.String,
        FieldType.Bytes => JsonKind.Bytes,
        FieldType.Bool => JsonKind.Bool,
        FieldType.Int32 => JsonKind.Int32,
        FieldType.Int64 => JsonKind.Int64,
        FieldType.UInt32 => JsonKind.UInt32,
        FieldType.UInt64 => JsonKind.UInt64,
        FieldType.Enum => JsonKind.Enum,
        FieldType.Message when field.MessageType == RawJson.Descriptor => JsonKind.Raw,
        FieldType.Message when field.MessageType.File == WrappersReflection.Descriptor => JsonKind.Wrapper,
        FieldType.Message => JsonKind.Message,
        _ => throw new NotSupportedException($"{field.FullName}: the vendor has no {field.FieldType}"),
    };

    private static string GoTypeOf(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => field.MessageType.FullName,
        FieldType.Enum => field.EnumType.FullName,
        FieldType.Bytes => "[]uint8",
        var scalar => scalar.ToString().ToLowerInvariant(),
    };
}
