using System.Text.Json;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Dialects.Conformance.Agora.Messages;
using Dragoman.Engine;
using Dragoman.Engine.Groups;
using Xunit;

namespace Dragoman.Dialects.Conformance.Agora.People;

/// <summary>Do not disturb (section 4.14, event 9.5).</summary>
public sealed class SilentModeTests(SharedAgoraServer server)
{
    private readonly AgoraAppClient _app = server.Demo;

    [Fact]
    public async Task Each_part_is_set_by_itself_and_the_other_devices_hear_of_it()
    {
        var alice = await _app.NewUserAsync();
        await using var one = await Talk.BeginAsync(_app, alice, "webim_web_1");
        await using var two = await Talk.BeginAsync(_app, alice, "webim_web_2");
        var path = $"/users/{alice}/notification/user/{alice}";
        Assert.Equal("""{"type":"ALL"}""", (await AsAsync(alice, "GET", path)).Data.GetRawText());

        Assert.Equal("""{"type":"AT"}""", (await AsAsync(alice, "PUT", path + "?resource=webim_web_1", new { type = "AT" })).Data.GetRawText());
        Assert.Equal($$$"""{"operator_resource":"webim_web_1","user":"{{{alice}}}","data":{"type":"AT","ignoreInterval":""}}""", (await HearAsync(two)).GetRawText());
        var both = (await AsAsync(alice, "PUT", path, new { ignoreInterval = "8:30-9:15" })).Succeeded();
        Assert.Equal("""{"type":"AT","ignoreInterval":"08:30-09:15"}""", both.Data.GetRawText());
        Assert.Equal("""{"ignoreInterval":"08:30-09:15"}""", (await HearAsync(two)).GetProperty("data").GetRawText());

        var timed = (await AsAsync(alice, "PUT", path, new { ignoreDuration = 60_000, ignoreInterval = "" })).Succeeded();
        Assert.InRange(timed.Data.GetProperty("ignoreDuration").GetInt64() - server.Clock.GetUtcNow().ToUnixTimeMilliseconds(), 40_000, 60_000);
        Assert.False(timed.Data.TryGetProperty("ignoreInterval", out _));
        Assert.Equal("""{"type":"ALL"}""", (await AsAsync(alice, "PUT", path, new { ignoreDuration = 0, type = "ALL" })).Data.GetRawText());
    }

    [Fact]
    public async Task Conversations_have_their_own_levels_which_are_listed()
    {
        var (alice, bob) = (await _app.NewUserAsync(), await _app.NewUserAsync("bob"));
        var group = await GroupAsync(alice);
        await using var device = await Talk.BeginAsync(_app, alice, "webim_web_2");
        var (ofBob, ofGroup) = ($"/users/{alice}/notification/user/{bob}", $"/users/{alice}/notification/chatgroup/{group}");
        Assert.Equal("""{"type":"DEFAULT"}""", (await AsAsync(alice, "GET", ofBob)).Data.GetRawText());
        Assert.Equal("""{"type":"NONE"}""", (await AsAsync(alice, "PUT", ofBob, new { type = "NONE" })).Data.GetRawText());
        Assert.Equal("""{"type":"AT"}""", (await AsAsync(alice, "PUT", ofGroup, new { type = "AT" })).Data.GetRawText());

        Assert.Equal(bob, (await HearAsync(device)).GetProperty("user").GetString());
        Assert.Equal(group, (await HearAsync(device)).GetProperty("group").GetString());
        Assert.Equal(
            $$$$"""{"user":{"{{{{bob}}}}":{"type":"NONE"}},"group":{"{{{{group}}}}":{"type":"AT"}}}""",
            (await AsAsync(alice, "GET", $"/users/{alice}/notification?user={bob}&group={group}")).Data.GetRawText());
        var first = (await AsAsync(alice, "GET", $"/users/{alice}/notification/mute/type?limit=1")).Succeeded();
        var second = (await AsAsync(alice, "GET", $"/users/{alice}/notification/mute/type?limit=1&cursor={first.TextOf("cursor")}")).Succeeded();
        Assert.Equal($$"""[{"user":"{{bob}}","value":"NONE"}]""", first.Data.GetRawText());
        Assert.Equal($$"""[{"group":"{{group}}","value":"AT"}]""", second.Data.GetRawText());
        Assert.False(second.Root.TryGetProperty("cursor", out _));

        Assert.Equal("""{"type":"DEFAULT"}""", (await AsAsync(alice, "PUT", ofBob, new { type = "DEFAULT" })).Data.GetRawText());
        Assert.Equal("{}", (await HearAsync(device)).GetProperty("data").GetRawText());
        Assert.Equal("""{"type":"ALL"}""", (await AsAsync(alice, "PUT", ofBob, new { type = "ALL" })).Data.GetRawText());
    }

