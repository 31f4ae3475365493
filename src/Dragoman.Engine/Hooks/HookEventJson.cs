using System.Text.Json;
using System.Text.Json.Serialization;
using Dragoman.Engine.Notices;

namespace Dragoman.Engine.Hooks;

/// <summary>How events wait in the outbox: compact JSON, as notices are stored.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    Converters = [typeof(UserIdConverter), typeof(GroupIdConverter), typeof(GroupTypeIdConverter), typeof(AppIdConverter), typeof(DialectIdConverter)])]
[JsonSerializable(typeof(HookEvent))]
public sealed partial class HookEventJson : JsonSerializerContext
{
    public static string Write(HookEvent happened) => JsonSerializer.Serialize(happened, Default.HookEvent);

    public static HookEvent Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Default.HookEvent)!;
}
