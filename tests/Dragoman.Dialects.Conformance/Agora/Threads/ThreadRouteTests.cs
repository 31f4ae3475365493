using System.Text.Json;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Agora.Groups;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Dialects.Conformance.Agora.Messages;
using Xunit;

namespace Dragoman.Dialects.Conformance.Agora.Threads;

/// <summary>Section 4.11 and the rows "Threads" of section 12: every route, and every number by which clients know a refusal.</summary>
public sealed class ThreadRouteTests(ThreadRouteTests.Apps server) : IClassFixture<ThreadRouteTests.Apps>
{
    private const string Error = "group_error";
    private readonly AgoraAppClient _app = server.Demo;

    public sealed class Apps : AgoraServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
        [
            ("demo", """{"rateLimit":{"calls":0,"frames":0}}"""),
            ("closed", """{"features":{"threads":false}}"""),
            ("small", """{"rateLimit":{"calls":0},"groups":{"threads":2}}"""),
            ("narrow", """{"rateLimit":{"calls":0},"groups":{"threadsPerUser":1}}"""),
            ("lists", """{"rateLimit":{"calls":0}}"""),
        ];
    }

    [Fact]
    public async Task A_thread_begins_under_a_message_and_is_shown()
    {
        await using var alice = await ThreadPerson.NewAsync(_app);
        var group = await alice.FoundAsync();
        var root = await alice.SayAsync(group, "root");

        var thread = await alice.BeginAsync(group, root, new string('x', 64));

        Assert.All(thread, c => Assert.True(char.IsAsciiDigit(c)));
        var shown = (await alice.CallAsync("GET", $"/thread/{thread}")).Succeeded().Data;
        Assert.Equal(
            (thread, new string('x', 64), alice.User, ThreadPerson.IdOf(root), group, 1),
            (shown.Text("id"), shown.Text("name"), shown.Text("owner"), shown.Text("msgId"), shown.Text("groupId"), shown.GetProperty("affiliations_count").GetInt32()));
        Assert.True(shown.GetProperty("created").GetInt64() > 1_700_000_000_000);
    }

    [Fact]
    public async Task The_app_begins_one_for_a_member_with_ids_as_numbers()
    {
        await using var alice = await ThreadPerson.NewAsync(_app);
        var group = await alice.FoundAsync();
        var root = await alice.SayAsync(group, "root");

        var body = $$"""{"group_id":{{group}},"msg_id":{{root}},"name":"t","owner":"{{alice.User}}"}""";
        var thread = (await _app.AdminAsync("POST", "/thread", body)).Succeeded().Data.Text("thread_id");

        Assert.Equal(alice.User, (await _app.AdminAsync("GET", $"/thread/{thread}")).Succeeded().Data.Text("owner"));
        (await _app.AdminAsync("POST", "/thread", new { group_id = group, msg_id = "1", name = "t" })).Failed(400, "param_illegal", "Failed to read HTTP message");
    }

    [Fact]
    public async Task What_cannot_be_a_thread_is_refused_under_its_number()
    {
        await using var alice = await ThreadPerson.NewAsync(_app);
        await using var bob = await ThreadPerson.NewAsync(_app, "bob");
        var (group, other) = (await alice.FoundAsync(), await alice.FoundAsync());
        var root = ThreadPerson.IdOf(await alice.SayAsync(group, "root"));
        var elsewhere = ThreadPerson.IdOf(await alice.SayAsync(other, "elsewhere"));
        await using var talk = await Talk.BeginAsync(_app, alice.User, "phone");
        var whispered = ThreadPerson.IdOf(await talk.SayAsync(talk.Person(bob.User), Talk.Text("psst")));
        Task<RestReply> Begin(ThreadPerson who, string group_id, string msg_id, string name = "t", string? owner = null) =>
            who.CallAsync("POST", "/thread", new { group_id, msg_id, name, owner = owner ?? who.User });

        Refused(await Begin(alice, group, "4711"), 404, "msg not exist.", 40012);
        Refused(await Begin(alice, "4711", root), 404, "group not found.", null);
        Refused(await Begin(bob, group, root), 404, "user not in group.", 40012);
        Refused(await Begin(alice, group, elsewhere), 400, "msg not belong to group .", null);
        Refused(await Begin(alice, group, whispered), 400, "thread must on group message to create.", 40009);
        Refused(await Begin(alice, group, root, new string('x', 65)), 400, "thread name limit reached.", null);
        Refused(await Begin(alice, group, root, ""), 400, "thread name limit reached.", null);
        Refused(await Begin(alice, group, root, owner: bob.User), 401, "no permission.", 40001);
        foreach (var body in new[] { "[]", "{}", """{"group_id":"1","name":"t"}""", """{"group_id":"1","name":"t","msg_id":"x"}""", """{"group_id":{},"name":"t","msg_id":1}""" })
            (await alice.CallAsync("POST", "/thread", body)).Failed(400, "param_illegal", "Failed to read HTTP message");

        var thread = await alice.BeginAsync(group, ulong.Parse(root, System.Globalization.CultureInfo.InvariantCulture));
        Refused(await Begin(alice, group, root), 403, "msg already create thread.not allow to create.", 40003);
        var said = ThreadPerson.IdOf(await alice.SayInAsync(thread, "inside"));
        Refused(await Begin(alice, group, said), 400, "thread not nested.", 40009);
    }

    [Fact]
    public async Task An_app_without_threads_says_so_on_every_route()
    {
        var app = server.App("closed");
        var user = await app.NewUserAsync();
        var token = await app.UserTokenAsync(user);
        foreach (var (method, path) in new[]
        {
            ("GET", "/thread"), ("POST", "/thread"), ("GET", "/thread/1"), ("PUT", "/thread/1"), ("DELETE", "/thread/1"), ("GET", "/thread/1/users"), ("POST", "/thread/1/users"),
            ("DELETE", "/thread/1/users"), ("DELETE", "/threads/1/users"), ("DELETE", $"/thread/1/users/{user}"), ("POST", $"/thread/1/user/{user}/join"),
            ("DELETE", $"/thread/1/user/{user}/quit"), ("GET", $"/threads/user/{user}"), ("GET", "/threads/chatgroups/1"), ("GET", $"/threads/chatgroups/1/user/{user}"),
            ("POST", "/thread/message"),
        })
            Refused(await app.AdminAsync(method, path), 403, "thread not open.", 40000);
        Refused(await app.CallAsync("GET", "/thread/1", token: token), 403, "thread not open.", 40000);
    }

    [Fact]
    public async Task Threads_of_the_app_and_of_a_user_are_bounded_by_the_plan()
    {
        var app = server.App("small");
        await using var alice = await ThreadPerson.NewAsync(app);
        var group = await alice.FoundAsync();
        for (var i = 0; i < 2; i++) await alice.BeginAsync(group, await alice.SayAsync(group, "root"));
        var body = new { group_id = group, msg_id = ThreadPerson.IdOf(await alice.SayAsync(group, "root")), name = "t", owner = alice.User };
        Refused(await alice.CallAsync("POST", "/thread", body), 403, "thread number has reached limit.", 40005);

        app = server.App("narrow");
        await using var bob = await ThreadPerson.NewAsync(app, "bob");
        await using var carol = await ThreadPerson.NewAsync(app, "carol");
        group = await bob.FoundAsync(carol.User);
        var (one, other) = (await bob.BeginAsync(group, await bob.SayAsync(group, "x")), await carol.BeginAsync(group, await bob.SayAsync(group, "y")));
        var third = new { group_id = group, msg_id = ThreadPerson.IdOf(await bob.SayAsync(group, "root")), name = "t", owner = bob.User };
        Refused(await bob.CallAsync("POST", "/thread", third), 403, "user join thread reach limit.", 40007);
        Refused(await bob.CallAsync("POST", $"/thread/{other}/user/{bob.User}/join"), 403, "user join thread reach limit.", 40007);
        Refused(await app.AdminAsync("POST", $"/thread/{one}/users", new { usernames = new[] { carol.User } }), 403, "user join thread reach limit.", 40007);
        var refused = await bob.SendAsync(other, ThreadPerson.TextIn("me too"));
        Assert.Equal(Status.Types.ErrorCode.Fail, refused.Status.ErrorCode);
    }

    [Fact]
    public async Task A_thread_is_renamed_by_who_may()
    {
        await using var alice = await ThreadPerson.NewAsync(_app);
        await using var bob = await ThreadPerson.NewAsync(_app, "bob");
        var carol = await ThreadPerson.NewAsync(_app, "carol");
        await using var _ = carol;
        var group = await alice.FoundAsync(bob.User, carol.User);
        var thread = await bob.BeginAsync(group, await alice.SayAsync(group, "root"));

        Assert.Equal("mine", (await bob.CallAsync("PUT", $"/thread/{thread}", new { name = "mine" })).Succeeded().Data.Text("name"));
        Assert.Equal("ours", (await alice.CallAsync("PUT", $"/thread/{thread}", new { name = "ours" })).Succeeded().Data.Text("name"));
        Assert.Equal("theirs", (await _app.AdminAsync("PUT", $"/thread/{thread}", new { name = "theirs" })).Succeeded().Data.Text("name"));
        Refused(await carol.CallAsync("PUT", $"/thread/{thread}", new { name = "hers" }), 401, "no permission.", 40001);
        Refused(await alice.CallAsync("PUT", $"/thread/{thread}", new { name = new string('x', 65) }), 400, "thread name limit reached.", null);
        Refused(await alice.CallAsync("PUT", "/thread/4711", new { name = "x" }), 404, "thread not found.", 40011);
        (await alice.CallAsync("PUT", $"/thread/{thread}", new { })).Failed(400, "param_illegal");
    }

    [Fact]
    public async Task A_thread_is_ended_by_who_may()
    {
        await using var alice = await ThreadPerson.NewAsync(_app);
        await using var bob = await ThreadPerson.NewAsync(_app, "bob");
        var group = await alice.FoundAsync(bob.User);
        var root = await alice.SayAsync(group, "root");
        var thread = await bob.BeginAsync(group, root);
        Refused(await bob.CallAsync("DELETE", $"/thread/{thread}"), 401, "no permission.", 40001);

        Assert.Equal("ok", (await alice.CallAsync("DELETE", $"/thread/{thread}")).Succeeded().Data.Text("status"));

        Refused(await alice.CallAsync("DELETE", $"/thread/{thread}"), 404, "thread not found.", 40011);
        Refused(await alice.CallAsync("GET", $"/thread/{thread}"), 404, "thread not found.", 40011);
        Assert.Empty(await bob.HistoryAsync(thread));
        await bob.BeginAsync(group, root); // the message is free again
    }

    [Fact]
    public async Task Members_join_and_leave_and_are_listed_in_pages()
    {
        await using var alice = await ThreadPerson.NewAsync(_app);
        await using var bob = await ThreadPerson.NewAsync(_app, "bob");
        await using var dave = await ThreadPerson.NewAsync(_app, "dave");
        var group = await alice.FoundAsync(bob.User);
        var thread = await alice.BeginAsync(group, await alice.SayAsync(group, "root"));

        var joined = (await bob.CallAsync("POST", $"/thread/{thread}/user/{bob.User}/join")).Succeeded().Data;
        Assert.Equal(("ok", thread, group), (joined.Text("status"), joined.GetProperty("detail").Text("id"), joined.GetProperty("detail").Text("groupId")));
        Refused(await bob.CallAsync("POST", $"/thread/{thread}/user/{bob.User}/join"), 403, "user already in thread.", 40004);
        Refused(await dave.CallAsync("POST", $"/thread/{thread}/user/{dave.User}/join"), 404, "user not in group.", 40012);
        Refused(await bob.CallAsync("POST", $"/thread/4711/user/{bob.User}/join"), 404, "thread not found.", 40011);
        (await bob.CallAsync("POST", $"/thread/{thread}/user/{alice.User}/join")).Failed(401, "unauthorized", "Unable to authenticate (OAuth)");

        var first = (await alice.CallAsync("GET", $"/thread/{thread}/users?limit=1")).Succeeded();
        var second = (await alice.CallAsync("GET", $"/thread/{thread}/users?limit=1&cursor={CursorOf(first)}")).Succeeded();
        Assert.Equal([alice.User, bob.User], first.Data.GetProperty("affiliations").Texts().Concat(second.Data.GetProperty("affiliations").Texts()));
        Assert.Equal("", CursorOf(second));
        Refused(await alice.CallAsync("GET", $"/thread/{thread}/users?limit=51"), 400, "query param reaches limit.", null);
        Refused(await dave.CallAsync("GET", $"/thread/{thread}/users"), 404, "user not in group.", 40012);

        Assert.Equal("ok", (await bob.CallAsync("DELETE", $"/thread/{thread}/user/{bob.User}/quit")).Succeeded().Data.Text("status"));
        Refused(await bob.CallAsync("DELETE", $"/thread/{thread}/user/{bob.User}/quit"), 404, "user not in thread.", 40012);
    }

    [Fact]
    public async Task The_app_brings_members_in_and_managers_put_them_out()
    {
        await using var alice = await ThreadPerson.NewAsync(_app);
        await using var bob = await ThreadPerson.NewAsync(_app, "bob");
        var (carol, stranger) = (await _app.NewUserAsync("carol"), await _app.NewUserAsync("dave"));
        var group = await alice.FoundAsync(bob.User, carol);
        var thread = await alice.BeginAsync(group, await alice.SayAsync(group, "root"));
        var path = $"/thread/{thread}/users";

        Assert.Equal("ok", (await _app.AdminAsync("POST", path, new { usernames = new[] { bob.User, carol, alice.User } })).Succeeded().Data.Text("status"));
        (await alice.CallAsync("POST", path, new { usernames = new[] { bob.User } })).Failed(401, "unauthorized");
        Refused(await _app.AdminAsync("POST", path, new { usernames = new[] { stranger } }), 404, "user not in group.", 40012);
        Refused(await _app.AdminAsync("POST", path, new { usernames = Enumerable.Repeat("u", 11) }), 400, "request body reaches limit.", null);
        (await _app.AdminAsync("POST", path, new { })).Failed(400, "param_illegal", "Failed to read HTTP message");
        Refused(await _app.AdminAsync("POST", "/thread/4711/users", new { usernames = new[] { carol } }), 404, "thread not found.", 40011);

        Refused(await bob.CallAsync("DELETE", $"{path}/{carol}"), 401, "no permission.", 40001);
        var one = (await alice.CallAsync("DELETE", $"{path}/{carol}")).Succeeded().Data;
        Assert.Equal((true, carol), (one.Flag("result"), one.Text("user")));
        Refused(await alice.CallAsync("DELETE", $"{path}/{carol}"), 404, "user not in thread.", 40012);
        var several = (await _app.AdminAsync("DELETE", $"/threads/{thread}/users", new { usernames = new[] { bob.User, carol } })).Succeeded().Entities;
        Assert.Equal([(true, bob.User), (false, carol)], several.Select(item => (item.Flag("result"), item.Text("user")!)));
        Refused(await _app.AdminAsync("DELETE", path, new { usernames = Enumerable.Repeat("u", 11) }), 400, "request body reaches limit.", null);
    }

    [Fact]
    public async Task Threads_are_listed_of_the_app_a_group_and_a_user_in_both_directions()
    {
        var app = server.App("lists");
        await using var alice = await ThreadPerson.NewAsync(app);
        await using var bob = await ThreadPerson.NewAsync(app, "bob");
        await using var dave = await ThreadPerson.NewAsync(app, "dave");
        var (group, other) = (await alice.FoundAsync(bob.User), await bob.FoundAsync());
        string[] threads =
        [
            await alice.BeginAsync(group, await alice.SayAsync(group, "1")),
            await bob.BeginAsync(group, await alice.SayAsync(group, "2")),
            await bob.BeginAsync(other, await bob.SayAsync(other, "3")),
        ];

        Assert.Equal([threads[2], threads[1], threads[0]], Ids(await app.AdminAsync("GET", "/thread")));
        var first = await app.AdminAsync("GET", "/thread?limit=2&sort=asc");
        Assert.Equal([threads[0], threads[1]], Ids(first));
        var last = await app.AdminAsync("GET", $"/thread?limit=2&sort=asc&cursor={CursorOf(first)}");
        Assert.Equal([threads[2]], Ids(last));
        Assert.Empty(Ids(await app.AdminAsync("GET", $"/thread?limit=2&sort=asc&cursor={CursorOf(last)}"))); // there is a cursor on the last page, too
        (await alice.CallAsync("GET", "/thread")).Failed(401, "unauthorized");

        Assert.Equal([threads[1], threads[0]], Ids(await alice.CallAsync("GET", $"/threads/chatgroups/{group}?limit=20&cursor=")));
        Assert.Equal([threads[1]], Ids(await bob.CallAsync("GET", $"/threads/chatgroups/{group}/user/{bob.User}")));
        var joined = await bob.CallAsync("GET", $"/threads/user/{bob.User}?limit=20");
        Assert.Equal([threads[2], threads[1]], Ids(joined));
        var shown = joined.Entities[1];
        Assert.Equal(("thread", bob.User, group), (shown.Text("name"), shown.Text("owner"), shown.Text("groupId")));
        Assert.Equal(["name", "owner", "id", "msgId", "groupId", "created"], shown.Names());
        Refused(await dave.CallAsync("GET", $"/threads/chatgroups/{group}"), 404, "user not in group.", 40012);
        Refused(await dave.CallAsync("GET", $"/threads/chatgroups/{group}/user/{dave.User}"), 404, "user not in group.", 40012);
        Refused(await dave.CallAsync("GET", "/threads/chatgroups/4711"), 404, "group not found.", null);
        (await dave.CallAsync("GET", $"/threads/user/{bob.User}")).Failed(401, "unauthorized");
        foreach (var limit in new[] { "0", "51", "x" }) Refused(await app.AdminAsync("GET", $"/thread?limit={limit}"), 400, "query param reaches limit.", null);
        (await app.AdminAsync("GET", "/thread?cursor=rubbish!")).Failed(400, "illegal_argument");
    }

    [Fact]
    public async Task The_last_messages_are_read_of_several_threads()
    {
        await using var alice = await ThreadPerson.NewAsync(_app);
        await using var dave = await ThreadPerson.NewAsync(_app, "dave");
        var group = await alice.FoundAsync();
        var (one, empty) = (await alice.BeginAsync(group, await alice.SayAsync(group, "1")), await alice.BeginAsync(group, await alice.SayAsync(group, "2")));
        await alice.SayInAsync(one, "first");
        var last = await alice.SayInAsync(one, "second");

        var read = (await alice.CallAsync("POST", "/thread/message", new { threadIds = new[] { one, empty, "4711" } })).Succeeded().Entities;

        Assert.Equal([one, empty], read.Select(entity => entity.Text("thread_id")));
        var message = read[0].GetProperty("last_message");
        Assert.Equal((ThreadPerson.IdOf(last), "groupchat", alice.User, one), (message.Text("id"), message.GetProperty("payload").Text("type"), message.GetProperty("payload").Text("from"), message.GetProperty("payload").Text("to")));
        Assert.Equal("second", message.GetProperty("payload").GetProperty("bodies")[0].Text("msg"));
        Assert.Empty(read[1].GetProperty("last_message").Names());
        Assert.Empty((await dave.CallAsync("POST", "/thread/message", new { threadIds = new[] { one } })).Succeeded().Entities);
        Refused(await alice.CallAsync("POST", "/thread/message", new { threadIds = Enumerable.Repeat("1", 21) }), 400, "request body reaches limit.", null);
        (await alice.CallAsync("POST", "/thread/message", new { })).Failed(400, "param_illegal");
    }

    private static void Refused(RestReply reply, int status, string description, int? number)
    {
        reply.Failed(status, Error, description);
        Assert.Equal(number, reply.Root.TryGetProperty("error_code", out var code) ? code.GetInt32() : null);
    }

    private static IEnumerable<string?> Ids(RestReply reply) => reply.Succeeded().Entities.Select(entity => entity.Text("id"));

    private static string CursorOf(RestReply reply) => reply.Root.GetProperty("properties").Text("cursor")!;
}
