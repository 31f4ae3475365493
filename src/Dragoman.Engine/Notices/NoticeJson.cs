using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dragoman.Engine.Notices;

/// <summary>How notices are stored: compact JSON, ids as plain strings.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    Converters = [typeof(UserIdConverter), typeof(GroupIdConverter), typeof(RoomIdConverter), typeof(TopicIdConverter), typeof(RoomTypeIdConverter), typeof(GroupTypeIdConverter), typeof(AppIdConverter), typeof(DialectIdConverter)])]
[JsonSerializable(typeof(Notice))]
public sealed partial class NoticeJson : JsonSerializerContext
{
    public static byte[] Write(Notice notice) => JsonSerializer.SerializeToUtf8Bytes(notice, Default.Notice);

    public static Notice? Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Default.Notice);
}

internal sealed class UserIdConverter : JsonConverter<UserId>
{
    public override UserId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");
    public override void Write(Utf8JsonWriter writer, UserId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

internal sealed class GroupIdConverter : JsonConverter<GroupId>
{
    public override GroupId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");
    public override void Write(Utf8JsonWriter writer, GroupId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

internal sealed class RoomIdConverter : JsonConverter<RoomId>
{
    public override RoomId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");
    public override void Write(Utf8JsonWriter writer, RoomId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

internal sealed class TopicIdConverter : JsonConverter<TopicId>
{
    public override TopicId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");
    public override void Write(Utf8JsonWriter writer, TopicId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

internal sealed class RoomTypeIdConverter : JsonConverter<RoomTypeId>
{
    public override RoomTypeId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");
    public override void Write(Utf8JsonWriter writer, RoomTypeId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

internal sealed class GroupTypeIdConverter : JsonConverter<GroupTypeId>
{
    public override GroupTypeId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");
    public override void Write(Utf8JsonWriter writer, GroupTypeId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

internal sealed class AppIdConverter : JsonConverter<AppId>
{
    public override AppId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt32());
    public override void Write(Utf8JsonWriter writer, AppId value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}

internal sealed class DialectIdConverter : JsonConverter<DialectId>
{
    public override DialectId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetByte());
    public override void Write(Utf8JsonWriter writer, DialectId value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}
