using System.Text.Json;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Agora.Groups;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Engine;
using Dragoman.Engine.Caching;
using Google.Protobuf;
using Xunit;

namespace Dragoman.Dialects.Conformance.Agora.Messages;

/// <summary>Reactions: section 4.13 of the REST side, 9.1 and 9.5 of the clients'.</summary>
public sealed class ReactionTests(ReactionTests.Server server) : IClassFixture<ReactionTests.Server>
{
    public sealed class Server : AgoraServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
        [
            ("demo", """{"rateLimit":{"calls":0}}"""),
            ("closed", """{"rateLimit":{"calls":0},"features":{"reactions":false}}"""),
            ("small", """{"rateLimit":{"calls":0},"limits":{"reactions":2}}"""),
        ];
    }

    private const string Illegal = "the user operation is illegal!";
    private readonly AgoraAppClient _app = server.Demo;

    [Fact]
    public async Task Both_sides_see_a_reaction_and_its_end()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        var said = await alice.SayAsync(alice.Person(bob.User), Talk.Text("hello"));
        await bob.HearAsync();

        var reply = (await AddAsync(bob.User, said, "like")).Succeeded();
        Assert.Equal("ok", reply.TextOf("requestStatusCode"));
        Assert.Equal(
            ($"{said}", "chat", JsonValueKind.Null, "like"),
            (reply.Data.Text("msgId"), reply.Data.Text("msgType"), reply.Data.GetProperty("groupId").ValueKind, reply.Data.Text("reaction")));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$", reply.Data.Text("createdAt"));
        foreach (var talk in new[] { alice, bob })
        {
            var told = Told(await talk.HearMetaAsync());
            Assert.Equal((bob.User, alice.User, "chat", $"{said}"), (told.Text("from"), told.Text("to"), told.Text("channel_type"), told.Text("messageId")));
            Assert.Equal(
                $$"""[{"reaction":"like","count":1,"userList":["{{bob.User}}"],"op":[{"operator":"{{bob.User}}","reactionType":"create"}]}]""",
                told.GetProperty("reactions").GetRawText());
        }

        Assert.Equal("ok", (await RemoveAsync(bob.User, said, "like")).Succeeded().TextOf("requestStatusCode"));
        var ended = Told(await alice.HearMetaAsync()).GetProperty("reactions")[0];
        Assert.Equal((0, "delete"), (ended.GetProperty("count").GetInt32(), ended.GetProperty("op")[0].Text("reactionType")));
    }

    [Fact]
    public async Task Who_was_away_finds_them_with_the_message()
    {
        await using var alice = await NewAsync("alice");
        string bob;
        await using (var before = await NewAsync("bob")) bob = before.User;
        var said = await alice.SayAsync(alice.Person(bob), Talk.Text("hello"));
        (await AddAsync(alice.User, said, "😀")).Succeeded();

        await using var late = await Talk.BeginAsync(_app, bob);
        var metas = await late.PullAsync(Assert.Single(late.Waiting).Queue);
        Assert.Equal(Meta.Types.NameSpace.Notify, metas[1].Ns);
        var shown = Beside(metas[0])[0];
        Assert.Equal(("😀", 1, false, alice.User), (shown.Text("reaction"), shown.GetProperty("count").GetInt32(), shown.Flag("state"), shown.GetProperty("userList")[0].GetString()));

        var page = await _app.CallAsync("POST", $"/users/{alice.User}/messageroaming", new { queue = $"{bob}@easemob.com", start = -1, pull_number = 20, is_positive = false }, await _app.UserTokenAsync(alice.User));
        var meta = Meta.Parser.ParseFrom(page.Succeeded().Data.GetProperty("msgs")[0].GetProperty("msg").GetBytesFromBase64());
        Assert.True(Beside(meta)[0].Flag("state"));
    }

    [Fact]
    public async Task They_are_listed_and_told_in_detail()
    {
        await using var alice = await Person.NewAsync(_app);
        string[] members = [await _app.NewUserAsync("bob"), await _app.NewUserAsync("carol"), await _app.NewUserAsync("dave")];
        var group = await alice.FoundAsync(members: members);
        var said = await SayAsync(alice.Talk, group);
        var plain = await SayAsync(alice.Talk, group);
        foreach (var user in members.Append(alice.User)) (await AddAsync(user, said, "like")).Succeeded();
        (await AddAsync(alice.User, said, "heart")).Succeeded();

        var list = (await alice.CallAsync("GET", $"/reaction/user/{alice.User}?msgIdList={said},{plain},77&msgType=groupchat&groupId={group}")).Succeeded().Data;
        Assert.Equal([$"{said}", $"{plain}", "77"], list.EnumerateArray().Select(one => one.Text("msgId")));
        Assert.Equal([2, 0, 0], list.EnumerateArray().Select(one => one.GetProperty("reactionList").GetArrayLength()));
        var like = list[0].GetProperty("reactionList")[0];
        Assert.Equal(("like", 4, 4, true, 3), (like.Text("reaction"), like.GetProperty("count").GetInt32(), like.GetProperty("userCount").GetInt32(), like.Flag("state"), like.GetProperty("userList").GetArrayLength()));

        var detail = (await alice.CallAsync("GET", $"/reaction/user/{alice.User}/detail?msgId={said}&message=like&limit=3&cursor=")).Succeeded().Data;
        Assert.Equal(members, detail.GetProperty("userList").Texts());
        Assert.Equal(like.Text("reactionId"), detail.Text("reactionId"));
        var rest = (await alice.CallAsync("GET", $"/reaction/user/{alice.User}/detail?msgId={said}&message=like&pageSize=3&currentPage={detail.Text("cursor")}")).Succeeded().Data;
        Assert.Equal((alice.User, "", 4), (rest.GetProperty("userList")[0].GetString(), rest.Text("cursor"), rest.GetProperty("count").GetInt32()));
        (await _app.AdminAsync("GET", $"/reaction/user/{members[0]}/detail?msgId={said}&message=like")).Succeeded();
    }

    [Fact]
    public async Task Every_refusal_has_the_vendors_words()
    {
        await using var alice = await Person.NewAsync(_app);
        var (bob, carol) = (await _app.NewUserAsync("bob"), await _app.NewUserAsync("carol"));
        var said = await alice.Talk.SayAsync(alice.Talk.Person(bob), Talk.Text("hello"));
        var group = await alice.FoundAsync();
        var inGroup = await SayAsync(alice.Talk, group);
        (await AddAsync(bob, said, "like")).Succeeded();

        Refused(await AddAsync(bob, said, "like"), "the user is already operation this message");
        Refused(await AddAsync(carol, said, "like"), Illegal);
        Refused(await AddAsync(bob, 77, "like"), Illegal);
        Refused(await _app.AdminAsync("POST", $"/reaction/user/{bob}", new { msgId = "abc", message = "like" }), Illegal);
        Refused(await _app.AdminAsync("POST", $"/reaction/user/{bob}", "{}"), Illegal);
        Refused(await AddAsync(bob, said, new string('x', 129)), "message is not legal");
        Refused(await AddAsync(bob, said, ""), "message is not legal");
        Refused(await AddAsync(carol, inGroup, "like"), "The user not in this group!");
        Refused(await RemoveAsync(alice.User, said, "like"), Illegal);
        Refused(await RemoveAsync(carol, inGroup, "like"), "The user not in this group!");

        var list = $"/reaction/user/{bob}";
        Refused(await _app.AdminAsync("GET", $"{list}?msgIdList={said}&msgType=groupchat&groupId="), "groupId can not be null!");
        Refused(await _app.AdminAsync("GET", $"{list}?msgIdList={string.Join(',', Enumerable.Range(1, 21))}&msgType=chat"), "msgIdList exceeds the maximum number limit");
        Refused(await _app.AdminAsync("GET", $"{list}?msgIdList=abc&msgType=chat"), Illegal);
        Refused(await _app.AdminAsync("GET", $"/reaction/user/{carol}?msgIdList={inGroup}&msgType=groupchat&groupId={group}"), "The user not in this group!");
        Refused(await _app.AdminAsync("GET", $"{list}/detail?msgId={said}&message=like&limit=51"), "Limit exceeds the maximum quantity limit");
        (await _app.AdminAsync("GET", $"{list}/detail?msgId={said}&message=like&cursor=%21%21")).Failed(400, "illegal_argument", "cursor is invalid");
        (await _app.CallAsync("POST", list, new { msgId = $"{said}", message = "x" }, await _app.UserTokenAsync(carol))).Failed(401, "unauthorized");

        var closed = server.App("closed");
        Refused(await closed.AdminAsync("POST", $"/reaction/user/{await closed.NewUserAsync()}", new { msgId = "1", message = "x" }), "this appKey is not open reaction service!");
    }

    [Fact]
    public async Task A_message_has_so_many_kinds_at_most()
    {
        var small = server.App("small");
        await using var alice = await Talk.BeginAsync(small, await small.NewUserAsync());
        var said = await alice.SayAsync(alice.Person(await small.NewUserAsync("bob")), Talk.Text("hello"));
        foreach (var reaction in new[] { "1", "2" }) (await AddAsync(alice.User, said, reaction, small)).Succeeded();

        Refused(await AddAsync(alice.User, said, "3", small), "The quantity has exceeded the limit!");
    }

    [Fact]
    public async Task Of_two_first_reactions_at_once_one_tries_again()
    {
        await using var alice = await NewAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        var said = await alice.SayAsync(alice.Person(bob), Talk.Text("hello"));

        Task<RestReply> one, other;
        using (await server.Get<KeyedGate>().EnterAsync((server.AppIdOf("demo"), new MessageId((long)said)), TestContext.Current.CancellationToken))
        {
            one = AddAsync(alice.User, said, "like");
            other = AddAsync(bob, said, "like");
            await Task.WhenAny(one, other);
        }

        var refused = (await one).Status == System.Net.HttpStatusCode.OK ? await other : await one;
        Refused(refused, "this message is creating reaction, please try again.");
    }

    private Task<RestReply> AddAsync(string user, ulong message, string reaction, AgoraAppClient? app = null) =>
        (app ?? _app).AdminAsync("POST", $"/reaction/user/{user}", new { msgId = $"{message}", message = reaction });

    private Task<RestReply> RemoveAsync(string user, ulong message, string reaction) =>
        _app.AdminAsync("DELETE", $"/reaction/user/{user}?msgId={message}&message={reaction}");

    private static void Refused(RestReply reply, string text) => reply.Failed(400, "Bad Request", text);

    private static JsonElement Told(Meta meta)
    {
        var news = JsonDocument.Parse(meta.Payload.ToStringUtf8()).RootElement;
        Assert.Equal((Meta.Types.NameSpace.Notify, "reaction"), (meta.Ns, news.Text("type")));
        return news.GetProperty("data")[0];
    }

    private static JsonElement Beside(Meta meta) => JsonDocument.Parse(MessageBody.Parser.ParseFrom(meta.Payload).Meta).RootElement.GetProperty("reaction");

    private static async Task<ulong> SayAsync(Talk talk, string group)
    {
        var id = Talk.NextMetaId();
        var payload = Talk.Text("hello", MessageBody.Types.Type.Groupchat).ToByteString();
        await talk.Socket.SyncAsync(new CommSyncUL { Meta = new() { Id = id, To = talk.Group(group), Ns = Meta.Types.NameSpace.Chat, Payload = payload } });
        while (true)
        {
            // Others' events may come before the answer.
            var answer = await talk.Socket.NextSyncAsync();
            if (answer.MetaId == id) return answer.ServerId;
        }
    }

    private async Task<Talk> NewAsync(string stem) => await Talk.BeginAsync(_app, await _app.NewUserAsync(stem));
}
