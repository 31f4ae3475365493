using System.Text.Json;
using Dragoman.Dialects.Conformance.Agora.Host;
using Xunit;
using Operation = Dragoman.Dialects.Agora.Protos.MUCBody.Types.Operation;

namespace Dragoman.Dialects.Conformance.Agora.Groups;

/// <summary>Section 4.9 and the rows "Groups" of section 12: founding, reading, changing, ending.</summary>
public sealed class GroupTests(GroupTests.Apps server) : IClassFixture<GroupTests.Apps>
{
    private readonly AgoraAppClient _app = server.Demo;

    public sealed class Apps : AgoraServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
        [
            ("demo", """{"rateLimit":{"calls":0,"frames":0}}"""),
            ("small", """{"rateLimit":{"calls":0},"groups":{"members":3,"perUser":2,"perApp":3}}"""),
            ("lists", """{"rateLimit":{"calls":0}}"""),
        ];
    }

    [Fact]
    public async Task A_group_is_founded_and_its_members_are_in_it()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var bob = await Person.NewAsync(_app, "bob");

        var group = await alice.FoundAsync(members: bob.User);

        Assert.All(group, c => Assert.True(char.IsAsciiDigit(c)));
        var told = await bob.HearAsync(Operation.DirectJoined);
        Assert.Equal((group, alice.User, "the group"), (told.MucId.Name, told.From.Name, told.MucName));
        Assert.True(alice.Talk.Socket.IsQuiet); // it did it itself
        var info = (await alice.CallAsync("GET", $"/chatgroups/{group}?joined_time=true")).Succeeded().Data.EnumerateArray().Single();
        Assert.Equal(
            (group, "the group", "what it is", "a.png", alice.User, "{}"),
            (info.Text("id"), info.Text("name"), info.Text("description"), info.Text("avatar"), info.Text("owner"), info.Text("custom")));
        Assert.Equal(
            (true, false, false, false, false, false, 200, 2),
            (info.Flag("public"), info.Flag("membersonly"), info.Flag("allowinvites"), info.Flag("invite_need_confirm"), info.Flag("mute"), info.Flag("disabled"),
                info.GetProperty("maxusers").GetInt32(), info.GetProperty("affiliations_count").GetInt32()));
        var affiliations = info.GetProperty("affiliations").EnumerateArray().ToArray();
        Assert.Equal((alice.User, bob.User), (affiliations[0].Text("owner"), affiliations[1].Text("member")));
        Assert.True(affiliations[1].GetProperty("joined_time").GetInt64() > 0);
    }

    [Fact]
    public async Task The_founders_other_devices_hear_of_it()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var tablet = await Person.BeginAsync(_app, alice.User, "tablet");

        var group = await alice.FoundAsync();

        Assert.Equal(group, (await tablet.HearAsync(Operation.Create)).MucId.Name);
    }

    [Theory]
    [InlineData("""{"public":true,"owner":"OWNER"}""", 400, "invalid_parameter", "groupname must be provided")]
    [InlineData("""{"groupname":"g","owner":"OWNER"}""", 400, "invalid_parameter", "group must contain public field!")]
    [InlineData("""{"groupname":"g","public":true}""", 400, "invalid_parameter", "owner must be provided")]
    [InlineData("""{"groupname":"g","public":true,"owner":"OWNER","maxusers":0}""", 400, "invalid_parameter", "maxusers must be greater than 0")]
    [InlineData("""{"groupname":"g","public":true,"owner":"OWNER","maxusers":3001}""", 403, "exceed_limit", "members size is greater than max user size !")]
    [InlineData("""{"groupname":"g","public":true,"owner":"OWNER","maxusers":1,"members":["a","b"]}""", 403, "exceed_limit", "members size is greater than max user size !")]
    [InlineData("""{"groupname":"g","public":true,"owner":"OWNER","members":["nobody-at-all"]}""", 404, "resource_not_found", "'username nobody-at-all doesn't exist!'")]
    [InlineData("""{"groupname":"g","public":true,"owner":"somebody-else"}""", 401, "unauthorized", "Unable to authenticate (OAuth)")]
    [InlineData("[]", 400, "invalid_request_body", null)]
    public async Task What_cannot_be_a_group_is_refused(string body, int status, string error, string? description)
    {
        var alice = await _app.NewUserAsync();
        var reply = await _app.CallAsync("POST", "/chatgroups", body.Replace("OWNER", alice, StringComparison.Ordinal), await _app.UserTokenAsync(alice));
        reply.Failed(status, error, description);
    }

    [Theory]
    [InlineData("groupname", 128)]
    [InlineData("avatar", 1024)]
    [InlineData("description", 512)]
    [InlineData("custom", 8192)]
    public async Task Texts_have_their_lengths(string member, int most)
    {
        var owner = await _app.NewUserAsync();
        Dictionary<string, object> Body(int length) =>
            new() { ["groupname"] = "g", ["public"] = true, ["owner"] = owner, [member] = new string('x', length) };

        var group = (await _app.AdminAsync("POST", "/chatgroups", Body(most))).Succeeded().Data.Text("groupid");
        (await _app.AdminAsync("POST", "/chatgroups", Body(most + 1))).Failed(400, "invalid_parameter", $"{member} length is too big");
        (await _app.AdminAsync("PUT", $"/chatgroups/{group}", new Dictionary<string, object> { [member] = new string('x', most + 1) }))
            .Failed(400, "invalid_parameter", $"{member} length is too big");
    }

    [Fact]
    public async Task The_app_chooses_ids_itself_if_it_likes()
    {
        var owner = await _app.NewUserAsync();
        var body = new { groupname = "g", @public = false, owner, groupid = AgoraAppClient.Unique("own") };
        Assert.Equal(body.groupid, (await _app.AdminAsync("POST", "/chatgroups", body)).Succeeded().Data.Text("groupid"));
        (await _app.AdminAsync("POST", "/chatgroups", body)).Failed(400, "illegal_argument", $"group ID {body.groupid} already exists!");
    }

    [Fact]
    public async Task The_plan_bounds_members_groups_of_a_user_and_groups_of_the_app()
    {
        var app = server.App("small");
        await using var alice = await Person.NewAsync(app);
        await using var bob = await Person.NewAsync(app, "bob");
        var full = await alice.FoundAsync(size: 1);
        (await bob.CallAsync("POST", $"/chatgroups/{full}/apply", new { message = "" })).Failed(403, "exceed_limit", "group member list is full!");
        (await alice.CallAsync("PUT", $"/chatgroups/{full}", new { maxusers = 4 })).Failed(403, "exceed_limit", "members size is greater than max user size !");

        await alice.FoundAsync(size: 3);
        var body = new { groupname = "g", @public = true, owner = alice.User, maxusers = 3 };
        (await alice.CallAsync("POST", "/chatgroups", body)).Failed(403, "exceed_limit", $"user {alice.User} has joined too many groups!");
        await bob.FoundAsync(size: 3);
        (await bob.CallAsync("POST", "/chatgroups", new { groupname = "g", @public = true, owner = bob.User, maxusers = 3 }))
            .Failed(403, "exceed_limit", $"appKey:{app.Key} has create too many groups!");
    }

    [Fact]
    public async Task Changes_are_answered_member_by_member_and_everybody_learns_of_them()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var bob = await Person.NewAsync(_app, "bob");
        var group = await alice.FoundAsync(members: bob.User);
        await bob.HearAsync(Operation.DirectJoined);

        var reply = (await alice.CallAsync("PUT", $"/chatgroups/{group}", new { groupname = "renamed", description = "other", custom = "x" })).Succeeded();

        Assert.Equal(["groupname", "description", "custom"], reply.Data.Names());
        var told = await bob.HearAsync(Operation.Update);
        var info = JsonDocument.Parse(told.EventInfo.Ext).RootElement;
        Assert.Equal(("renamed", "other", "x", true, 200), (info.Text("name"), info.Text("description"), info.Text("custom"), info.Flag("public"), info.GetProperty("max_users").GetInt32()));
        (await bob.CallAsync("PUT", $"/chatgroups/{group}", new { groupname = "mine" })).Failed(403, "forbidden_op");
        (await alice.CallAsync("PUT", $"/chatgroups/{group}", new { groupid = "5" })).Failed(400, "invalid_parameter", "some of [groupid] are not valid fields");
        (await alice.CallAsync("PUT", "/chatgroups/999", new { groupname = "x" })).Failed(404, "resource_not_found", "grpID 999 does not exist!");
    }

    [Fact]
    public async Task A_private_group_is_closed_until_it_is_made_public()
    {
        await using var alice = await Person.NewAsync(_app);
        var bob = await _app.NewUserAsync("bob");
        var token = await _app.UserTokenAsync(bob);
        var group = await alice.FoundAsync(isPublic: false, allowInvites: true);
        (await _app.CallAsync("POST", $"/chatgroups/{group}/apply", new { message = "" }, token)).Failed(403, "forbidden_op", "group doesn't allow to apply");
        var hidden = (await _app.CallAsync("GET", $"/chatgroups/{group}", token: token)).Succeeded().Data.EnumerateArray().Single();
        Assert.Equal((true, 0), (hidden.Flag("allowinvites"), hidden.GetProperty("affiliations").GetArrayLength()));

        (await alice.CallAsync("PUT", $"/chatgroups/{group}", new { @public = true, membersonly = false })).Succeeded();

        var info = (await alice.CallAsync("GET", $"/chatgroups/{group}")).Succeeded().Data.EnumerateArray().Single();
        Assert.Equal((true, false, false), (info.Flag("public"), info.Flag("membersonly"), info.Flag("allowinvites")));
        (await _app.CallAsync("POST", $"/chatgroups/{group}/apply", new { message = "" }, token)).Succeeded();
    }

    [Fact]
    public async Task The_owner_gives_the_group_away()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var bob = await Person.NewAsync(_app, "bob");
        var group = await alice.FoundAsync(members: bob.User);
        await bob.HearAsync(Operation.DirectJoined);
        var stranger = await _app.NewUserAsync();
        (await alice.CallAsync("PUT", $"/chatgroups/{group}", new { newowner = stranger })).Failed(403, "forbidden_op", $"user: {stranger} doesn't exist in group: {group}");
        (await alice.CallAsync("PUT", $"/chatgroups/{group}", new { newowner = alice.User })).Failed(403, "forbidden_op", "new owner and old owner are the same");
        (await bob.CallAsync("PUT", $"/chatgroups/{group}", new { newowner = bob.User })).Failed(403, "forbidden_op");
        (await alice.CallAsync("DELETE", $"/chatgroups/{group}/quit")).Failed(403, "forbidden_op");

        Assert.True((await alice.CallAsync("PUT", $"/chatgroups/{group}", new { newowner = bob.User })).Succeeded().Data.Flag("newowner"));

        var told = await bob.HearAsync(Operation.AssignOwner);
        Assert.Equal((alice.User, bob.User), (told.From.Name, told.To.Single().Name));
        Assert.True((await alice.CallAsync("DELETE", $"/chatgroups/{group}/quit")).Succeeded().Data.Flag("result"));
        Assert.Equal(alice.User, (await bob.HearAsync(Operation.Absence)).From.Name);
    }

    [Fact]
    public async Task A_group_that_ended_is_gone()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var bob = await Person.NewAsync(_app, "bob");
        var (one, other) = (await alice.FoundAsync(members: bob.User), await alice.FoundAsync());
        await bob.HearAsync(Operation.DirectJoined);
        (await bob.CallAsync("DELETE", $"/chatgroups/{one}?version=v3")).Failed(403, "forbidden_op");

        var v3 = (await alice.CallAsync("DELETE", $"/chatgroups/{one}?version=v3")).Succeeded().Data;
        var old = (await _app.AdminAsync("DELETE", $"/chatgroups/{other}")).Succeeded().Data;

        Assert.Equal((one, other), (v3.Text("id"), old.Text("groupid")));
        Assert.Equal("the group", (await bob.HearAsync(Operation.Destroy)).MucName);
        (await alice.CallAsync("GET", $"/chatgroups/{one}")).Failed(404, "service_resource_not_found", $"do not find this group:{one}");
        (await alice.CallAsync("DELETE", $"/chatgroups/{one}")).Failed(404, "resource_not_found", $"grpID {one} does not exist!");
        var some = (await alice.CallAsync("GET", $"/chatgroups/{one},{await alice.FoundAsync()}")).Succeeded().Data.EnumerateArray().ToArray();
        Assert.Equal((JsonValueKind.String, "group id doesn't exist", JsonValueKind.Object), (some[0].ValueKind, some[0].GetString(), some[1].ValueKind));
    }

    [Fact]
    public async Task A_disabled_group_stands_still()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var bob = await Person.NewAsync(_app, "bob");
        var group = await alice.FoundAsync(members: bob.User);
        await bob.HearAsync(Operation.DirectJoined);
        (await alice.CallAsync("POST", $"/chatgroups/{group}/disable")).Failed(401, "unauthorized");

        Assert.True((await _app.AdminAsync("POST", $"/chatgroups/{group}/disable")).Succeeded().Data.Flag("disabled"));

        await bob.HearAsync(Operation.DisableGroup);
        const string reason = "can not operate this group, reason: group is disabled";
        (await bob.CallAsync("DELETE", $"/chatgroups/{group}/quit")).Failed(403, "forbidden_op", reason);
        (await bob.CallAsync("GET", $"/chatgroups/{group}/users?pagenum=1&pagesize=10")).Failed(403, "forbidden_op", reason);
        (await alice.CallAsync("PUT", $"/chatgroups/{group}", new { groupname = "x" })).Failed(403, "forbidden_op", reason);
        Assert.True((await alice.CallAsync("GET", $"/chatgroups/{group}")).Succeeded().Data.EnumerateArray().Single().Flag("disabled"));
        Assert.False((await _app.AdminAsync("POST", $"/chatgroups/{group}/enable")).Succeeded().Data.Flag("disabled"));
        (await bob.CallAsync("DELETE", $"/chatgroups/{group}/quit")).Succeeded();
    }

    [Fact]
    public async Task Public_groups_are_listed_newest_first_by_cursor_in_both_shapes()
    {
        var app = server.App("lists");
        await using var alice = await Person.NewAsync(app);
        var groups = new List<string>();
        for (var i = 0; i < 3; i++) groups.Add(await alice.FoundAsync());
        var hidden = await alice.FoundAsync(isPublic: false);

        var first = (await alice.CallAsync("GET", "/publicchatgroups?limit=2&cursor=")).Succeeded();
        var rest = (await alice.CallAsync("GET", $"/publicchatgroups?limit=2&version=v3&cursor={first.TextOf("cursor")}")).Succeeded();
        var all = (await app.AdminAsync("GET", "/chatgroups?limit=10")).Succeeded();

        Assert.Equal([groups[2], groups[1]], first.Data.EnumerateArray().Select(g => g.Text("groupid")));
        Assert.Equal([groups[0]], rest.Data.EnumerateArray().Select(g => g.Text("id")));
        Assert.False(rest.Root.TryGetProperty("cursor", out _));
        Assert.Equal([hidden, groups[2], groups[1], groups[0]], all.Data.EnumerateArray().Select(g => g.Text("groupid")));
        Assert.Equal($"{app.Key}_{alice.User}", all.Data[0].Text("owner"));
        (await alice.CallAsync("GET", "/publicchatgroups?cursor=rubbish!")).Failed(400, "illegal_argument");
        (await alice.CallAsync("GET", "/chatgroups")).Failed(401, "unauthorized");
    }

    [Fact]
    public async Task Ones_own_groups_are_listed_counted_and_described()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var bob = await Person.NewAsync(_app, "bob");
        var one = await alice.FoundAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        var two = await bob.FoundAsync(members: alice.User);

        Assert.Equal([two, one], (await alice.CallAsync("GET", $"/users/{alice.User}/joined_chatgroups")).Succeeded().Data.EnumerateArray().Select(g => g.Text("groupid")));
        var v3 = (await alice.CallAsync("GET", $"/users/{alice.User}/joined_chatgroups?pagenum=1&pagesize=1&version=v3")).Succeeded();
        Assert.Equal([(one, "owner", false)], v3.Data.EnumerateArray().Select(g => (g.Text("id")!, g.Text("permission")!, g.Flag("disabled"))));
        Assert.Contains($"/users/{alice.User}/joined_chatgroups", v3.TextOf("uri"), StringComparison.Ordinal);
        Assert.Equal(2, (await alice.CallAsync("GET", $"/chatgroups/user/{alice.User}/joined_count")).Succeeded().Data.GetInt32());
        var described = (await alice.CallAsync("GET", $"/chatgroups/user/{alice.User}?pagenum=0&pagesize=20&needAffiliations=true&needRole=true")).Succeeded();
        Assert.Equal([(two, "member", 2), (one, "owner", 1)], described.Entities.Select(e => (e.Text("groupId")!, e.Text("permission")!, e.GetProperty("affiliations_count").GetInt32())));
        Assert.Equal(2, described.Root.GetProperty("total").GetInt32());
        (await alice.CallAsync("GET", $"/users/{bob.User}/joined_chatgroups")).Failed(401, "unauthorized");
        (await _app.AdminAsync("GET", "/users/nobody-at-all/joined_chatgroups")).Failed(404, "service_resource_not_found");
        Assert.True((await _app.AdminAsync("GET", $"/chatgroups/{two}/user/{alice.User}/is_joined")).Succeeded().Data.GetBoolean());
        Assert.False((await _app.AdminAsync("GET", $"/chatgroups/{one}/user/{bob.User}/is_joined")).Succeeded().Data.GetBoolean());
    }
}
