using System.Globalization;

namespace Dragoman.Engine.Accounts;

/// <summary>When a user does not want to be woken, whatever the level says. Immutable.</summary>
public sealed record QuietHours
{
    public const int MinutesOfDay = 24 * 60;

    public static readonly QuietHours None = new();

    /// <summary>Minutes since midnight; negative when there is no daily time. An end before the start is on the next day, the same is the whole day.</summary>
    public int From { get; init; } = -1;

    public int To { get; init; } = -1;

    /// <summary>Of the midnight that is meant, east of UTC.</summary>
    public int OffsetMinutes { get; init; }

    /// <summary>And all the time until then; Unix milliseconds, 0 when there is no such time.</summary>
    public long Until { get; init; }

    /// <summary>The user has chosen the level of what this belongs to, be it the usual one.</summary>
    public bool IsLevelChosen { get; init; }

    public bool IsDaily => From >= 0 && To >= 0;

    public bool Covers(DateTimeOffset moment)
    {
        if (moment.ToUnixTimeMilliseconds() < Until) return true;
        if (!IsDaily) return false;

        var minute = ((int)(moment.UtcDateTime.TimeOfDay.TotalMinutes + OffsetMinutes) % MinutesOfDay + MinutesOfDay) % MinutesOfDay;
        if (From == To) return true;
        return From < To ? minute >= From && minute < To : minute >= From || minute < To;
    }

    /// <summary>As it is stored; empty for <see cref="None"/>.</summary>
    public string Write() => this == None
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{From} {To} {OffsetMinutes} {Until} {(IsLevelChosen ? 1 : 0)}");

    public static QuietHours Read(string stored)
    {
        if (stored.Length == 0) return None;
        var parts = stored.Split(' ');
        return new()
        {
            From = int.Parse(parts[0], CultureInfo.InvariantCulture),
            To = int.Parse(parts[1], CultureInfo.InvariantCulture),
            OffsetMinutes = int.Parse(parts[2], CultureInfo.InvariantCulture),
            Until = long.Parse(parts[3], CultureInfo.InvariantCulture),
            IsLevelChosen = parts[4] == "1",
        };
    }
}
