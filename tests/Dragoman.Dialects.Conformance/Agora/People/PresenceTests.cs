using System.Text.Json;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Dialects.Conformance.Agora.Messages;
using Xunit;

namespace Dragoman.Dialects.Conformance.Agora.People;

/// <summary>Presence: the routes of section 4.5 and the event of 9.5.</summary>
public sealed class PresenceTests(PresenceTests.Apps server) : IClassFixture<PresenceTests.Apps>
{
    private readonly AgoraAppClient _app = server.Demo;

    public sealed class Apps : AgoraServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
            [("demo", """{"rateLimit":{"calls":0}}"""), ("quiet", """{"features":{"presence":false}}""")];
    }

    [Fact]
    public async Task A_subscriber_hears_who_comes_goes_and_says_something()
    {
        await using var alice = await NewAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        var first = await SubscribeAsync(alice.User, 3600, bob);
        Assert.Equal((bob, "", "{}"), (first.GetProperty("uid").GetString(), first.GetProperty("ext").GetString(), first.GetProperty("status").GetRawText()));
        var expiry = long.Parse(first.GetProperty("expiry").GetString()!);
        Assert.InRange(expiry - server.Clock.GetUtcNow().ToUnixTimeSeconds(), 3590, 3600);

        await using (var device = await Talk.BeginAsync(_app, bob, "webim_web_9"))
        {
            var came = await HearAsync(alice);
            Assert.Equal((bob, expiry, """{"webim":"1","webim_web_9":"1"}"""), (came.GetProperty("uid").GetString(), came.GetProperty("expiry").GetInt64(), came.GetProperty("status").GetRawText()));

            (await AsAsync(bob, "POST", $"/users/{bob}/presence/webim_web_9/100", new { ext = "busy" })).Succeeded();
            var said = await HearAsync(alice);
            Assert.Equal(("busy", """{"webim":"100","webim_web_9":"100"}"""), (said.GetProperty("ext").GetString(), said.GetProperty("status").GetRawText()));
        }

        var left = await HearAsync(alice);
        Assert.Equal(("busy", "{}"), (left.GetProperty("ext").GetString(), left.GetProperty("status").GetRawText()));
        Assert.InRange(server.Clock.GetUtcNow().ToUnixTimeSeconds() - left.GetProperty("last_time").GetInt64(), 0, 60);
    }

    [Fact]
    public async Task What_comes_and_goes_within_a_second_is_told_as_it_ended()
    {
        await using var alice = await NewAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        var carol = await _app.NewUserAsync("carol");
        await SubscribeAsync(alice.User, 60, bob);
        await SubscribeAsync(alice.User, 60, carol);

        await using (await Talk.OpenAsync(_app, bob)) { }
        await using var again = await Talk.OpenAsync(_app, bob, "webim_web_2");
        await using var marker = await Talk.OpenAsync(_app, carol);
        var told = new List<JsonElement> { await HearAsync(alice), await HearAsync(alice) };

        var last = told.Single(value => value.GetProperty("uid").GetString() == bob);
        Assert.Equal("""{"webim":"1","webim_web_2":"1"}""", last.GetProperty("status").GetRawText());
    }

    [Fact]
    public async Task Subscriptions_are_listed_and_end()
    {
        var (alice, bob, carol) = (await _app.NewUserAsync(), await _app.NewUserAsync("bob"), await _app.NewUserAsync("carol"));
        await SubscribeAsync(alice, 3600, bob);
        await SubscribeAsync(alice, 100, carol);

        var all = (await AsAsync(alice, "GET", $"/users/{alice}/presence/sublist?pageNum=1&pageSize=10")).Root.GetProperty("result");
        Assert.Equal("2", all.GetProperty("totalnum").GetString());
        Assert.Equal([bob, carol], all.GetProperty("sublist").EnumerateArray().Select(one => one.GetProperty("uid").GetString()));
        var second = (await AsAsync(alice, "GET", $"/users/{alice}/presence/sublist?pageNum=2")).Root.GetProperty("result");
        Assert.Equal(carol, second.GetProperty("sublist").EnumerateArray().Single().GetProperty("uid").GetString());
        Assert.Equal("""{"result":"ok"}""", (await AsAsync(alice, "DELETE", $"/users/{alice}/presence", $"[\"{bob}\"]")).Text);
        Assert.Equal("""{"result":"ok"}""", (await _app.AdminAsync("DELETE", $"/users/{alice}/presence", new { users = new[] { carol } })).Text);
        Assert.Equal("""{"result":{"totalnum":"0","sublist":[]}}""", (await AsAsync(alice, "GET", $"/users/{alice}/presence/sublist")).Text);
    }

    [Fact]
    public async Task The_state_of_several_is_read_at_once_and_the_app_may_speak_for_a_device()
    {
        var (alice, bob) = (await _app.NewUserAsync(), await _app.NewUserAsync("bob"));
        (await _app.AdminAsync("POST", $"/users/{bob}/presence/android_6b/1", new { ext = "" })).Succeeded();
        var result = (await AsAsync(alice, "POST", $"/users/{alice}/presence", new { usernames = new[] { bob, "nobody" } })).Root.GetProperty("result");

        Assert.Equal(
            $$$"""[{"uid":"{{{bob}}}","last_time":"0","ext":"","status":{"android":"1","android_6b":"1"}},{"uid":"nobody","last_time":"0","ext":"","status":{}}]""",
            result.GetRawText());
    }

    [Fact]
    public async Task What_cannot_be_is_refused_in_the_vendors_words()
    {
        var alice = await _app.NewUserAsync();
        var path = $"/users/{alice}/presence";
        var many = new { usernames = Enumerable.Range(0, 101).Select(i => $"u{i}") };
        (await AsAsync(alice, "POST", $"{path}/webim_web_1/1", "{}")).Failed(400, "illegal_argument", "ext cannot be null");
        (await AsAsync(alice, "POST", $"{path}/webim_web_1/1", new { ext = new string('x', 1025) })).Failed(400, "illegal_argument", "ext is too big ");
        (await AsAsync(alice, "POST", $"{path}/60", "{}")).Failed(400, "illegal_argument", "usernames is empty");
        (await AsAsync(alice, "POST", $"{path}/60", many)).Failed(400, "illegal_argument", "too many sub presence");
        (await AsAsync(alice, "POST", $"{path}/60", new { usernames = new[] { alice } })).Failed(400, "illegal_argument", "you can't sub yourself");
        (await AsAsync(alice, "POST", $"{path}/2592001", new { usernames = new[] { "x" } })).Failed(400, "illegal_argument");
        (await AsAsync(alice, "POST", path, many)).Failed(400, "illegal_argument", "too many get presences");
        (await AsAsync(alice, "DELETE", path, "{}")).Failed(400, "illegal_argument", "usernames cannot be null");
        (await AsAsync(alice, "DELETE", path, JsonSerializer.Serialize(many.usernames))).Failed(400, "illegal_argument", "too many unsub presences");

        var off = server.App("quiet");
        var reply = (await off.AdminAsync("POST", "/users/x/presence", new { usernames = new[] { "y" } })).Failed(400, "service open exception", "the app not open presence");
        Assert.Equal("the app not open presence", reply.TextOf("result"));
    }

    private static async Task<JsonElement> HearAsync(Talk talk)
    {
        var pushed = await talk.Socket.NextSyncAsync();
        var meta = Assert.Single(pushed.Metas);
        Assert.Equal((Meta.Types.NameSpace.Notify, true), (meta.Ns, pushed.IsLast));
        var news = JsonDocument.Parse(meta.Payload.ToStringUtf8()).RootElement;
        Assert.Equal("presence", news.GetProperty("type").GetString());
        return news.GetProperty("data").GetProperty("values").EnumerateArray().Single();
    }

    private async Task<JsonElement> SubscribeAsync(string user, int seconds, string target) =>
        (await AsAsync(user, "POST", $"/users/{user}/presence/{seconds}", new { usernames = new[] { target } }))
            .Succeeded().Root.GetProperty("result").EnumerateArray().Single();

    private async Task<Talk> NewAsync(string stem) => await Talk.BeginAsync(_app, await _app.NewUserAsync(stem));

    private async Task<RestReply> AsAsync(string user, string method, string path, object? body = null) =>
        await _app.CallAsync(method, path, body, await _app.UserTokenAsync(user));
}
