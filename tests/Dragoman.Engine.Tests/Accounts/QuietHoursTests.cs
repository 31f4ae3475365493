using Dragoman.Engine.Accounts;
using Xunit;

namespace Dragoman.Engine.Tests.Accounts;

public sealed class QuietHoursTests
{
    [Theory]
    [InlineData(8 * 60, 9 * 60, 0, "08:00", true)]
    [InlineData(8 * 60, 9 * 60, 0, "09:00", false)]
    [InlineData(8 * 60, 9 * 60, 0, "07:59", false)]
    [InlineData(22 * 60, 7 * 60, 0, "23:30", true)] // into the next day
    [InlineData(22 * 60, 7 * 60, 0, "06:59", true)]
    [InlineData(22 * 60, 7 * 60, 0, "07:00", false)]
    [InlineData(600, 600, 0, "03:00", true)] // equal ends are the whole day
    [InlineData(8 * 60, 9 * 60, 480, "00:30", true)] // somebody whose morning is eight hours before ours
    [InlineData(8 * 60, 9 * 60, -480, "16:30", true)]
    public void A_daily_time_covers_its_minutes(int from, int to, int offset, string time, bool isCovered)
    {
        var hours = new QuietHours { From = from, To = to, OffsetMinutes = offset };
        Assert.Equal(isCovered, hours.Covers(DateTimeOffset.Parse($"2026-11-22T{time}:00Z", System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_time_that_ends_covers_what_comes_before()
    {
        var now = DateTimeOffset.UnixEpoch.AddDays(20_000);
        var hours = new QuietHours { Until = now.ToUnixTimeMilliseconds() };
        Assert.True(hours.Covers(now.AddMilliseconds(-1)));
        Assert.False(hours.Covers(now));
        Assert.False(QuietHours.None.Covers(now));
    }

    [Fact]
    public void What_is_stored_reads_the_same()
    {
        var hours = new QuietHours { From = 1, To = 2, OffsetMinutes = -60, Until = 3, IsLevelChosen = true };
        Assert.Equal(hours, QuietHours.Read(hours.Write()));
        Assert.Equal("", QuietHours.None.Write());
        Assert.Equal(QuietHours.None, QuietHours.Read(""));
    }
}
