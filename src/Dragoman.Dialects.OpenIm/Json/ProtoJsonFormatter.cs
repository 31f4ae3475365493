using System.Collections;
using System.Text.Json;
using Google.Protobuf;

namespace Dragoman.Dialects.OpenIm.Json;

/// <summary>Writes messages as the vendor's HTTP API does: all fields, in the order of their declaration.</summary>
internal static class ProtoJsonFormatter
{
    public static void WriteMessage(IMessage message, JsonPlan plan, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var field in plan.Fields)
        {
            writer.WritePropertyName(field.EncodedName);
            WriteField(message, field, writer);
        }
        writer.WriteEndObject();
    }

    private static void WriteField(IMessage message, JsonField field, Utf8JsonWriter writer)
    {
        if (field.IsOptional && !field.Accessor.HasValue(message)) writer.WriteNullValue();
        else if (field.IsList) WriteList((IList)field.Accessor.GetValue(message), field, writer);
        else if (field.IsMap) WriteMap((IDictionary)field.Accessor.GetValue(message), field, writer);
        else WriteValue(field.Accessor.GetValue(message), field, writer);
    }

    private static void WriteList(IList list, JsonField field, Utf8JsonWriter writer)
    {
        if (list.Count == 0)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartArray();
        foreach (var element in list) WriteValue(element, field, writer);
        writer.WriteEndArray();
    }

    private static void WriteMap(IDictionary map, JsonField field, Utf8JsonWriter writer)
    {
        if (map.Count == 0)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        foreach (DictionaryEntry entry in map)
        {
            writer.WritePropertyName((string)entry.Key);
            WriteValue(entry.Value, field, writer);
        }
        writer.WriteEndObject();
    }

    private static void WriteValue(object? value, JsonField field, Utf8JsonWriter writer)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case ByteString bytes: writer.WriteBase64StringValue(bytes.Span); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case int number: writer.WriteNumberValue(number); break;
            case long number: writer.WriteNumberValue(number); break;
            case uint number: writer.WriteNumberValue(number); break;
            case ulong number: writer.WriteNumberValue(number); break;
            case Enum constant: writer.WriteNumberValue(Convert.ToInt32(constant)); break;
            case Protos.RawJson { Json: "" }: writer.WriteNullValue(); break;
            case Protos.RawJson raw: writer.WriteRawValue(raw.Json); break;
            case IMessage wrapper when field.Inner is not null: WriteValue(field.Inner.Accessor.GetValue(wrapper), field.Inner, writer); break;
            case IMessage message: WriteMessage(message, field.MessagePlan, writer); break;
            default: throw new NotSupportedException(value.GetType().FullName);
        }
    }
}