    [Theory]
    [InlineData("""{}""", "type")]
    [InlineData("""{"type":"SOME"}""", "type")]
    [InlineData("""{"type":"DEFAULT"}""", "type")]
    [InlineData("""{"ignoreDuration":604800001}""", "ignoreDuration")]
    [InlineData("""{"ignoreDuration":"x"}""", "ignoreDuration")]
    [InlineData("""{"ignoreInterval":"8-9"}""", "ignoreInterval")]
    [InlineData("""{"ignoreInterval":"25:00-26:00"}""", "ignoreInterval")]
    public async Task What_makes_no_sense_is_refused(string body, string parameter)
    {
        var alice = await _app.NewUserAsync();
        (await AsAsync(alice, "PUT", $"/users/{alice}/notification/user/{alice}", body)).Failed(400, "illegal_argument", $"parameters is invalid : {parameter}");
    }

    [Fact]
    public async Task Who_and_what_does_not_exist_is_told_apart()
    {
        var alice = await _app.NewUserAsync();
        (await AsAsync(alice, "PUT", $"/users/{alice}/notification/user/nobody", new { type = "NONE" })).Failed(404, "service_resource_not_found");
        (await AsAsync(alice, "PUT", $"/users/{alice}/notification/chatgroup/none", new { type = "NONE" })).Failed(404, "resource_not_found", "grpID none does not exist!");
        (await _app.AdminAsync("PUT", "/users/nobody/notification/user/nobody", new { type = "NONE" }))
            .Failed(400, "required_property_not_found", "Entity user requires a property named username");
    }

    [Fact]
    public async Task The_language_of_pushes_is_kept()
    {
        var alice = await _app.NewUserAsync();
        var path = $"/users/{alice}/notification/language";
        Assert.Equal("""{"language":""}""", (await AsAsync(alice, "GET", path)).Data.GetRawText());
        Assert.Equal("""{"language":"EU"}""", (await AsAsync(alice, "PUT", path, new { translationLanguage = "EU" })).Data.GetRawText());
        Assert.Equal("""{"language":"EU"}""", (await AsAsync(alice, "GET", path)).Data.GetRawText());
        (await AsAsync(alice, "PUT", path, "{}")).Failed(400, "illegal_argument");
    }

    private static async Task<JsonElement> HearAsync(Talk talk)
    {
        var pushed = await talk.Socket.NextSyncAsync();
        var news = JsonDocument.Parse(Assert.Single(pushed.Metas).Payload.ToStringUtf8()).RootElement;
        Assert.Equal("user_notification_mute", news.GetProperty("type").GetString());
        return news.GetProperty("values").EnumerateArray().Single();
    }

    private async Task<string> GroupAsync(string owner)
    {
        var app = server.AppIdOf("demo");
        var group = new Group { App = app, Id = new(AgoraAppClient.Unique("77")), Owner = new(owner), Creator = new(owner), Name = "group" };
        var made = await server.Get<CreateGroup>().RunAsync(new(app, new(owner), IsAdministrator: true), group, [], NoticeReach.Online, CancellationToken.None);
        Assert.True(made.TryGet(out var roster, out _));
        return roster.Group.Id.Value;
    }

    private async Task<RestReply> AsAsync(string user, string method, string path, object? body = null) =>
        await _app.CallAsync(method, path, body, await _app.UserTokenAsync(user));
}
