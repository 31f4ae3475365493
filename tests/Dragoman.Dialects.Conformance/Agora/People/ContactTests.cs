using System.Text.Json;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Dialects.Conformance.Agora.Messages;
using Google.Protobuf;
using Xunit;
using ErrorCode = Dragoman.Dialects.Agora.Protos.Status.Types.ErrorCode;
using Operation = Dragoman.Dialects.Agora.Protos.RosterBody.Types.Operation;

namespace Dragoman.Dialects.Conformance.Agora.People;

/// <summary>Contacts, remarks and the block list: the routes of sections 4.4 and 12, uplink 8.3, events 9.4.</summary>
public sealed class ContactTests(ContactTests.Apps server) : IClassFixture<ContactTests.Apps>
{
    private readonly AgoraAppClient _app = server.Demo;

    public sealed class Apps : AgoraServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
            [("demo", """{"rateLimit":{"calls":0}}"""), ("small", """{"rateLimit":{"calls":0},"limits":{"contacts":1,"blocks":1}}""")];
    }

    [Fact]
    public async Task An_invitation_is_answered_with_yes_and_both_hear_of_it()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        (await AsAsync(alice.User, "POST", $"/users/{alice.User}/contacts/apply", new { usernames = new[] { bob.User }, reason = "hi" })).Succeeded();

        Heard(await bob.HearMetaAsync(), Operation.Add, alice.User, bob.User, "hi");
        (await AsAsync(bob.User, "POST", $"/users/{bob.User}/contacts/accept/users/{alice.User}")).Succeeded();

        Heard(await alice.HearMetaAsync(), Operation.RemoteAccept, bob.User, alice.User);
        Heard(await bob.HearMetaAsync(), Operation.Accept, alice.User, bob.User);
        Assert.Equal([bob.User], await ContactsAsync(alice.User));
        Assert.Equal([alice.User], await ContactsAsync(bob.User));
    }

    [Fact]
    public async Task An_invitation_waits_for_who_was_away_even_if_he_never_came_before()
    {
        var (alice, bob) = (await _app.NewUserAsync(), await _app.NewUserAsync("bob"));
        (await AsAsync(alice, "POST", $"/users/{alice}/contacts/apply", new { usernames = new[] { bob }, reason = "hi" })).Succeeded();

        await using (var device = await Talk.BeginAsync(_app, bob))
        {
            Heard(Assert.Single(await device.PullAsync(Assert.Single(device.Waiting).Queue)), Operation.Add, alice, bob, "hi");
        }

        await using var again = await Talk.BeginAsync(_app, bob);
        Assert.Empty(again.Waiting);
    }

    [Fact]
    public async Task A_no_reaches_who_asked()
    {
        await using var alice = await NewAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        (await AsAsync(alice.User, "POST", $"/users/{alice.User}/contacts/apply", new { usernames = new[] { bob } })).Succeeded();
        (await AsAsync(bob, "POST", $"/users/{bob}/contacts/decline/users/{alice.User}")).Succeeded();

        Heard(await alice.HearMetaAsync(), Operation.RemoteDecline, bob, alice.User);
        Assert.Empty(await ContactsAsync(bob));
        (await AsAsync(bob, "POST", $"/users/{bob}/contacts/accept/users/{alice.User}")).Failed(404, "resource_not_found");
    }

    [Fact]
    public async Task A_contact_is_deleted_on_both_sides_and_the_other_one_hears_of_it()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        await using var tablet = await Talk.BeginAsync(_app, alice.User, "tablet");
        (await _app.AdminAsync("POST", $"/users/{alice.User}/contacts/users/{bob.User}")).Succeeded();
        Heard(await alice.HearMetaAsync(), Operation.Accept, bob.User, alice.User);
        Heard(await tablet.HearMetaAsync(), Operation.Accept, bob.User, alice.User);
        Heard(await bob.HearMetaAsync(), Operation.Accept, alice.User, bob.User);

        (await AsAsync(alice.User, "DELETE", $"/users/{alice.User}/contacts/users/{bob.User}?resource=webim_web_1")).Succeeded();

        Heard(await bob.HearMetaAsync(), Operation.Remove, alice.User, bob.User);
        Heard(await tablet.HearMetaAsync(), Operation.Remove, bob.User, alice.User);
        Assert.True(alice.Socket.IsQuiet);
        Assert.Empty(await ContactsAsync(bob.User));
        (await AsAsync(alice.User, "DELETE", $"/users/{alice.User}/contacts/users/{bob.User}")).Succeeded();
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_as_clients_understand_it()
    {
        var (alice, bob) = (await _app.NewUserAsync(), await _app.NewUserAsync("bob"));
        var path = $"/users/{alice}/contacts/apply";
        var unknown = (await AsAsync(alice, "POST", path, new { usernames = new[] { "nobody" } })).Failed(404, "service_resource_not_found", "Service resource not found");
        Assert.Equal("UserNotFoundException", unknown.TextOf("exception"));
        (await AsAsync(alice, "POST", path, new { usernames = new[] { alice } })).Failed(400, "illegal_argument", "can not add yourself as a friend");
        (await AsAsync(alice, "POST", path, "{}")).Failed(400, "illegal_argument", "usernames cannot be blank");
        (await AsAsync(alice, "POST", path, new { usernames = Enumerable.Repeat("x", 11) })).Failed(400, "illegal_argument", "request user over flow limit:10.");
        (await AsAsync(alice, "POST", path, new { usernames = new[] { bob }, reason = new string('r', 1025) })).Failed(400, "illegal_argument", "reason length must less than 1024");
        (await AsAsync(bob, "POST", path, new { usernames = new[] { bob } })).Failed(401, "unauthorized");

        (await AsAsync(bob, "POST", $"/sdk/user/{bob}/blocks", new { usernames = new[] { alice } })).Succeeded();
        (await AsAsync(alice, "POST", path, new { usernames = new[] { bob } })).Failed(403, "forbidden_op", "blocked");
    }

    [Fact]
    public async Task A_list_that_is_full_is_named_after_who_invited_whom()
    {
        var app = server.App("small");
        var (alice, bob, carol) = (await app.NewUserAsync(), await app.NewUserAsync("bob"), await app.NewUserAsync("carol"));
        (await app.AdminAsync("POST", $"/users/{bob}/contacts/users/{carol}")).Succeeded();

        var invite = new { usernames = new[] { bob } };
        (await app.CallAsync("POST", $"/users/{alice}/contacts/apply", invite, await app.UserTokenAsync(alice))).Failed(403, "exceed_limit", "Invitee's contact max count.");
        (await app.CallAsync("POST", $"/users/{bob}/contacts/apply", new { usernames = new[] { alice } }, await app.UserTokenAsync(bob)))
            .Failed(403, "exceed_limit", "Inviter's contact max count.");
        (await app.AdminAsync("POST", $"/users/{bob}/contacts/users/{alice}")).Failed(403, "exceed_limit", "user contact number exceed limit");
        (await app.AdminAsync("POST", $"/users/{bob}/contacts/import", new { usernames = new[] { alice } })).Failed(403, "exceed_limit", "Inviter's contact max count.");
        (await app.AdminAsync("POST", $"/users/{bob}/blocks/users", new { usernames = new[] { alice, carol } })).Failed(403, "exceed_limit");
    }

    [Fact]
    public async Task A_remark_is_the_owners_name_for_a_contact()
    {
        var (alice, bob) = (await _app.NewUserAsync(), await _app.NewUserAsync("bob"));
        var path = $"/users/{alice}/contacts/users/{bob}";
        (await AsAsync(alice, "PUT", path, new { remark = "Bobby" }))
            .Failed(400, "illegal_argument", "updateRemark | they are not friends, please add as a friend first.");
        (await _app.AdminAsync("POST", path)).Succeeded();
        (await AsAsync(alice, "PUT", path, new { remark = new string('r', 101) })).Failed(400, "illegal_argument", "remark length must less than 100");
        var set = (await AsAsync(alice, "PUT", path, new { remark = "Bobby" })).Succeeded();

        Assert.Equal("ok", set.TextOf("status"));
        var expected = $$"""[{"username":"{{bob}}","remark":"Bobby"}]""";
        Assert.Equal(expected, (await AsAsync(alice, "GET", $"/users/{alice}/contacts/users?needReturnRemark=true")).Root.GetProperty("entities").GetRawText());
        Assert.Equal(expected, (await AsAsync(alice, "GET", $"/users/{alice}/contacts?needReturnRemark=true&limit=20&cursor=")).Data.GetProperty("contacts").GetRawText());
        (await _app.AdminAsync("PUT", $"/user/{alice}/contacts/users/{bob}", new { remark = "" })).Succeeded();
        Assert.Equal(
            $$"""[{"username":"{{bob}}","remark":null}]""", (await _app.AdminAsync("GET", $"/user/{alice}/contacts")).Data.GetProperty("contacts").GetRawText());
    }

    [Fact]
    public async Task Contacts_come_in_pages()
    {
        var alice = await _app.NewUserAsync();
        var friends = new List<string>();
        for (var i = 0; i < 12; i++) friends.Add(await _app.NewUserAsync("friend"));
        foreach (var chunk in friends.Chunk(10)) (await _app.AdminAsync("POST", $"/users/{alice}/contacts/import", new { usernames = chunk, isSendNotice = false })).Succeeded();

        var first = (await AsAsync(alice, "GET", $"/users/{alice}/contacts")).Succeeded();
        var second = (await AsAsync(alice, "GET", $"/users/{alice}/contacts?limit=10&cursor={first.Data.GetProperty("cursor").GetString()}")).Succeeded();
        var found = first.Data.GetProperty("contacts").EnumerateArray().Concat(second.Data.GetProperty("contacts").EnumerateArray());

        Assert.Equal(friends.Order(), found.Select(c => c.GetProperty("username").GetString()).Order());
        Assert.False(second.Data.TryGetProperty("cursor", out _));
        (await AsAsync(alice, "GET", $"/users/{alice}/contacts?limit=51")).Failed(400, "illegal_argument", "getContacts | page size more than max limit : 50");
        (await AsAsync(alice, "GET", $"/users/{alice}/contacts?cursor=rubbish!")).Failed(400, "illegal_argument");
        (await _app.AdminAsync("DELETE", $"/contacts/users/{alice}")).Succeeded();
        Assert.Empty(await ContactsAsync(alice));
        Assert.Empty(await ContactsAsync(friends[0]));
    }

    [Fact]
    public async Task Imports_tell_what_became_of_each()
    {
        await using var alice = await NewAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        var reply = (await _app.AdminAsync("POST", $"/users/{alice.User}/contacts/import", new { usernames = new[] { bob, "nobody", alice.User }, isSendNotice = false })).Succeeded();

        Assert.Equal(
            $$"""{"UnKnowFailed":["{{alice.User}}"],"success":["{{bob}}"],"NotExistFailed":["nobody"],"maxLimitFailed":[]}""", reply.Data.GetRawText());
        (await _app.AdminAsync("POST", $"/users/{alice.User}/contacts/import", new { usernames = Enumerable.Repeat(bob, 11) }))
            .Failed(400, "illegal_argument", "request user over flow limit:10.");
        (await _app.AdminAsync("POST", "/users/nobody/contacts/import", new { usernames = new[] { bob } })).Failed(404, "service_resource_not_found");
        Assert.True(alice.Socket.IsQuiet);
    }

    [Fact]
    public async Task Relations_can_be_checked()
    {
        var (alice, bob, carol) = (await _app.NewUserAsync(), await _app.NewUserAsync("bob"), await _app.NewUserAsync("carol"));
        (await _app.AdminAsync("POST", $"/users/{alice}/contacts/users/{bob}")).Succeeded();
        (await _app.AdminAsync("POST", $"/users/{alice}/blocks/users", new { usernames = new[] { carol } })).Succeeded();
        var asked = new { username = alice, check_list = new[] { bob, carol } };

        Assert.Equal(
            $$"""[{"username":"{{bob}}","relation":"friend"},{"username":"{{carol}}","relation":"not_friend"}]""",
            (await _app.AdminAsync("POST", "/contacts/check", asked)).Root.GetProperty("entities").GetRawText());
        Assert.Equal(
            $$"""[{"username":"{{bob}}","relation":"not_blacklist"},{"username":"{{carol}}","relation":"blacklist"}]""",
            (await _app.AdminAsync("POST", "/blocks/check", asked)).Root.GetProperty("entities").GetRawText());
        (await _app.AdminAsync("POST", "/contacts/check", new { check_list = new[] { bob } })).Failed(400, "illegal_argument", "username cannot be blank");
        (await _app.AdminAsync("POST", "/contacts/check", new { username = alice, check_list = Array.Empty<string>() }))
            .Failed(400, "illegal_argument", "check_list size must be between 1 and 100");
    }

    [Fact]
    public async Task Who_is_blocked_cannot_write_and_stays_a_contact()
    {
        await using var alice = await NewAsync("alice");
        var (bob, carol) = (await _app.NewUserAsync("bob"), await _app.NewUserAsync("carol"));
        (await _app.AdminAsync("POST", $"/users/{alice.User}/contacts/users/{bob}")).Succeeded();
        await alice.HearMetaAsync();
        foreach (var user in new[] { alice.User, carol })
        {
            var blocked = (await AsAsync(bob, "POST", $"/sdk/user/{bob}/blocks?resource=x", new { usernames = new[] { user } })).Succeeded();
            Assert.Equal([user], TextsIn(blocked.Data));
        }

        var refused = await alice.SendAsync(alice.Person(bob), Talk.Text("hello"));
        Assert.Equal((ErrorCode.Fail, "blocked"), (refused.Status.ErrorCode, refused.Status.Reason));
        Assert.Equal([alice.User], await ContactsAsync(bob));
        Assert.Equal([carol, alice.User], TextsIn((await AsAsync(bob, "GET", $"/users/{bob}/blocks/users")).Data));
        var page = (await AsAsync(bob, "GET", $"/users/{bob}/blocks/users?pageSize=1")).Succeeded();
        Assert.Equal([carol], TextsIn(page.Data));
        Assert.Equal([alice.User], TextsIn((await AsAsync(bob, "GET", $"/users/{bob}/blocks/users?pageSize=1&cursor={page.TextOf("cursor")}")).Data));
        (await AsAsync(bob, "GET", $"/users/{bob}/blocks/users?pageSize=51")).Failed(400, "illegal_argument");

        (await AsAsync(bob, "DELETE", $"/sdk/user/{bob}/blocks", new { usernames = new[] { alice.User } })).Succeeded();
        (await _app.AdminAsync("DELETE", $"/users/{bob}/blocks/users/{carol}")).Succeeded();
        await alice.SayAsync(alice.Person(bob), Talk.Text("hello"));
        (await AsAsync(bob, "POST", $"/sdk/user/{bob}/blocks", new { usernames = new[] { "nobody" } })).Failed(404, "service_resource_not_found");
    }

    [Fact]
    public async Task Older_clients_say_it_over_their_connection()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        Assert.Equal(ErrorCode.Ok, (await RosterAsync(alice, Operation.Add, bob.User, "hi")).ErrorCode);
        Heard(await bob.HearMetaAsync(), Operation.Add, alice.User, bob.User, "hi");
        Assert.Equal(ErrorCode.Ok, (await RosterAsync(bob, Operation.Accept, alice.User, isAlsoTold: true)).ErrorCode);
        Heard(await alice.HearMetaAsync(), Operation.RemoteAccept, bob.User, alice.User);

        Assert.Equal(ErrorCode.Ok, (await RosterAsync(alice, Operation.Ban, bob.User)).ErrorCode);
        Assert.Equal("blocked", (await bob.SendAsync(bob.Person(alice.User), Talk.Text("x"))).Status.Reason);
        Assert.Equal(ErrorCode.Ok, (await RosterAsync(alice, Operation.Allow, bob.User)).ErrorCode);
        Assert.Equal(ErrorCode.Ok, (await RosterAsync(alice, Operation.Remove, bob.User)).ErrorCode);
        Heard(await bob.HearMetaAsync(), Operation.Remove, alice.User, bob.User);

        Assert.Equal("username nobody doesn't exist!", (await RosterAsync(alice, Operation.Add, "nobody")).Reason);
        Assert.Equal(ErrorCode.WrongParameter, (await RosterAsync(alice, Operation.Add)).ErrorCode);
        Assert.Equal(ErrorCode.Fail, (await RosterAsync(alice, Operation.GetRoster, bob.User)).ErrorCode);
    }

    private static void Heard(Meta meta, Operation operation, string from, string to, string reason = "")
    {
        var body = RosterBody.Parser.ParseFrom(meta.Payload);
        Assert.Equal(
            (Meta.Types.NameSpace.Roster, operation, from, to, reason), (meta.Ns, body.Operation, body.From.Name, Assert.Single(body.To).Name, body.Reason));
        Assert.Equal(from, meta.From.Name);
    }

    /// <param name="isAlsoTold">The device hears of what it did, too, before or after its answer.</param>
    private static async Task<Status> RosterAsync(Talk talk, Operation operation, string? to = null, string reason = "", bool isAlsoTold = false)
    {
        var body = new RosterBody { Operation = operation, Reason = reason };
        if (to is not null) body.To.Add(new JID { Name = to });
        var meta = new Meta { Id = Talk.NextMetaId(), To = talk.Person(to ?? "x"), Ns = Meta.Types.NameSpace.Roster, Payload = body.ToByteString() };
        await talk.Socket.SyncAsync(new CommSyncUL { Meta = meta });
        var frames = new List<CommSyncDL> { await talk.Socket.NextSyncAsync() };
        if (isAlsoTold) frames.Add(await talk.Socket.NextSyncAsync());
        if (isAlsoTold) Assert.Equal(Operation.Accept, RosterBody.Parser.ParseFrom(frames.Single(f => f.Metas.Count > 0).Metas[0].Payload).Operation);
        return frames.Single(f => f.MetaId == meta.Id).Status;
    }

    private async Task<Talk> NewAsync(string stem) => await Talk.BeginAsync(_app, await _app.NewUserAsync(stem));

    private async Task<RestReply> AsAsync(string user, string method, string path, object? body = null) =>
        await _app.CallAsync(method, path, body, await _app.UserTokenAsync(user));

    private async Task<string[]> ContactsAsync(string user) => TextsIn((await AsAsync(user, "GET", $"/users/{user}/contacts/users")).Succeeded().Data);

    private static string[] TextsIn(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];
}
