using System.Text.Json;
using Dragoman.Dialects.Conformance.Agora.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.Agora.Rooms;

/// <summary>Section 4.12 of the REST side, and "Chat rooms" of the clients': every route, its answer and its refusals.</summary>
public sealed class RoomRestTests(RoomRestTests.Apps server) : IClassFixture<RoomRestTests.Apps>
{
    private readonly AgoraAppClient _app = server.Demo;

    public sealed class Apps : AgoraServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
        [
            ("demo", """{"rateLimit":{"calls":0},"roomTags":true}"""),
            ("small", """{"rateLimit":{"calls":0},"limits":{"rooms":1,"roomMembers":20}}"""),
        ];
    }

    [Fact]
    public async Task A_room_is_created_read_changed_and_destroyed()
    {
        var (alice, bob) = (await _app.NewUserAsync("alice"), await _app.NewUserAsync("bob"));
        var made = await _app.AdminAsync("POST", "/chatrooms", new { name = "n", description = "d", maxusers = 10, owner = alice, members = new[] { bob }, custom = "c" });
        var room = made.Succeeded().Data.GetProperty("id").GetString()!;

        var shown = (await _app.AdminAsync("GET", $"/chatrooms/{room}")).Succeeded().Data.EnumerateArray().Single();
        Assert.Equal((room, "n", "d", alice, "c"), (Text(shown, "id"), Text(shown, "name"), Text(shown, "description"), Text(shown, "owner"), Text(shown, "custom")));
        Assert.Equal((10, 2, false, true), (
            shown.GetProperty("maxusers").GetInt32(), shown.GetProperty("affiliations_count").GetInt32(), shown.GetProperty("mute").GetBoolean(), shown.GetProperty("public").GetBoolean()));
        Assert.Equal($$"""[{"member":"{{bob}}"},{"owner":"{{alice}}"}]""", shown.GetProperty("affiliations").GetRawText());

        var changed = (await _app.AdminAsync("PUT", $"/chatrooms/{room}", new { groupname = "m", description = "e", maxusers = 20 })).Succeeded().Data;
        Assert.Equal("""{"groupname":true,"description":true,"maxusers":true}""", changed.GetRawText());
        Assert.Equal("""{"newowner":true}""", (await _app.AdminAsync("PUT", $"/chatrooms/{room}", new { newowner = bob })).Succeeded().Data.GetRawText());
        (await _app.AdminAsync("PUT", $"/chatrooms/{room}", new { newowner = bob })).Failed(403, "forbidden_op", "new owner and old owner are the same");

        var joined = (await _app.AdminAsync("GET", $"/users/{alice}/joined_chatrooms?pagenum=1&pagesize=10&detail=true")).Succeeded().Data.EnumerateArray().Single();
        Assert.Equal((room, "m", "m", "false", $"org#demo_{bob}"), (Text(joined, "id"), Text(joined, "name"), Text(joined, "title"), Text(joined, "disabled"), Text(joined, "owner")));

        Assert.Equal($$"""{"success":true,"id":"{{room}}"}""", (await _app.AdminAsync("DELETE", $"/chatrooms/{room}?version=v3")).Succeeded().Data.GetRawText());
        (await _app.AdminAsync("DELETE", $"/chatrooms/{room}")).Failed(404, "resource_not_found", $"grpID {room} does not exist!");
        (await _app.AdminAsync("GET", $"/chatrooms/{room}")).Failed(404, "service_resource_not_found", $"do not find this group:{room}");
        (await _app.AdminAsync("GET", $"/chatrooms/{room}/users")).Failed(404, "service_resource_not_found", $"do not find this group:{room}");
    }

    [Fact]
    public async Task Creation_is_refused_for_its_reasons()
    {
        var alice = await _app.NewUserAsync("alice");
        (await _app.AdminAsync("POST", "/chatrooms", new { description = "d", owner = alice })).Failed(400, "invalid_parameter", "name must be provided");
        (await _app.AdminAsync("POST", "/chatrooms", new { name = "n", owner = alice })).Failed(400, "invalid_parameter", "description must be provided");
        (await _app.AdminAsync("POST", "/chatrooms", new { name = "n", description = "d" })).Failed(400, "invalid_parameter", "owner must be provided");
        (await CreateAsync("nobody")).Failed(404, "resource_not_found", "'username nobody doesn't exist!'");
        (await CreateAsync(alice, name: new('n', 129))).Failed(403, "exceed_limit", "title cannot exceed to 128");
        (await CreateAsync(alice, description: new('n', 513))).Failed(403, "exceed_limit", "desc cannot exceed to 512");
        (await CreateAsync(alice, maxusers: 10_001)).Failed(403, "exceed_limit", "maxUsers cannot exceed 10000");
        (await CreateAsync(alice, maxusers: 1, members: [await _app.NewUserAsync("bob")])).Failed(403, "exceed_limit", "members size is greater than max user size !");
        (await _app.CallAsync("POST", "/chatrooms", new { name = "n", description = "d", owner = alice }, await _app.UserTokenAsync(alice))).Failed(403, "forbidden_op");

        var small = server.App("small");
        var owner = await small.NewUserAsync("alice");
        (await small.AdminAsync("POST", "/chatrooms", new { name = "n", description = "d", owner, maxusers = 20 })).Succeeded();
        (await small.AdminAsync("POST", "/chatrooms", new { name = "n", description = "d", owner, maxusers = 20 }))
            .Failed(403, "exceed_limit", "appKey:org#small has create too many chatrooms!");
    }

    [Fact]
    public async Task Super_administrators_create_rooms()
    {
        var alice = await _app.NewUserAsync("alice");
        var token = await _app.UserTokenAsync(alice);
        (await _app.AdminAsync("POST", "/chatrooms/super_admin", new { superadmin = "nobody" })).Failed(404, "resource_not_found", "username nobody doesn't exist!");
        Assert.Equal("""{"result":"success","resource":""}""", (await _app.AdminAsync("POST", "/chatrooms/super_admin", new { superadmin = alice })).Succeeded().Data.GetRawText());
        Assert.Contains(alice, Texts((await _app.AdminAsync("GET", "/chatrooms/super_admin?pagenum=1&pagesize=1000")).Succeeded().Data));

        (await _app.CallAsync("POST", "/chatrooms", new { name = "n", description = "d", owner = alice }, token)).Succeeded();
        Assert.Equal(alice, (await _app.AdminAsync("DELETE", $"/chatrooms/super_admin/{alice}")).Succeeded().Data.GetProperty("newSuperAdmin").GetString());
        (await _app.CallAsync("POST", "/chatrooms", new { name = "n", description = "d", owner = alice }, token)).Failed(403, "forbidden_op");
    }

    [Fact]
    public async Task Rooms_and_their_members_are_listed_by_pages()
    {
        var alice = await _app.NewUserAsync("alice");
        string[] members = [await _app.NewUserAsync("m"), await _app.NewUserAsync("m"), await _app.NewUserAsync("m")];
        var room = await _app.NewRoomAsync(alice, 100, members);
        var newest = (await _app.AdminAsync("GET", "/chatrooms?limit=1")).Succeeded();
        Assert.Equal((1, 1), (newest.Root.GetProperty("count").GetInt32(), newest.Data.GetArrayLength()));
        var all = (await _app.AdminAsync("GET", "/chatrooms?pagenum=1&pagesize=1000")).Succeeded().Data.EnumerateArray().ToArray();
        Assert.Equal(4, all.Single(one => Text(one, "id") == room).GetProperty("affiliations_count").GetInt32());
        (await _app.AdminAsync("GET", "/chatrooms?cursor=!!")).Failed(400, "illegal_argument", "cursor is invalid");

        var page = (await _app.AdminAsync("GET", $"/chatrooms/{room}/users?pagenum=1&pagesize=2")).Succeeded().Data;
        Assert.Equal($$"""[{"owner":"{{alice}}"},{"member":"{{members[0]}}"}]""", page.GetRawText());
        var first = (await _app.AdminAsync("GET", $"/chatrooms/{room}/users?cursor=&limit=3&joined_time=true")).Succeeded();
        Assert.Equal(3, first.Data.GetArrayLength());
        Assert.True(first.Data[0].TryGetProperty("joined_time", out _));
        var second = (await _app.AdminAsync("GET", $"/chatrooms/{room}/users?cursor={first.TextOf("cursor")}&limit=3")).Succeeded();
        Assert.Equal((members[2], false), (Text(second.Data.EnumerateArray().Single(), "member"), second.Root.TryGetProperty("cursor", out _)));
    }

    [Fact]
    public async Task Members_are_added_and_removed()
    {
        var (alice, bob, carol) = (await _app.NewUserAsync("alice"), await _app.NewUserAsync("bob"), await _app.NewUserAsync("carol"));
        var room = await _app.NewRoomAsync(alice, maxusers: 3);

        Same($$"""{"result":true,"action":"add_member","user":"{{bob}}","id":"{{room}}"}""", (await _app.AdminAsync("POST", $"/chatrooms/{room}/users/{bob}")).Succeeded().Data);
        (await _app.AdminAsync("POST", $"/chatrooms/{room}/users/{bob}")).Failed(400, "forbidden_op");
        (await _app.AdminAsync("POST", $"/chatrooms/{room}/users/nobody")).Failed(404, "resource_not_found", "'username nobody doesn't exist!'");
        Same($$"""{"newmembers":["{{carol}}"],"action":"add_member","id":"{{room}}"}""", (await _app.AdminAsync("POST", $"/chatrooms/{room}/users", new { usernames = new[] { bob, carol } })).Succeeded().Data);
        (await _app.AdminAsync("POST", $"/chatrooms/{room}/users/{await _app.NewUserAsync("dave")}")).Failed(403, "exceed_limit", "group member list is full!");
        (await _app.AdminAsync("POST", $"/chatrooms/{room}/users", new { usernames = Many(61) })).Failed(400, "invalid_parameter", "addMembers: addMembers number more than maxSize : 60");

        Same($$"""{"result":true,"action":"remove_member","user":"{{bob}}","id":"{{room}}"}""", (await _app.AdminAsync("DELETE", $"/chatrooms/{room}/users/{bob}")).Succeeded().Data);
        (await _app.AdminAsync("DELETE", $"/chatrooms/{room}/users/{bob}")).Failed(400, "forbidden_op", $"users [{bob}] are not members of this group!");
        (await _app.AdminAsync("DELETE", $"/chatrooms/{room}/users/{alice}")).Failed(403, "forbidden_op", "forbidden operation on group owner!");
        var both = (await _app.AdminAsync("DELETE", $"/chatrooms/{room}/users/{carol},{bob}")).Succeeded().Data;
        Assert.Equal([true, false], both.EnumerateArray().Select(one => one.GetProperty("result").GetBoolean()));
        Assert.Equal($"users [{bob}] are not members of this group!", Text(both[1], "reason"));
        (await _app.AdminAsync("DELETE", $"/chatrooms/{room}/users/{string.Join(',', Many(61))}")).Failed(400, "invalid_parameter", "kickMember: kickMembers number more than maxSize : 60");
    }

    [Fact]
    public async Task Older_clients_come_and_go_by_calls()
    {
        var (alice, bob) = (await _app.NewUserAsync("alice"), await _app.NewUserAsync("bob"));
        var room = await _app.NewRoomAsync(alice, maxusers: 2);
        var token = await _app.UserTokenAsync(bob);
        Same($$"""{"action":"apply","id":"{{room}}","result":true,"user":"{{bob}}"}""", (await _app.CallAsync("POST", $"/chatrooms/{room}/apply", new { message = "hi" }, token)).Succeeded().Data);
        Assert.Equal("""{"result":true}""", (await _app.CallAsync("DELETE", $"/chatrooms/{room}/quit", token: token)).Succeeded().Data.GetRawText());
        (await _app.CallAsync("DELETE", $"/chatrooms/{room}/quit", token: token)).Failed(400, "forbidden_op", $"users [{bob}] are not members of this group!");
        (await _app.CallAsync("POST", "/chatrooms/4711/apply", new { }, token)).Failed(404, "resource_not_found", "grpID 4711 does not exist!");
        (await _app.AdminAsync("POST", $"/chatrooms/{room}/users/{await _app.NewUserAsync("carol")}")).Succeeded();
        (await _app.CallAsync("POST", $"/chatrooms/{room}/apply", new { }, token)).Failed(403, "exceed_limit", "group member list is full!");
    }

    [Fact]
    public async Task Administrators_are_appointed_and_may_mute_but_not_more()
    {
        var (alice, bob, carol) = (await _app.NewUserAsync("alice"), await _app.NewUserAsync("bob"), await _app.NewUserAsync("carol"));
        var room = await _app.NewRoomAsync(alice, 100, bob, carol);
        var (owner, admin, member) = (await _app.UserTokenAsync(alice), await _app.UserTokenAsync(bob), await _app.UserTokenAsync(carol));
        (await _app.CallAsync("POST", $"/chatrooms/{room}/admin", new { newadmin = bob }, member)).Failed(403, "forbidden_op", "permission denied");
        Same($$"""{"result":"success","newadmin":"{{bob}}"}""", (await _app.CallAsync("POST", $"/chatrooms/{room}/admin", new { newadmin = bob }, owner)).Succeeded().Data);
        Assert.Equal([bob], Texts((await _app.CallAsync("GET", $"/chatrooms/{room}/admin", token: member)).Succeeded().Data));
        (await _app.CallAsync("POST", $"/chatrooms/{room}/admin", new { newadmin = "nobody" }, owner)).Failed(400, "forbidden_op", "users [nobody] are not members of this group!");

        var muted = (await _app.CallAsync("POST", $"/chatrooms/{room}/mute", new { usernames = new[] { carol }, mute_duration = 1000 }, admin)).Succeeded().Data[0];
        Assert.True(muted.GetProperty("result").GetBoolean());
        Assert.Equal(carol, Text((await _app.CallAsync("GET", $"/chatrooms/{room}/mute", token: admin)).Succeeded().Data[0], "user"));
        (await _app.CallAsync("GET", $"/chatrooms/{room}/mute", token: member)).Failed(403, "forbidden_op");
        Assert.True((await _app.CallAsync("GET", $"/sdk/chatrooms/{room}/mute/{carol}", token: member)).Succeeded().Data.GetBoolean());
        Same($$"""[{"result":true,"user":"{{carol}}"}]""", (await _app.CallAsync("DELETE", $"/chatrooms/{room}/mute/{carol}", token: admin)).Succeeded().Data);
        Assert.False((await _app.CallAsync("GET", $"/sdk/chatrooms/{room}/mute/{carol}", token: member)).Succeeded().Data.GetBoolean());
        (await _app.CallAsync("POST", $"/chatrooms/{room}/mute", new { usernames = new[] { "nobody" }, mute_duration = 1 }, admin)).Failed(400, "forbidden_op", "users [nobody] are not members of this group!");
        (await _app.CallAsync("POST", $"/chatrooms/{room}/mute", new { usernames = Many(61), mute_duration = 1 }, admin)).Failed(400, "invalid_parameter", "userNames size is more than max limit : 60");

        Assert.Equal("""{"mute":true}""", (await _app.CallAsync("POST", $"/chatrooms/{room}/ban", new { }, admin)).Succeeded().Data.GetRawText());
        Assert.Equal("""{"mute":false}""", (await _app.CallAsync("DELETE", $"/chatrooms/{room}/ban", token: admin)).Succeeded().Data.GetRawText());
        (await _app.CallAsync("PUT", $"/chatrooms/{room}", new { groupname = "x" }, admin)).Failed(403, "forbidden_op");
        (await _app.CallAsync("DELETE", $"/chatrooms/{room}", token: admin)).Failed(403, "forbidden_op");
        (await _app.CallAsync("DELETE", $"/chatrooms/{room}/admin/{carol}", token: owner)).Failed(403, "forbidden_op", $"user:{carol} is not admin of group:{room}");
        Same($$"""{"result":"success","oldadmin":"{{bob}}"}""", (await _app.CallAsync("DELETE", $"/chatrooms/{room}/admin/{bob}", token: owner)).Succeeded().Data);
    }

    [Fact]
    public async Task Blocks_and_allow_lists_answer_as_each_version_wants()
    {
        var (alice, bob, carol) = (await _app.NewUserAsync("alice"), await _app.NewUserAsync("bob"), await _app.NewUserAsync("carol"));
        var room = await _app.NewRoomAsync(alice, 100, bob, carol);
        Same($$"""{"result":true,"action":"add_user_whitelist","user":"{{bob}}","chatroomid":"{{room}}"}""", (await _app.AdminAsync("POST", $"/chatrooms/{room}/white/users/{bob}")).Succeeded().Data);
        Assert.Equal(JsonValueKind.Array, (await _app.AdminAsync("POST", $"/chatrooms/{room}/white/users/{carol}?version=v3")).Succeeded().Data.ValueKind);
        Assert.Equal([bob, carol], Texts((await _app.AdminAsync("GET", $"/chatrooms/{room}/white/users")).Succeeded().Data));
        Same($$"""{"member":"{{bob}}","white":true}""", (await _app.AdminAsync("GET", $"/chatrooms/{room}/white/users/{bob}")).Succeeded().Data);
        Assert.Equal(2, (await _app.AdminAsync("DELETE", $"/chatrooms/{room}/white/users/{bob},{carol}")).Succeeded().Data.GetArrayLength());
        (await _app.AdminAsync("POST", $"/chatrooms/{room}/white/users/nobody")).Failed(400, "forbidden_op", "users [nobody] are not members of this group!");

        Assert.Equal(JsonValueKind.Object, (await _app.AdminAsync("POST", $"/chatrooms/{room}/blocks/users/{bob}")).Succeeded().Data.ValueKind);
        Assert.Equal(1, (await _app.AdminAsync("POST", $"/chatrooms/{room}/blocks/users", new { usernames = new[] { carol } })).Succeeded().Data.GetArrayLength());
        Assert.Equal([bob, carol], Texts((await _app.AdminAsync("GET", $"/chatrooms/{room}/blocks/users")).Succeeded().Data));
        (await _app.AdminAsync("POST", $"/chatrooms/{room}/users/{bob}")).Failed(403, "forbidden_op", $"can not join this group, reason:user {bob} is in the blacklist");
        Assert.Equal(JsonValueKind.Object, (await _app.AdminAsync("DELETE", $"/chatrooms/{room}/blocks/users/{bob}")).Succeeded().Data.ValueKind);
        Assert.Equal(JsonValueKind.Array, (await _app.AdminAsync("DELETE", $"/chatrooms/{room}/blocks/users/{carol}?version=v3")).Succeeded().Data.ValueKind);
        (await _app.AdminAsync("POST", $"/chatrooms/{room}/users/{bob}")).Succeeded();
        (await _app.AdminAsync("POST", $"/chatrooms/{room}/blocks/users/{alice}")).Failed(403, "forbidden_op", "forbidden operation on group owner!");
    }

    [Fact]
    public async Task An_announcement_is_set_and_read()
    {
        var room = await _app.NewRoomAsync(await _app.NewUserAsync("alice"));
        Same($$"""{"id":"{{room}}","result":true}""", (await _app.AdminAsync("POST", $"/chatrooms/{room}/announcement", new { announcement = "news" })).Succeeded().Data);
        Assert.Equal("""{"announcement":"news"}""", (await _app.AdminAsync("GET", $"/chatrooms/{room}/announcement")).Succeeded().Data.GetRawText());
        (await _app.AdminAsync("POST", $"/chatrooms/{room}/announcement", new { announcement = new string('n', 513) })).Failed(403, "forbidden_op", "announce info length exceeds limit!");
        (await _app.AdminAsync("POST", $"/chatrooms/{room}/announcement", new { })).Failed(400, "illegal_argument", "announcement is null");
    }

    [Fact]
    public async Task Tags_are_worn_and_muted()
    {
        var (alice, bob) = (await _app.NewUserAsync("alice"), await _app.NewUserAsync("bob"));
        var room = await _app.NewRoomAsync(alice, 100, bob);
        (await _app.AdminAsync("PUT", $"/chatrooms/{room}/tag/mute", new { tag = "t", mute_duration = 60 })).Failed(404, "resource_not_found", "group tag not found");
        (await _app.AdminAsync("PUT", $"/chatrooms/{room}/users/{bob}/tag", new { tags = new[] { "t" } })).Succeeded();
        (await _app.AdminAsync("PUT", $"/chatrooms/{room}/tag/mute", new { tag = "t", mute_duration = -1 })).Succeeded();
        Assert.Equal("""{"t":"-1"}""", (await _app.AdminAsync("GET", $"/chatrooms/{room}/users/{bob}/tag")).Succeeded().Data.GetRawText());
        (await _app.AdminAsync("PUT", $"/chatrooms/{room}/tag/mute", new { tag = new string('t', 33), mute_duration = 1 })).Failed(403, "exceed_limit", "tag length exceeds limit!");
        (await _app.AdminAsync("PUT", $"/chatrooms/{room}/users/{bob}/tag", new { tags = Many(11) })).Failed(403, "exceed_limit", "user group tag count exceed limit");
        (await _app.AdminAsync("PUT", $"/chatrooms/{room}/users/{bob}/tag", new { tags = "t" })).Failed(400, "invalid_parameter", "tags should be type of List");
        var small = server.App("small");
        (await small.AdminAsync("PUT", "/chatrooms/1/tag/mute", new { tag = "t", mute_duration = 1 })).Failed(403, "forbidden_op", "Group tag mute is disabled");
    }

    [Fact]
    public async Task Attributes_are_written_read_and_removed()
    {
        var (alice, bob, carol) = (await _app.NewUserAsync("alice"), await _app.NewUserAsync("bob"), await _app.NewUserAsync("carol"));
        var room = await _app.NewRoomAsync(alice, 100, bob);
        var (owner, token, stranger) = (await _app.UserTokenAsync(alice), await _app.UserTokenAsync(bob), await _app.UserTokenAsync(carol));
        var path = $"/metadata/chatroom/{room}/user/{bob}";

        var put = (await _app.CallAsync("PUT", path, new { metaData = new Dictionary<string, string> { ["a"] = "1", ["b c"] = "2" }, autoDelete = "NO_DELETE" }, token)).Succeeded();
        Assert.Equal("ok", put.TextOf("status"));
        Assert.Equal("""{"successKeys":["a"],"errorKeys":{"b c":"properties key 'b c' is not Legal"}}""", put.Data.GetRawText());
        Assert.Equal("""{"a":"1"}""", (await _app.CallAsync("POST", $"/metadata/chatroom/{room}", new { keys = new[] { "a", "x" } }, owner)).Succeeded().Data.GetRawText());

        var others = (await _app.CallAsync("PUT", $"/metadata/chatroom/{room}/user/{alice}", new { metaData = new { a = "2" } }, owner)).Succeeded().Data;
        Assert.Equal("properties key 'a' is not part of you", others.GetProperty("errorKeys").GetProperty("a").GetString());
        (await _app.CallAsync("PUT", $"/metadata/chatroom/{room}/user/{alice}/forced", new { metaData = new { a = "3" } }, owner)).Succeeded();
        Assert.Equal("""{"a":"3"}""", (await _app.CallAsync("POST", $"/metadata/chatroom/{room}", new { keys = Array.Empty<string>() }, token)).Succeeded().Data.GetRawText());
        Assert.Equal("""{"successKeys":["a"],"errorKeys":{}}""", (await _app.CallAsync("DELETE", path + "/forced", new { keys = new[] { "a" } }, token)).Succeeded().Data.GetRawText());

        var far = await _app.CallAsync("PUT", $"/metadata/chatroom/{room}/user/{carol}", new { metaData = new { a = "1" } }, stranger);
        Assert.Equal(60011, far.Failed(400, "MetadataException", "user is not in chatroom").Root.GetProperty("error_code").GetInt32());
        (await _app.CallAsync("PUT", path, new { metaData = new { a = "1" } }, stranger)).Failed(400, "metadata_error", "others are not allowed to be set");
        (await _app.CallAsync("DELETE", path, new { keys = Many(11) }, token)).Failed(400, "metadata_error", "exceed allowed batch size 10");
        (await _app.CallAsync("PUT", path, new { }, token)).Failed(400, "illegal_argument", "metaData must be provided");
        (await _app.CallAsync("POST", "/metadata/chatroom/4711", new { }, token)).Failed(404, "resource_not_found", "grpID 4711 does not exist!");
    }

    private Task<RestReply> CreateAsync(string owner, string name = "n", string description = "d", int maxusers = 10, string[]? members = null) =>
        _app.AdminAsync("POST", "/chatrooms", new { name, description, owner, maxusers, members = members ?? [] });

    private static string[] Many(int count) => [.. Enumerable.Range(0, count).Select(i => $"u{i}")];

    private static string? Text(JsonElement body, string member) => body.GetProperty(member).GetString();

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(one => one.GetString()!)];

    /// <summary>The answer has these members; objects may have more.</summary>
    private static void Same(string expected, JsonElement answer)
    {
        using var wanted = JsonDocument.Parse(expected);
        var (one, other) = wanted.RootElement.ValueKind == JsonValueKind.Array ? (wanted.RootElement[0], answer[0]) : (wanted.RootElement, answer);
        foreach (var member in one.EnumerateObject()) Assert.Equal(member.Value.GetRawText(), other.GetProperty(member.Name).GetRawText());
    }
}
