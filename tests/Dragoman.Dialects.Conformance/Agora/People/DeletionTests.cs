using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Dialects.Conformance.Agora.Messages;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Groups;
using Xunit;

namespace Dragoman.Dialects.Conformance.Agora.People;

/// <summary>Accounts that go, and names that differ in case (section 4.1).</summary>
public sealed class DeletionTests(DeletionTests.Apps server) : IClassFixture<DeletionTests.Apps>
{
    private readonly AgoraAppClient _app = server.Demo;

    public sealed class Apps : AgoraServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
            [("demo", """{"rateLimit":{"calls":0}}"""), ("paged", """{"rateLimit":{"calls":0},"requirePassword":false}""")];
    }

    [Fact]
    public async Task Who_is_deleted_has_to_go_and_leaves_nothing_behind()
    {
        var bob = await _app.NewUserAsync("bob");
        await using var alice = await Talk.BeginAsync(_app, await _app.NewUserAsync());
        await using var carol = await Talk.BeginAsync(_app, await _app.NewUserAsync("carol"));
        var token = await _app.UserTokenAsync(bob);
        var dynamic = AgoraTokenMaker.Make(_app, bob, server.Clock.GetUtcNow());
        (await _app.AdminAsync("POST", $"/users/{bob}/contacts/users/{alice.User}")).Succeeded();
        await alice.HearMetaAsync();
        (await _app.AdminAsync("POST", $"/users/{carol.User}/blocks/users", new { usernames = new[] { bob } })).Succeeded();
        var (own, other) = (await GroupAsync(bob, alice.User), await GroupAsync(alice.User, bob));
        await using var device = await Talk.BeginAsync(_app, bob);
        foreach (var queue in device.Waiting) await device.PullAsync(queue.Queue);
        await alice.SayAsync(alice.Person(bob), Talk.Text("before"));
        await device.HearAsync();

        var deleted = (await _app.AdminAsync("DELETE", $"/users/{bob}")).Succeeded();

        Assert.Equal((bob, "/users"), (deleted.Entities.Single().GetProperty("username").GetString(), deleted.TextOf("path")));
        Assert.Equal(StatisticsBody.Types.Operation.UserRemoved, await KickedAsync(device));
        (await _app.AdminAsync("GET", $"/users/{bob}")).Failed(404, "service_resource_not_found");
        (await _app.AdminAsync("DELETE", $"/users/{bob}")).Failed(404, "service_resource_not_found");
        Assert.Equal("[]", (await _app.AdminAsync("GET", $"/users/{alice.User}/contacts/users")).Data.GetRawText());
        Assert.Equal("[]", (await _app.AdminAsync("GET", $"/users/{carol.User}/blocks/users")).Data.GetRawText());
        Assert.True((await RosterAsync(own)).Group.IsDismissed);
        Assert.Equal([alice.User], (await RosterAsync(other)).Members.Select(m => m.User.Value));

        // Somebody else has the name now: he neither knows the old one's tokens nor what was said to him.
        (await _app.AdminAsync("POST", "/token", new { grant_type = "inherit", username = bob, autoCreateUser = true })).Succeeded();
        (await _app.CallAsync("GET", $"/users/{bob}", token: token)).Failed(401, "auth_bad_access_token");
        (await _app.CallAsync("GET", $"/users/{bob}", token: dynamic)).Failed(401, "auth_bad_access_token");
        await using var next = await Talk.BeginAsync(_app, bob);
        foreach (var queue in next.Waiting) Assert.Empty(await next.PullAsync(queue.Queue));
        await carol.SayAsync(carol.Person(bob), Talk.Text("hello")); // nor is he blocked
        Assert.Equal("hello", Talk.WordsOf((await next.HearAsync()).Meta));
    }

    [Fact]
    public async Task The_oldest_accounts_are_deleted_page_after_page()
    {
        var app = server.App("paged");
        for (var i = 0; i < 12; i++) (await app.AdminAsync("POST", "/users", new { username = $"p{i:00}" })).Succeeded();
        var first = (await app.AdminAsync("DELETE", "/users")).Succeeded();
        var second = (await app.AdminAsync("DELETE", $"/users?cursor={first.TextOf("cursor")}")).Succeeded();

        Assert.Equal((10, 2), (first.Root.GetProperty("count").GetInt32(), second.Root.GetProperty("count").GetInt32()));
        Assert.Equal("p00", first.Entities[0].GetProperty("username").GetString());
        Assert.False(second.Root.TryGetProperty("cursor", out _));
    }

    [Fact]
    public async Task An_account_with_capitals_is_found_in_any_spelling()
    {
        var name = AgoraAppClient.Unique("Alice");
        Assert.Equal(Condition.None, await RegisterAsync(name));
        await using var bob = await Talk.BeginAsync(_app, await _app.NewUserAsync("bob"));

        foreach (var spelling in new[] { name, name.ToLowerInvariant(), name.ToUpperInvariant() })
        {
            await using var device = await Talk.BeginAsync(_app, spelling);
            await bob.SayAsync(bob.Person(spelling), Talk.Text(spelling));
            Assert.Equal(name, (await device.HearAsync()).Meta.To.Name);
            Assert.Equal(name, (await _app.CallAsync("GET", $"/users/{spelling}", token: await _app.UserTokenAsync(spelling))).Entities.Single().GetProperty("username").GetString());
        }

        await using var dynamic = await _app.LogInAsync(name, token: AgoraTokenMaker.Make(_app, name.ToLowerInvariant(), server.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task No_two_accounts_differ_in_nothing_but_case()
    {
        var name = AgoraAppClient.Unique("Carol");
        Assert.Equal(Condition.None, await RegisterAsync(name));
        Assert.Equal(Condition.AccountExists, await RegisterAsync(name.ToLowerInvariant()));
        Assert.Equal(Condition.AccountExists, await RegisterAsync(AgoraAppClient.Unique("Dave"), twice: true));

        (await _app.AdminAsync("POST", "/users", new { username = name.ToLowerInvariant(), password = "p" })).Failed(400, "duplicate_unique_property_exists");
    }

    [Fact]
    public async Task Push_tokens_are_bound_and_unbound()
    {
        var alice = await _app.NewUserAsync();
        var token = await _app.UserTokenAsync(alice);
        var bound = (await _app.CallAsync("PUT", $"/users/{alice}?resource=x", new { device_id = "d1", device_token = "t1", notifier_name = "fcm" }, token)).Succeeded();
        Assert.Equal("""[{"device_id":"d1","device_token":"t1","notifier_name":"fcm"}]""", bound.Entities.Single().GetProperty("pushInfo").GetRawText());
        (await _app.CallAsync("PUT", $"/users/{alice}/push/binding", new { device_id = "d1", device_token = "t2", notifier_name = "xiaomi" }, token)).Succeeded();
        Assert.Equal(2, (await _app.AdminAsync("GET", $"/users/{alice}/push/binding")).Succeeded().Entities.Length);

        (await _app.CallAsync("PUT", $"/users/{alice}", new { device_id = "d1", device_token = "", notifier_name = "fcm" }, token)).Succeeded();
        Assert.Equal("xiaomi", (await _app.AdminAsync("GET", $"/users/{alice}/push/binding")).Entities.Single().GetProperty("notifier_name").GetString());
        (await _app.CallAsync("PUT", $"/users/{alice}/push/binding", new { device_id = "d1", device_token = "", notifier_name = "" }, token)).Succeeded();
        Assert.Empty((await _app.AdminAsync("GET", $"/users/{alice}/push/binding")).Entities);
        (await _app.CallAsync("PUT", $"/users/{alice}", new { device_token = new string('t', 1025), notifier_name = "fcm" }, token)).Failed(400, "illegal_argument");
        (await _app.AdminAsync("PUT", "/users/nobody/push/binding", new { device_id = "d", device_token = "t", notifier_name = "fcm" }))
            .Failed(400, "RequiredPropertyNotFoundException", "Entity user requires a property named username");
    }

    private async Task<Condition> RegisterAsync(string name, bool twice = false)
    {
        var app = server.AppIdOf("demo");
        Account[] accounts = twice
            ? [new() { App = app, Id = new(name) }, new() { App = app, Id = new(name.ToLowerInvariant()) }]
            : [new() { App = app, Id = new(name) }];
        var made = await server.Get<RegisterAccounts>().RunAsync(new Caller(app, new("admin"), IsAdministrator: true), accounts, CancellationToken.None);
        return made.TryGet(out _, out var refusal) ? Condition.None : refusal.Condition;
    }

    private static async Task<StatisticsBody.Types.Operation> KickedAsync(Talk talk)
    {
        // What ended before is told first: his groups.
        while (true)
        {
            var sync = await talk.Socket.NextSyncAsync();
            if (sync.Metas is not [{ Ns: Meta.Types.NameSpace.Statistic } kick]) continue;
            await talk.Socket.ClosedAsync();
            return StatisticsBody.Parser.ParseFrom(kick.Payload).Operation;
        }
    }

    private async Task<Roster> RosterAsync(string group) =>
        (await server.Get<RosterDirectory>().FindAsync(server.AppIdOf("demo"), new(group), CancellationToken.None))!;

    private async Task<string> GroupAsync(string owner, params string[] members)
    {
        var app = server.AppIdOf("demo");
        var group = new Group { App = app, Id = new(AgoraAppClient.Unique("88")), Owner = new(owner), Creator = new(owner), Name = "group" };
        var made = await server.Get<CreateGroup>().RunAsync(
            new(app, new(owner), IsAdministrator: true), group, [.. members.Select(m => (new UserId(m), GroupRole.Member))], NoticeReach.Nobody, CancellationToken.None);
        Assert.True(made.TryGet(out var roster, out _));
        return roster.Group.Id.Value;
    }
}
