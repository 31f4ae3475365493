using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Agora.Host;
using Xunit;
using Operation = Dragoman.Dialects.Agora.Protos.MUCBody.Types.Operation;

namespace Dragoman.Dialects.Conformance.Agora.Groups;

/// <summary>Who comes into a group, how, and who hears of it (sections 4.10, 9.3 and 12).</summary>
public sealed class MembershipTests(SharedAgoraServer server)
{
    private readonly AgoraAppClient _app = server.Demo;

    [Fact]
    public async Task Into_an_open_group_everybody_walks()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var bob = await Person.NewAsync(_app, "bob");
        var group = await alice.FoundAsync();

        var reply = (await bob.CallAsync("POST", $"/chatgroups/{group}/apply", new { message = "hello" })).Succeeded().Data;

        Assert.Equal(("apply", group, true, bob.User), (reply.Text("action"), reply.Text("id"), reply.Flag("result"), reply.Text("user")));
        var told = await alice.HearAsync(Operation.Presence);
        Assert.Equal((bob.User, 2, 0), (told.From.Name, told.MucMemberCount, told.Members.Count));
        (await bob.CallAsync("POST", $"/chatgroups/{group}/apply", new { message = "" }))
            .Failed(403, "forbidden_op", $"can not join this group, reason:user: {bob.User} already in group: {group}\n");
        (await bob.CallAsync("POST", "/chatgroups/999/apply", new { message = "" })).Failed(404, "resource_not_found", "grpID 999 does not exist!");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_approval_is_needed_managers_are_asked_and_the_applicant_is_answered(bool isAccepted)
    {
        await using var alice = await Person.NewAsync(_app);
        await using var bob = await Person.NewAsync(_app, "bob");
        var group = await alice.FoundAsync(membersOnly: true);

        (await bob.CallAsync("POST", $"/chatgroups/{group}/apply", new { message = "let me in" })).Succeeded();
        var asked = await alice.HearAsync(Operation.Apply);
        Assert.Equal((bob.User, group, "let me in"), (asked.From.Name, asked.MucId.Name, asked.Reason));
        Assert.True(bob.Talk.Socket.IsQuiet);

        var verdict = new { applicant = bob.User, verifyResult = isAccepted, reason = "so be it" };
        (await bob.CallAsync("POST", $"/chatgroups/{group}/apply_verify", verdict)).Failed(403, "forbidden_op");
        Assert.Equal(bob.User, (await alice.CallAsync("POST", $"/chatgroups/{group}/apply_verify", verdict)).Succeeded().Data.Text("user"));

        var told = await bob.HearAsync(isAccepted ? Operation.ApplyAccept : Operation.ApplyDecline);
        Assert.Equal((alice.User, bob.User, "so be it"), (told.From.Name, told.To.Single().Name, told.Reason));
        (await alice.CallAsync("POST", $"/chatgroups/{group}/apply_verify", verdict)).Failed(403, "forbidden_op", $"user {bob.User} has no open application or invitation");
        (await alice.CallAsync("POST", $"/chatgroups/{group}/apply_verify", new { verifyResult = true })).Failed(400, "invalid_parameter", "applicant must be provided");
    }

