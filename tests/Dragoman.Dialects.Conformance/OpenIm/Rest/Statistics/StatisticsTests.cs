using System.Globalization;
using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Rest.Statistics;

/// <summary>The four routes below <c>/statistics</c>, on a server of their own whose numbers are known.</summary>
public sealed class StatisticsCountTests(OpenImServer server) : IClassFixture<OpenImServer>
{
    private readonly OpenImAppClient _app = server.Demo;

    [Fact]
    public async Task Everything_is_counted_by_day()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        var group = await _app.NewGroupAsync(alice.UserId, [bob]);
        await alice.SayAsync(alice.TextTo(bob, "one"));
        await alice.SayAsync(alice.TextToGroup(group, "two"));
        server.Clock.Advance(TimeSpan.FromDays(1));
        await alice.SayAsync(alice.TextTo(bob, "three"));
        var carol = await _app.NewUserAsync("carol");

        var (start, end) = (Day(-2), Day(1));
        var users = await AskAsync("/statistics/user/register", new { start = Day(0), end });
        Assert.Equal((5, 4, 1), (users.GetProperty("total").GetInt32(), users.GetProperty("before").GetInt32(), users.GetProperty("count").GetProperty(Date(0)).GetInt32()));
        var groups = await AskAsync("/statistics/group/create", new { start, end });
        Assert.Equal((1, 0, 1), (groups.GetProperty("total").GetInt32(), groups.GetProperty("before").GetInt32(), groups.GetProperty("count").GetProperty(Date(-1)).GetInt32()));

        var active = await AskAsync("/statistics/user/active", new { start, end, group = true, pagination = new { pageNumber = 1, showNumber = 10 } });
        Assert.Equal((3, 1), (active.GetProperty("msgCount").GetInt32(), active.GetProperty("userCount").GetInt32()));
        Assert.Equal((2, 1), (active.GetProperty("dateCount").GetProperty(Date(-1)).GetInt32(), active.GetProperty("dateCount").GetProperty(Date(0)).GetInt32()));
        Assert.Equal((alice.UserId, 3), (active.GetProperty("users")[0].GetProperty("user").GetProperty("userID").GetString(), active.GetProperty("users")[0].GetProperty("count").GetInt32()));
        Assert.Equal(2, (await AskAsync("/statistics/user/active", new { start, end, group = false, pagination = new { pageNumber = 1, showNumber = 10 } })).GetProperty("msgCount").GetInt32());
        var busy = await AskAsync("/statistics/group/active", new { start, end, pagination = new { pageNumber = 1, showNumber = 10 } });
        Assert.Equal((1, 1, group), (busy.GetProperty("msgCount").GetInt32(), busy.GetProperty("groupCount").GetInt32(), busy.GetProperty("groups")[0].GetProperty("group").GetProperty("groupID").GetString()));
    }

    private async Task<JsonElement> AskAsync(string route, object body) => (await _app.AdminPostAsync(route, body)).Succeeded().Data;

    private DateTimeOffset Midnight(int days) => new DateTimeOffset(server.Clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(days);

    private long Day(int days) => Midnight(days).ToUnixTimeMilliseconds();

    private string Date(int days) => Midnight(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What the four routes refuse.</summary>
public sealed class StatisticsRefusalTests(SharedServer server)
{
    private readonly OpenImAppClient _app = server.Demo;

    [Theory]
    [InlineData("/statistics/user/register")]
    [InlineData("/statistics/group/create")]
    [InlineData("/statistics/user/active")]
    [InlineData("/statistics/group/active")]
    public async Task A_period_needs_both_ends(string route)
    {
        (await _app.AdminPostAsync(route, new { start = 0, end = 1 })).Failed(1001, "ArgsError", "start is invalid");
        (await _app.AdminPostAsync(route, new { start = 1, end = 0 })).Failed(1001, "ArgsError", "end is invalid");
    }

    [Theory]
    [InlineData("/statistics/group/create")]
    [InlineData("/statistics/user/active")]
    [InlineData("/statistics/group/active")]
    public async Task Only_administrators_may(string route) => (await _app.PostAsync(
        route, new { start = 1, end = 2, pagination = new { pageNumber = 1, showNumber = 1 } }, (await _app.NewLoginAsync("mallory")).Token)).Failed(1002);
}
