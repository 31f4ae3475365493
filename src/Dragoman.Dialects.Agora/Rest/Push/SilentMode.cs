using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;

namespace Dragoman.Dialects.Agora.Rest.Push;

/// <summary>Do not disturb in the vendor's words (section 4.14).</summary>
internal static class SilentMode
{
    /// <summary>Milliseconds: a week.</summary>
    private const long MaxDuration = 604_800_000;

    /// <summary>What a body asks for.</summary>
    /// <param name="hours">Those that are set by now.</param>
    public static (ReceiveChange? Change, AgoraError? Invalid) Read(JsonElement body, QuietHours hours, bool isForAll, long now, int offsetMinutes)
    {
        if (body.ValueKind != JsonValueKind.Object) return (null, AgoraErrors.InvalidBody);
        ReceiveOption? level = null;
        var isAnything = false;
        if (body.TryGetProperty("type", out var type))
        {
            var word = type.ValueKind == JsonValueKind.String ? type.GetString() : null;
            level = word switch
            {
                "ALL" or "DEFAULT" => ReceiveOption.Notify,
                "AT" => ReceiveOption.MentionsOnly,
                "NONE" => ReceiveOption.Silent,
                _ => null,
            };
            if (level is null || (isForAll && word == "DEFAULT")) return (null, Invalid("type"));
            hours = hours with { IsLevelChosen = word != "DEFAULT" };
            isAnything = true;
        }

        if (body.TryGetProperty("ignoreDuration", out var duration))
        {
            if (duration.ValueKind != JsonValueKind.Number || !duration.TryGetInt64(out var length) || length is < 0 or > MaxDuration) return (null, Invalid("ignoreDuration"));
            hours = hours with { Until = length == 0 ? 0 : now + length };
            isAnything = true;
        }

        if (body.TryGetProperty("ignoreInterval", out var interval))
        {
            if (interval.ValueKind != JsonValueKind.String) return (null, Invalid("ignoreInterval"));
            var text = interval.GetString()!;
            if (text.Length == 0) hours = hours with { From = -1, To = -1 };
            else if (TryInterval(text, out var from, out var to)) hours = hours with { From = from, To = to, OffsetMinutes = offsetMinutes };
            else return (null, Invalid("ignoreInterval"));
            isAnything = true;
        }

        return isAnything ? (new(level, hours), null) : (null, Invalid("type"));
    }

    /// <summary>What is set; times that are over are not.</summary>
    public static JsonObject Show(ReceiveOption level, QuietHours hours, bool isForAll, long now)
    {
        var shown = new JsonObject { ["type"] = WordOf(level, hours, isForAll) };
        if (hours.Until > now) shown["ignoreDuration"] = hours.Until;
        if (hours.IsDaily) shown["ignoreInterval"] = $"{TimeOf(hours.From)}-{TimeOf(hours.To)}";
        return shown;
    }

    public static string WordOf(ReceiveOption level, QuietHours hours, bool isForAll) => level switch
    {
        ReceiveOption.MentionsOnly => "AT",
        ReceiveOption.Silent or ReceiveOption.Refuse => "NONE",
        _ => isForAll || hours.IsLevelChosen ? "ALL" : "DEFAULT",
    };

    private static bool TryInterval(string text, out int from, out int to)
    {
        (from, to) = (0, 0);
        return text.Length <= 11 && text.Split('-') is [var start, var end] && TryMinute(start, out from) && TryMinute(end, out to);
    }

    private static bool TryMinute(string text, out int minute)
    {
        minute = 0;
        if (text.Split(':') is not [var hours, var minutes]
            || !int.TryParse(hours, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) || !int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var rest)
            || hour > 24 || rest > 59 || (hour == 24 && rest > 0))
        {
            return false;
        }

        minute = ((hour * 60) + rest) % QuietHours.MinutesOfDay;
        return true;
    }

    private static string TimeOf(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");

    private static AgoraError Invalid(string name) => AgoraErrors.IllegalArgument.With($"parameters is invalid : {name}");
}