    [Fact]
    public async Task A_manager_who_was_away_finds_the_application_when_he_is_back()
    {
        await using var bob = await Person.NewAsync(_app, "bob");
        string owner;
        string group;
        await using (var alice = await Person.NewAsync(_app)) (owner, group) = (alice.User, await alice.FoundAsync(membersOnly: true));
        (await bob.CallAsync("POST", $"/chatgroups/{group}/apply", new { message = "please" })).Succeeded();

        await using var back = await Person.BeginAsync(_app, owner);
        var metas = await back.Talk.PullAsync(Assert.Single(back.Talk.Waiting).Queue);

        var body = MUCBody.Parser.ParseFrom(Assert.Single(metas).Payload);
        Assert.Equal((Operation.Apply, bob.User, group), (body.Operation, body.From.Name, body.MucId.Name));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_has_to_agree_is_asked_first(bool isAccepted)
    {
        await using var alice = await Person.NewAsync(_app);
        await using var bob = await Person.NewAsync(_app, "bob");
        var group = await alice.FoundAsync(confirm: true);

        var invited = (await alice.CallAsync("POST", $"/chatgroups/{group}/invite", new { usernames = new[] { bob.User } })).Succeeded().Data.EnumerateArray().Single();
        Assert.Equal(("invite", group, true, bob.User), (invited.Text("action"), invited.Text("id"), invited.Flag("result"), invited.Text("user")));
        var asked = await bob.HearAsync(Operation.Invite);
        Assert.Equal((alice.User, group, "the group"), (asked.From.Name, asked.MucId.Name, asked.MucName));

        (await bob.CallAsync("POST", $"/chatgroups/{group}/invite_verify", new { invitee = bob.User, verifyResult = isAccepted })).Succeeded();

        if (isAccepted) Assert.Equal(bob.User, (await alice.HearAsync(Operation.Presence)).From.Name);
        Assert.Equal(bob.User, (await alice.HearAsync(isAccepted ? Operation.InviteAccept : Operation.InviteDecline)).From.Name);
        (await bob.CallAsync("POST", $"/chatgroups/{group}/invite_verify", new { invitee = bob.User, verifyResult = true })).Failed(403, "forbidden_op");
        (await bob.CallAsync("POST", $"/chatgroups/{group}/invite_verify", new { invitee = alice.User, verifyResult = true })).Failed(401, "unauthorized");
    }

    [Fact]
    public async Task Invitations_say_what_became_of_each_and_fail_when_everybody_is_in()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var bob = await Person.NewAsync(_app, "bob");
        var carol = await _app.NewUserAsync("carol");
        var group = await alice.FoundAsync(isPublic: false, members: bob.User);
        await bob.HearAsync(Operation.DirectJoined);

        var items = (await alice.CallAsync("POST", $"/chatgroups/{group}/invite", new { usernames = new[] { bob.User, carol, "nobody-at-all" } }))
            .Succeeded().Data.EnumerateArray().ToArray();

        Assert.Equal([false, true, false], items.Select(item => item.Flag("result")));
        Assert.Equal(($"user: {bob.User} already in group: {group}", "user nobody-at-all doesn't exist."), (items[0].Text("reason"), items[2].Text("reason")));
        Assert.Equal(carol, (await bob.HearAsync(Operation.Presence)).From.Name);
        (await alice.CallAsync("POST", $"/chatgroups/{group}/invite", new { usernames = new[] { bob.User } }))
            .Failed(403, "forbidden_op", $"invite users to join group failed, reason:user: {bob.User} already in group: {group}, joined:true");
        (await alice.CallAsync("POST", $"/chatgroups/{group}/invite", new { usernames = new[] { "nobody-at-all" } }))
            .Failed(404, "resource_not_found", "'username nobody-at-all doesn't exist!'");
        (await bob.CallAsync("POST", $"/chatgroups/{group}/invite", new { usernames = new[] { carol } })).Failed(403, "forbidden_op");
        (await alice.CallAsync("POST", $"/chatgroups/{group}/invite", new { usernames = Enumerable.Range(0, 61).Select(i => $"u{i}") }))
            .Failed(400, "invalid_parameter", "usernames size is more than max limit : 60");
    }

    [Fact]
    public async Task The_app_brings_people_in_without_asking_and_quietly_if_it_likes()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var bob = await Person.NewAsync(_app, "bob");
        var (carol, dave) = (await _app.NewUserAsync("carol"), await _app.NewUserAsync("dave"));
        var group = await alice.FoundAsync(confirm: true);

        var one = (await _app.AdminAsync("POST", $"/chatgroups/{group}/users/{bob.User}")).Succeeded().Data;
        Assert.Equal((true, "add_member", bob.User, group), (one.Flag("result"), one.Text("action"), one.Text("user"), one.Text("groupid")));
        await bob.HearAsync(Operation.DirectJoined);
        Assert.Equal(bob.User, (await alice.HearAsync(Operation.Presence)).From.Name);

        var some = (await _app.AdminAsync("POST", $"/chatgroups/{group}/users", new { usernames = new[] { bob.User, carol, dave } })).Succeeded().Data;
        Assert.Equal([carol, dave], some.GetProperty("newmembers").Texts());
        var told = await alice.HearAsync(Operation.Presence);
        Assert.Equal((carol, 4), (told.From.Name, told.MucMemberCount));
        Assert.Equal([carol, dave], told.Members);
        await bob.HearAsync(Operation.Presence);

