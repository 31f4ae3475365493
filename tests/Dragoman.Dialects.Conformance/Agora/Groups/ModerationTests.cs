using System.Text.Json;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Dialects.Conformance.Agora.Messages;
using Xunit;
using ErrorCode = Dragoman.Dialects.Agora.Protos.Status.Types.ErrorCode;
using Operation = Dragoman.Dialects.Agora.Protos.MUCBody.Types.Operation;
using Type = Dragoman.Dialects.Agora.Protos.MessageBody.Types.Type;

namespace Dragoman.Dialects.Conformance.Agora.Groups;

/// <summary>Mutes, block and allow lists, announcements, attributes, shields (sections 4.9, 4.10, 8.4 and 9.3).</summary>
public sealed class ModerationTests(ModerationTests.Apps server) : IClassFixture<ModerationTests.Apps>
{
    private readonly AgoraAppClient _app = server.Demo;

    public sealed class Apps : AgoraServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
            [("demo", """{"rateLimit":{"calls":0,"frames":0}}"""), ("plain", """{"groups":{"memberAttributes":false}}""")];
    }

    [Fact]
    public async Task Muted_members_do_not_speak_until_they_may()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var bob = await Person.NewAsync(_app, "bob");
        var group = await GroupOfAsync(alice, bob);
        var now = server.Clock.GetUtcNow().ToUnixTimeMilliseconds();

        var muted = (await alice.CallAsync("POST", $"/chatgroups/{group}/mute", new { usernames = new[] { bob.User }, mute_duration = 60_000 })).Succeeded().Data[0];

        Assert.Equal((true, bob.User), (muted.Flag("result"), muted.Text("user")));
        Assert.InRange(muted.GetProperty("expire").GetInt64(), now + 60_000, now + 70_000);
        var told = await bob.HearAsync(Operation.AddMute);
        Assert.Equal(bob.User, told.To.Single().Name);
        Assert.Equal(muted.GetProperty("expire").GetInt64(), JsonDocument.Parse(told.Ext).RootElement.GetProperty("user_mute_time").GetInt64());
        Assert.Equal(ErrorCode.UserMuted, await SpeakAsync(bob, group));
        Assert.Equal([bob.User], (await alice.CallAsync("GET", $"/chatgroups/{group}/mute")).Succeeded().Data.EnumerateArray().Select(m => m.Text("user")));
        Assert.True((await bob.CallAsync("GET", $"/sdk/chatgroups/{group}/mute/me")).Succeeded().Data.GetBoolean());

        (await alice.CallAsync("DELETE", $"/chatgroups/{group}/mute/{bob.User}")).Succeeded();
        Assert.Equal(bob.User, (await bob.HearAsync(Operation.RemoveMute)).To.Single().Name);
        Assert.Equal(ErrorCode.Ok, await SpeakAsync(bob, group));
        Assert.False((await bob.CallAsync("GET", $"/sdk/chatgroups/{group}/mute/me")).Succeeded().Data.GetBoolean());

        var forEver = (await alice.CallAsync("POST", $"/chatgroups/{group}/mute", new { usernames = new[] { bob.User }, mute_duration = -1 })).Succeeded().Data[0];
        Assert.Equal(4_638_873_600_000, forEver.GetProperty("expire").GetInt64());
        (await alice.CallAsync("POST", $"/chatgroups/{group}/mute", new { usernames = new[] { bob.User }, mute_duration = 0 })).Failed(400, "invalid_parameter");
        (await alice.CallAsync("POST", $"/chatgroups/{group}/mute", new { usernames = new[] { alice.User }, mute_duration = -1 }))
            .Failed(403, "forbidden_op", "forbidden operation on group owner!");
        (await alice.CallAsync("POST", $"/chatgroups/{group}/mute", new { usernames = new[] { "nobody" }, mute_duration = -1 }))
            .Failed(403, "forbidden_op", "users [nobody] are not members of this group!");
        (await bob.CallAsync("GET", $"/chatgroups/{group}/mute")).Failed(403, "forbidden_op");
        (await alice.CallAsync("GET", "/chatgroups/999/mute")).Failed(404, "resource_not_found", "grpID 999 does not exist!");
    }

    [Fact]
    public async Task While_all_are_muted_only_the_allow_list_speaks()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var bob = await Person.NewAsync(_app, "bob");
        var group = await GroupOfAsync(alice, bob);

        Assert.True((await alice.CallAsync("POST", $"/chatgroups/{group}/ban")).Succeeded().Data.Flag("mute"));
        await bob.HearAsync(Operation.BanGroup);
        Assert.Equal(
            (ErrorCode.Fail, "not in group or chatroom white list"),
            (await bob.Talk.SendAsync(bob.Talk.Group(group), Talk.Text("hm", Type.Groupchat))).Status is var status ? (status.ErrorCode, status.Reason) : default);

        var allowed = (await alice.CallAsync("POST", $"/chatgroups/{group}/white/users", new { usernames = new[] { bob.User } })).Succeeded().Data[0];
        Assert.Equal((true, "add_user_whitelist", bob.User, group), (allowed.Flag("result"), allowed.Text("action"), allowed.Text("user"), allowed.Text("groupid")));
        Assert.Equal(bob.User, (await bob.HearAsync(Operation.AddUserWhiteList)).To.Single().Name);
        Assert.Equal(ErrorCode.Ok, await SpeakAsync(bob, group));
        Assert.Equal([bob.User], (await alice.CallAsync("GET", $"/chatgroups/{group}/white/users")).Succeeded().Data.Texts());
        Assert.True((await bob.CallAsync("GET", $"/chatgroups/{group}/white/users/{bob.User}")).Succeeded().Data.Flag("white"));
        (await alice.CallAsync("POST", $"/chatgroups/{group}/white/users/nobody")).Failed(403, "forbidden_op", "users [nobody] are not members of this group!");

        var off = (await alice.CallAsync("DELETE", $"/chatgroups/{group}/white/users/{bob.User}?version=v3")).Succeeded().Data;
        Assert.Equal([(bob.User, true)], off.EnumerateArray().Select(item => (item.Text("user")!, item.Flag("result"))));
        Assert.Equal(bob.User, (await bob.HearAsync(Operation.RemoveUserWhiteList)).To.Single().Name);
        Assert.False((await alice.CallAsync("DELETE", $"/chatgroups/{group}/ban")).Succeeded().Data.Flag("mute"));
        await bob.HearAsync(Operation.RemoveBanGroup);
        Assert.Equal(ErrorCode.Ok, await SpeakAsync(bob, group));
    }

    [Fact]
    public async Task Who_is_blocked_is_out_and_stays_out()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var bob = await Person.NewAsync(_app, "bob");
        await using var carol = await Person.NewAsync(_app, "carol");
        var group = await GroupOfAsync(alice, bob, carol);

        var one = (await alice.CallAsync("POST", $"/chatgroups/{group}/blocks/users/{bob.User}")).Succeeded().Data;
        Assert.Equal((true, "add_blocks", bob.User, group), (one.Flag("result"), one.Text("action"), one.Text("user"), one.Text("groupid")));
        await bob.HearAsync(Operation.Kick);
        Assert.Equal(bob.User, (await carol.HearAsync(Operation.Absence)).From.Name);
        Assert.Equal([bob.User], (await alice.CallAsync("GET", $"/chatgroups/{group}/blocks/users")).Succeeded().Data.Texts());
        (await bob.CallAsync("POST", $"/chatgroups/{group}/apply", new { message = "" }))
            .Failed(403, "forbidden_op", $"can not join this group, reason:user {bob.User} is in the blacklist");
        Assert.Equal(ErrorCode.Fail, await SpeakAsync(bob, group));

        var some = (await alice.CallAsync("POST", $"/chatgroups/{group}/blocks/users?version=v3", new { usernames = new[] { carol.User, bob.User } })).Succeeded().Data;
        Assert.Equal([(carol.User, true), (bob.User, false)], some.EnumerateArray().Select(item => (item.Text("user")!, item.Flag("result"))));
        Assert.Equal($"user: {bob.User} doesn't exist in group: {group}", some[1].Text("reason"));
        (await alice.CallAsync("POST", $"/chatgroups/{group}/blocks/users/nobody")).Failed(403, "forbidden_op", "users [nobody] are not members of this group!");
        (await alice.CallAsync("POST", $"/chatgroups/{group}/blocks/users/{alice.User}")).Failed(403, "forbidden_op", "forbidden operation on group owner!");

        var free = (await alice.CallAsync("DELETE", $"/chatgroups/{group}/blocks/users/{bob.User}")).Succeeded().Data;
        Assert.Equal(("remove_blocks", true), (free.Text("action"), free.Flag("result")));
        Assert.Equal(group, (await bob.HearAsync(Operation.Allow)).MucId.Name);
        (await bob.CallAsync("POST", $"/chatgroups/{group}/apply", new { message = "" })).Succeeded();
    }

    [Fact]
    public async Task An_announcement_is_told_and_read()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var bob = await Person.NewAsync(_app, "bob");
        var group = await GroupOfAsync(alice, bob);

        var written = (await alice.CallAsync("POST", $"/chatgroups/{group}/announcement", new { announcement = "hear" })).Succeeded().Data;
        Assert.Equal((group, true), (written.Text("id"), written.Flag("result")));
        Assert.Equal("hear", (await bob.HearAsync(Operation.UpdateAnnouncement)).Reason);
        Assert.Equal("hear", (await bob.CallAsync("GET", $"/chatgroups/{group}/announcement")).Succeeded().Data.Text("announcement"));
        (await alice.CallAsync("POST", $"/chatgroups/{group}/announcement", new { announcement = "" })).Succeeded();
        await bob.HearAsync(Operation.DeleteAnnouncement);

        (await alice.CallAsync("POST", $"/chatgroups/{group}/announcement", new { })).Failed(400, "illegal_argument", "announcement is null");
        (await alice.CallAsync("POST", $"/chatgroups/{group}/announcement", new { announcement = new string('x', 513) }))
            .Failed(403, "FORBIDDEN", "announce info length exceeds limit!");
        (await bob.CallAsync("POST", $"/chatgroups/{group}/announcement", new { announcement = "mine" })).Failed(403, "forbidden_op");
    }

    [Fact]
    public async Task Members_say_things_of_themselves()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var bob = await Person.NewAsync(_app, "bob");
        var group = await GroupOfAsync(alice, bob);
        Task<RestReply> SetAsync(Person by, string of, object pairs) => by.CallAsync("PUT", $"/sdk/metadata/chatgroup/{group}/user/{of}", new { metaData = pairs });

        (await SetAsync(alice, alice.User, new { mood = "good", hat = "red" })).Succeeded();
        var told = JsonDocument.Parse((await bob.HearAsync(Operation.GroupMemberMetadataUpdate)).EventInfo.Ext).RootElement;
        Assert.Equal((alice.User, "good"), (told.Text("username"), told.GetProperty("properties").Text("mood")));
        var read = (await bob.CallAsync("POST", $"/sdk/metadata/chatgroup/{group}/get", new { targets = new[] { alice.User, bob.User }, properties = new[] { "hat" } })).Succeeded().Data;
        Assert.Equal(("red", 0), (read.GetProperty(alice.User).Text("hat"), read.GetProperty(bob.User).Names().Count()));
        Assert.Equal(["hat", "mood"], (await _app.AdminAsync("GET", $"/metadata/chatgroup/{group}/user/{alice.User}")).Succeeded().Data.Names());

        static int CodeOf(RestReply reply) => reply.Root.GetProperty("error_code").GetInt32();
        Assert.Equal(60010, CodeOf((await SetAsync(bob, alice.User, new { a = "b" })).Failed(400, "metadata_error", "others are not allowed to be set")));
        Assert.Equal(60009, CodeOf((await SetAsync(bob, bob.User, new Dictionary<string, string> { [new string('k', 17)] = "v" })).Failed(400, "metadata_error")));
        Assert.Equal(60010, CodeOf((await SetAsync(bob, bob.User, new { a = new string('v', 513) })).Failed(400, "metadata_error", "exceeds chatgroup user metadata single value limit")));
        Assert.Equal(60006, CodeOf((await SetAsync(bob, bob.User, Enumerable.Range(0, 9).ToDictionary(i => $"k{i}", _ => new string('v', 512)))).Failed(400, "metadata_error")));
        Assert.Equal(60005, CodeOf((await SetAsync(bob, bob.User, new { a = new { nested = 1 } })).Failed(400, "metadata_error")));
        Assert.Equal(60003, CodeOf((await SetAsync(alice, "nobody", new { a = "b" })).Failed(404, "MetadataException", "user not in group")));
        Assert.Equal(60012, CodeOf((await bob.CallAsync("POST", $"/sdk/metadata/chatgroup/{group}/get", new { targets = Enumerable.Range(0, 11).Select(i => $"u{i}") })).Failed(400, "metadata_error", "query param reaches limit.")));
    }

    [Fact]
    public async Task The_app_says_things_of_several_members_at_once()
    {
        await using var alice = await Person.NewAsync(_app);
        var group = await alice.FoundAsync();
        Task<RestReply> PutAsync(params object[] items) => _app.AdminAsync("PUT", $"/metadata/chatgroup/{group}/users/batch", items);

        var data = (await PutAsync(new { username = alice.User, metadata = new { mood = "good" } })).Succeeded().Data;

        Assert.Equal([alice.User], data.GetProperty("updateMetadataSucceeded:").EnumerateArray().Select(item => item.Text("username")));
        Assert.Empty(data.GetProperty("updateMetadataFailed:").EnumerateArray());
        Assert.Equal("good", (await _app.AdminAsync("GET", $"/metadata/chatgroup/{group}/user/{alice.User}")).Succeeded().Data.Text("mood"));
        var tooLong = (await PutAsync(new { username = alice.User, metadata = new { mood = new string('x', 513) } })).Succeeded().Data;
        Assert.Single(tooLong.GetProperty("updateMetadataFailed").EnumerateArray());
        (await PutAsync(new { username = "nobody", metadata = new { a = "b" } })).Failed(400, "metadata_error", "Some users are not in the group: nobody");
        (await PutAsync([.. Enumerable.Range(0, 21).Select(i => new { username = $"u{i}", metadata = new { a = "b" } })]))
            .Failed(400, "metadata_error", "exceeds chatgroup metadata batch put users limit");
        (await _app.AdminAsync("PUT", "/metadata/chatgroup/999/users/batch", "[{}]")).Failed(404, "metadata_error", "group not exists");
    }

    [Fact]
    public async Task Attributes_may_be_switched_off()
    {
        var app = server.App("plain");
        await using var alice = await Person.NewAsync(app);
        var group = await alice.FoundAsync();

        var reply = await alice.CallAsync("PUT", $"/sdk/metadata/chatgroup/{group}/user/{alice.User}", new { metaData = new { a = "b" } });

        Assert.Equal(60004, reply.Failed(403, "metadata_error", "chatgroup user metadata service not allow").Root.GetProperty("error_code").GetInt32());
    }

    [Fact]
    public async Task A_shielded_group_is_silent_online_and_afterwards()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var bob = await Person.NewAsync(_app, "bob");
        await using var carol = await Person.NewAsync(_app, "carol");
        var group = await GroupOfAsync(alice, bob, carol);

        (await bob.CallAsync("POST", $"/chatgroups/{group}/shield?version=v3")).Succeeded();
        Assert.True((await bob.CallAsync("GET", $"/chatgroups/{group}")).Succeeded().Data[0].Flag("shieldgroup"));
        Assert.Equal(ErrorCode.Ok, await SpeakAsync(alice, group));
        await carol.Talk.HearAsync();
        (await alice.CallAsync("POST", $"/chatgroups/{group}/ban")).Succeeded();
        await bob.HearAsync(Operation.BanGroup); // what happens to the group he hears, and nothing was before it

        await bob.Talk.DisposeAsync();
        Assert.Equal(ErrorCode.Ok, await SpeakAsync(alice, group));
        await using (var back = await Person.BeginAsync(_app, bob.User))
        {
            foreach (var queue in back.Talk.Waiting) Assert.Empty(await back.Talk.PullAsync(queue.Queue));
            (await back.CallAsync("DELETE", $"/chatgroups/{group}/shield?version=v3")).Succeeded();
            Assert.Equal(ErrorCode.Ok, await SpeakAsync(alice, group));
            Assert.Equal("words", Talk.WordsOf((await back.Talk.HearAsync()).Meta));
        }

        var stranger = await _app.NewUserAsync();
        (await _app.CallAsync("POST", $"/chatgroups/{group}/shield", token: await _app.UserTokenAsync(stranger)))
            .Failed(403, "forbidden_op", $"users [{stranger}] are not members of this group!");
    }

    [Fact]
    public async Task In_a_disabled_group_nobody_speaks()
    {
        await using var alice = await Person.NewAsync(_app);
        var group = await alice.FoundAsync();
        (await _app.AdminAsync("POST", $"/chatgroups/{group}/disable")).Succeeded();
        await alice.HearAsync(Operation.DisableGroup);

        var status = (await alice.Talk.SendAsync(alice.Talk.Group(group), Talk.Text("hm", Type.Groupchat))).Status;

        Assert.Equal((ErrorCode.Fail, "group is disabled"), (status.ErrorCode, status.Reason));
    }

    private static async Task<string> GroupOfAsync(Person owner, params Person[] members)
    {
        var group = await owner.FoundAsync(members: [.. members.Select(member => member.User)]);
        foreach (var member in members) await member.HearAsync(Operation.DirectJoined);
        return group;
    }

    private static async Task<ErrorCode> SpeakAsync(Person person, string group) =>
        (await person.Talk.SendAsync(person.Talk.Group(group), Talk.Text("words", Type.Groupchat))).Status.ErrorCode;
}