        (await _app.AdminAsync("DELETE", $"/chatgroups/{group}/users/{carol}?need_notify=false")).Succeeded();
        (await _app.AdminAsync("POST", $"/chatgroups/{group}/users", new { usernames = new[] { bob.User } })).Failed(403, "forbidden_op");
        (await _app.AdminAsync("POST", $"/chatgroups/{group}/users", new { usernames = new[] { carol, "nobody-at-all" } }))
            .Failed(404, "resource_not_found", "'username nobody-at-all doesn't exist!'");
        (await alice.CallAsync("POST", $"/chatgroups/{group}/users/{carol}")).Failed(401, "unauthorized");
        Assert.True(alice.Talk.Socket.IsQuiet);
    }

    [Fact]
    public async Task Members_are_removed_alone_or_together()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var bob = await Person.NewAsync(_app, "bob");
        await using var carol = await Person.NewAsync(_app, "carol");
        var dave = await _app.NewUserAsync("dave");
        var group = await alice.FoundAsync(members: [bob.User, carol.User, dave]);
        await bob.HearAsync(Operation.DirectJoined);
        await carol.HearAsync(Operation.DirectJoined);

        var one = (await alice.CallAsync("DELETE", $"/chatgroups/{group}/users/{bob.User}")).Succeeded().Data;
        Assert.Equal((true, "remove_member", bob.User, group), (one.Flag("result"), one.Text("action"), one.Text("user"), one.Text("groupid")));
        var told = await bob.HearAsync(Operation.Kick);
        Assert.Equal((alice.User, bob.User), (told.From.Name, told.To.Single().Name));
        Assert.Equal((bob.User, 3), (await carol.HearAsync(Operation.Absence)) is var absence ? (absence.From.Name, absence.MucMemberCount) : default);

        var some = (await alice.CallAsync("DELETE", $"/chatgroups/{group}/users/{dave},{bob.User}")).Succeeded().Data.EnumerateArray().ToArray();
        Assert.Equal([(dave, true), (bob.User, false)], some.Select(item => (item.Text("user")!, item.Flag("result"))));
        Assert.Equal($"user {bob.User} doesn't exist.", some[1].Text("reason"));
        (await alice.CallAsync("DELETE", $"/chatgroups/{group}/users/{bob.User}")).Failed(403, "forbidden_op", $"users [{bob.User}] are not members of this group!");
        (await _app.AdminAsync("DELETE", $"/chatgroups/{group}/users/{alice.User}")).Failed(403, "forbidden_op", "forbidden operation on group owner!");
        (await alice.CallAsync("DELETE", $"/chatgroups/{group}/users/{string.Join(',', Enumerable.Range(0, 61).Select(i => $"u{i}"))}"))
            .Failed(400, "invalid_parameter", "kickMember: kickMembers number more than maxSize : 60");
        (await carol.CallAsync("DELETE", $"/chatgroups/{group}/users/{alice.User}")).Failed(403, "forbidden_op");
    }

    [Fact]
    public async Task Members_are_listed_by_page_and_by_cursor_with_their_ranks()
    {
        await using var alice = await Person.NewAsync(_app);
        var (bob, carol) = (await _app.NewUserAsync("bob"), await _app.NewUserAsync("carol"));
        var group = await alice.FoundAsync(isPublic: false, members: [bob, carol]);
        (await alice.CallAsync("POST", $"/chatgroups/{group}/admin", new { newadmin = carol })).Succeeded();

        var first = (await alice.CallAsync("GET", $"/chatgroups/{group}/users?limit=2&cursor=&joined_time=true")).Succeeded();
        var rest = (await alice.CallAsync("GET", $"/chatgroups/{group}/users?limit=2&cursor={first.TextOf("cursor")}&joined_time=true")).Succeeded();
        var page = (await _app.AdminAsync("GET", $"/chatgroups/{group}/users?pagenum=2&pagesize=2")).Succeeded();

        Assert.Equal((alice.User, carol), (first.Data[0].Text("owner"), first.Data[1].Text("admin")));
        Assert.True(first.Data[0].GetProperty("joined_time").GetInt64() > 0);
        Assert.Equal([bob], rest.Data.EnumerateArray().Select(m => m.Text("member")));
        Assert.False(rest.Root.TryGetProperty("cursor", out _));
        Assert.Equal(["member"], page.Data.EnumerateArray().Single().Names());
        var stranger = await _app.NewUserAsync();
        (await _app.CallAsync("GET", $"/chatgroups/{group}/users?pagenum=1&pagesize=1", token: await _app.UserTokenAsync(stranger)))
            .Failed(403, "forbidden_op", $"users [{stranger}] are not members of this group!");
        (await alice.CallAsync("GET", "/chatgroups/999/users")).Failed(404, "service_resource_not_found", "do not find this group:999");
    }

    [Fact]
    public async Task Admins_come_and_go()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var bob = await Person.NewAsync(_app, "bob");
        var group = await alice.FoundAsync(members: bob.User);
        await bob.HearAsync(Operation.DirectJoined);
        (await bob.CallAsync("POST", $"/chatgroups/{group}/admin", new { newadmin = bob.User })).Failed(403, "forbidden_op");

        var made = (await alice.CallAsync("POST", $"/chatgroups/{group}/admin", new { newadmin = bob.User })).Succeeded().Data;
        Assert.Equal(("success", bob.User), (made.Text("result"), made.Text("newadmin")));
        Assert.Equal(bob.User, (await bob.HearAsync(Operation.AddAdmin)).To.Single().Name);
        Assert.Equal([bob.User], (await bob.CallAsync("GET", $"/chatgroups/{group}/admin?version=v3")).Succeeded().Data.Texts());

        var gone = (await alice.CallAsync("DELETE", $"/chatgroups/{group}/admin/{bob.User}")).Succeeded().Data;
        Assert.Equal(("success", bob.User), (gone.Text("result"), gone.Text("oldadmin")));
        Assert.Equal(bob.User, (await bob.HearAsync(Operation.RemoveAdmin)).To.Single().Name);
        (await alice.CallAsync("DELETE", $"/chatgroups/{group}/admin/{bob.User}")).Failed(403, "forbidden_op", $"user:{bob.User} is not admin of group:{group}");
        var stranger = await _app.NewUserAsync();
        var unknown = (await alice.CallAsync("POST", $"/chatgroups/{group}/admin", new { newadmin = stranger }))
            .Failed(404, "resource_not_found", $"user: {stranger} doesn't exist in group: {group}");
        Assert.Equal(20004, unknown.Root.GetProperty("error_code").GetInt32());
    }
}
