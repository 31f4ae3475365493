using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Engine;
using Dragoman.Engine.Deliveries;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Relations;
using Dragoman.Engine.Words;
using Google.Protobuf;
using Xunit;
using ErrorCode = Dragoman.Dialects.Agora.Protos.Status.Types.ErrorCode;
using Type = Dragoman.Dialects.Agora.Protos.MessageBody.Types.Type;

namespace Dragoman.Dialects.Conformance.Agora.Messages;

/// <summary>Sections 7, 8.1, 8.4 and 9: messages, from the sender's frame to the receiver's queues.</summary>
public sealed class MessageTests(MessageTests.Apps server) : IClassFixture<MessageTests.Apps>
{
    private readonly AgoraAppClient _app = server.Demo;

    public sealed class Apps : AgoraServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
        [
            ("demo", """{"rateLimit":{"calls":0,"frames":0}}"""),
            ("brief", """{"friendsOnly":true}"""),
            ("polite", "{}"),
        ];
    }

    [Fact]
    public async Task A_text_reaches_who_is_online_and_is_acknowledged()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        var said = Talk.Text("hello");
        said.Ext.Add(new KeyValue { Key = "a", Type = KeyValue.Types.ValueType.Int, VarintValue = 1 });

        var id = await alice.SayAsync(alice.Person(bob.User), said);

        var (meta, body) = await bob.HearAsync();
        Assert.Equal((id, alice.User, bob.User, Meta.Types.NameSpace.Chat), (meta.Id, meta.From.Name, meta.To.Name, meta.Ns));
        Assert.Equal((Type.Chat, alice.User, bob.User, "hello"), (body.Type, body.From.Name, body.To.Name, body.Contents[0].Text));
        Assert.Equal(said.Ext, body.Ext);
        Assert.True(alice.Socket.IsQuiet); // the device that sent it knows it
    }

    [Fact]
    public async Task Whoever_sends_cannot_be_somebody_else()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        var said = Talk.Text("it was carol");
        (said.From, said.To) = (new JID { Name = "carol" }, new JID { Name = "dave" });

        await alice.SendAsync(alice.Person(bob.User), said, shape: meta => meta.From = alice.Person("carol"));

        var (meta, body) = await bob.HearAsync();
        Assert.Equal((alice.User, alice.User, bob.User), (meta.From.Name, body.From.Name, body.To.Name));
    }

    [Fact]
    public async Task The_senders_other_devices_see_it_too()
    {
        await using var alice = await NewAsync("alice");
        await using var tablet = await Talk.BeginAsync(_app, alice.User, "tablet");
        await using var bob = await NewAsync("bob");

        await alice.SayAsync(alice.Person(bob.User), Talk.Text("hello"));

        var (meta, _) = await tablet.HearAsync();
        Assert.Equal((alice.User, bob.User, "hello"), (meta.From.Name, meta.To.Name, Talk.WordsOf(meta)));
    }

    [Fact]
    public async Task What_was_said_meanwhile_waits_and_comes_once()
    {
        await using var alice = await NewAsync("alice");
        string bob;
        await using (var before = await NewAsync("bob")) bob = before.User;
        for (var i = 0; i < 250; i++) await alice.SayAsync(alice.Person(bob), Talk.Text($"{i}"));

        await using (var again = await Talk.BeginAsync(_app, bob))
        {
            var queue = Assert.Single(again.Waiting);
            Assert.Equal((alice.User, 250U), (queue.Queue.Name, queue.N));
            Assert.Equal(Enumerable.Range(0, 250).Select(i => $"{i}"), (await again.PullAsync(queue.Queue)).Select(Talk.WordsOf));
            Assert.Empty((await again.Socket.UnreadAsync()).Unread);
        }

        await using var later = await Talk.BeginAsync(_app, bob);
        Assert.Empty(later.Waiting);
    }

    [Fact]
    public async Task What_was_not_acknowledged_comes_again()
    {
        await using var alice = await NewAsync("alice");
        string bob;
        await using (var before = await NewAsync("bob"))
        {
            bob = before.User;
            await alice.SayAsync(alice.Person(bob), Talk.Text("heard"));
            await before.HearAsync();
            await alice.SayAsync(alice.Person(bob), Talk.Text("lost"));
            await before.Socket.NextSyncAsync(); // shown, perhaps, but not acknowledged
        }

        await using var again = await Talk.BeginAsync(_app, bob);
        Assert.Equal(["lost"], (await again.PullAsync(again.Waiting[0].Queue)).Select(Talk.WordsOf));
    }

    [Fact]
    public async Task What_comes_while_a_queue_is_pulled_is_pulled_with_it()
    {
        await using var alice = await NewAsync("alice");
        string bob;
        await using (var before = await NewAsync("bob")) bob = before.User;
        await alice.SayAsync(alice.Person(bob), Talk.Text("1"));

        await using var again = await Talk.BeginAsync(_app, bob);
        var queue = again.Waiting[0].Queue;
        await again.Socket.SyncAsync(new CommSyncUL { Queue = queue });
        var batch = await again.Socket.NextSyncAsync();
        await alice.SayAsync(alice.Person(bob), Talk.Text("2")); // neither pushed nor announced: the chain runs
        await again.AcknowledgeAsync(queue, batch.NextKey);

        var next = await again.Socket.NextSyncAsync();
        Assert.Equal("2", Talk.WordsOf(Assert.Single(next.Metas)));
        await again.AcknowledgeAsync(queue, next.NextKey);
        await again.EndAsync(queue);
        await alice.SayAsync(alice.Person(bob), Talk.Text("3"));
        Assert.Equal("3", Talk.WordsOf((await again.HearAsync()).Meta)); // and from now on at once
    }

    [Fact]
    public async Task A_queue_that_falls_behind_is_pulled()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        for (var i = 0; i < 253; i++) await alice.SayAsync(alice.Person(bob.User), Talk.Text($"{i}")); // he reads nothing meanwhile

        var heard = await ListenAsync(bob, 253);

        Assert.Equal(Enumerable.Range(0, 253).Select(i => $"{i}"), heard.Distinct()); // what it has a client drops
        Assert.True(heard.Count > 253);
        await bob.Socket.ConfirmedAsync(bob.Person(alice.User));
        Assert.Empty((await bob.Socket.UnreadAsync()).Unread);
    }

    [Fact]
    public async Task Of_much_that_is_said_little_is_acknowledged()
    {
        await using var alice = await NewAsync("alice");
        string bob;
        await using (var before = await NewAsync("bob"))
        {
            bob = before.User;
            var sending = Task.Run(async () =>
            {
                for (var i = 0; i < 500; i++) await alice.SayAsync(alice.Person(bob), Talk.Text($"{i}"));
            }, TestContext.Current.CancellationToken);
            var asked = 0;
            for (var i = 0; i < 500; i++)
            {
                var pushed = await before.Socket.NextSyncAsync();
                Assert.Equal($"{i}", Talk.WordsOf(Assert.Single(pushed.Metas)));
                if (pushed.IsLast) continue;

                asked++;
                await before.AcknowledgeAsync(pushed.Queue, pushed.NextKey);
            }

            await sending;
            Assert.InRange(asked, 9, 100); // of 50 one, and four a second
            _app.Server.Clock.Advance(TimeSpan.FromMilliseconds(250));
            await before.Socket.ConfirmedAsync(before.Person(alice.User));
        }

        await using var again = await Talk.BeginAsync(_app, bob);
        Assert.Empty(again.Waiting);
    }

    [Fact]
    public async Task A_message_that_is_sent_again_is_one_message()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        var metaId = Talk.NextMetaId();

        var first = await alice.SayAsync(alice.Person(bob.User), Talk.Text("once"), metaId);
        var second = await alice.SayAsync(alice.Person(bob.User), Talk.Text("once"), metaId);

        Assert.Equal(first, second);
        await bob.HearAsync();
        await alice.SayAsync(alice.Person(bob.User), Talk.Text("twice"));
        Assert.Equal("twice", Talk.WordsOf((await bob.HearAsync()).Meta));
    }

    [Fact]
    public async Task What_is_for_who_is_online_does_not_wait()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        var absent = await _app.NewUserAsync("carol");
        void Online(Meta meta) => meta.Routetype = Meta.Types.RouteType.RouteOnline;

        await alice.SendAsync(alice.Person(bob.User), Talk.Text("now"), shape: Online);
        await alice.SendAsync(alice.Person(absent), Talk.Text("now"), shape: Online);

        var pushed = await bob.Socket.NextSyncAsync();
        Assert.Equal(("now", true), (Talk.WordsOf(Assert.Single(pushed.Metas)), pushed.IsLast));
        await using var carol = await Talk.BeginAsync(_app, absent);
        Assert.Empty(carol.Waiting);
    }

    [Fact]
    public async Task A_group_hears_it_in_the_groups_queue()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        await using var carol = await NewAsync("carol");
        var group = await NewGroupAsync(alice.User, bob.User);

        await alice.SayAsync(alice.Group(group), Talk.Text("all", Type.Groupchat));

        var pushed = await bob.Socket.NextSyncAsync();
        Assert.Equal((group, "conference.easemob.com"), (pushed.Queue.Name, pushed.Queue.Domain));
        var meta = Assert.Single(pushed.Metas);
        Assert.Equal((alice.User, group, "all"), (meta.From.Name, meta.To.Name, Talk.WordsOf(meta)));
        Assert.True(carol.Socket.IsQuiet);
        Assert.Equal((ErrorCode.Fail, "not in group or chatroom"), StatusOf(await carol.SendAsync(carol.Group(group), Talk.Text("me too", Type.Groupchat))));
        Assert.Equal((ErrorCode.Fail, "group not found"), StatusOf(await carol.SendAsync(carol.Group("999"), Talk.Text("hello", Type.Groupchat))));
    }

    [Fact]
    public async Task Who_wrote_a_message_learns_that_it_was_read()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        var id = await alice.SayAsync(alice.Person(bob.User), Talk.Text("read me"));
        await bob.HearAsync();

        await bob.SayAsync(bob.Person(alice.User), Talk.About(Type.ReadAck, id));

        var (meta, body) = await alice.HearAsync();
        Assert.Equal((bob.User, alice.User, Type.ReadAck, id, 0), (meta.From.Name, meta.To.Name, body.Type, body.AckMessageId, body.Ext.Count));
    }

    [Fact]
    public async Task A_whole_conversation_is_read_at_once()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        await alice.SayAsync(alice.Person(bob.User), Talk.Text("1"));
        await bob.HearAsync();

        await bob.SayAsync(bob.Person(alice.User), new MessageBody { Type = Type.ChannelAck });

        var (meta, body) = await alice.HearAsync();
        Assert.Equal((bob.User, Type.ChannelAck), (meta.From.Name, body.Type));
        await bob.SayAsync(bob.Person(await _app.NewUserAsync("dave")), new MessageBody { Type = Type.ChannelAck }); // nothing was said
    }

    [Fact]
    public async Task A_message_is_taken_back_from_who_has_it_and_from_who_has_not()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        string carol;
        await using (var away = await NewAsync("carol")) carol = away.User;
        var heard = await alice.SayAsync(alice.Person(bob.User), Talk.Text("oops"));
        await bob.HearAsync();
        var waiting = await alice.SayAsync(alice.Person(carol), Talk.Text("oops"));

        await alice.SayAsync(alice.Person(bob.User), Talk.About(Type.Recall, heard));
        await alice.SayAsync(alice.Person(carol), Talk.About(Type.Recall, waiting));

        var (meta, body) = await bob.HearAsync();
        Assert.Equal((alice.User, Type.Recall, heard), (meta.From.Name, body.Type, body.AckMessageId));
        await using var back = await Talk.BeginAsync(_app, carol);
        var told = Assert.Single(await back.PullAsync(back.Waiting[0].Queue));
        Assert.Equal(Type.Recall, MessageBody.Parser.ParseFrom(told.Payload).Type); // its words are gone
    }

    [Fact]
    public async Task A_recall_has_its_time_its_owner_and_its_message()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        var id = await alice.SayAsync(alice.Person(bob.User), Talk.Text("mine"));
        await bob.HearAsync();

        Assert.Equal((ErrorCode.Fail, "Sorry, You do not have permission"), StatusOf(await bob.SendAsync(bob.Person(alice.User), Talk.About(Type.Recall, id))));
        Assert.Equal((ErrorCode.Fail, "Sorry, message does not exist"), StatusOf(await bob.SendAsync(bob.Person(alice.User), Talk.About(Type.Recall, 5))));
        await using var carol = await NewAsync("carol");
        Assert.Equal((ErrorCode.Fail, "Sorry, message does not exist"), StatusOf(await alice.SendAsync(alice.Person(carol.User), Talk.About(Type.Recall, id))));

        server.Clock.Advance(TimeSpan.FromSeconds(121));
        Assert.Equal((ErrorCode.Fail, "exceed recall time limit"), StatusOf(await alice.SendAsync(alice.Person(bob.User), Talk.About(Type.Recall, id))));
    }

    [Fact]
    public async Task What_cannot_be_said_is_refused_in_the_vendors_words()
    {
        await using var alice = await NewAsync("alice");
        var bob = await _app.NewUserAsync("bob");

        Assert.Equal((ErrorCode.PermissionDenied, "Sorry, data is too large"), StatusOf(await alice.SendAsync(alice.Person(bob), Talk.Text(new string('x', 6_000)))));
        Assert.Equal(ErrorCode.WrongParameter, (await alice.SendAsync(alice.Person(bob), new MessageBody { Type = Type.Chat })).Status.ErrorCode);
        Assert.Equal(ErrorCode.WrongParameter, (await alice.SendAsync(alice.Person(""), Talk.Text("nobody"))).Status.ErrorCode);
        Assert.Equal((ErrorCode.Fail, "grpID 5 does not exist!"), StatusOf(await alice.SendAsync(alice.Group("5"), Talk.Text("room", Type.Chatroom))));
        await alice.SayAsync(alice.Person("nobody-at-all"), Talk.Text("hello")); // taken, as the vendor does, and told to nobody
    }

    [Fact]
    public async Task Who_is_blocked_and_who_is_muted_is_told_so()
    {
        await using var alice = await NewAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        var asApp = new Caller(server.AppIdOf("demo"), new UserId("admin"), IsAdministrator: true);
        Assert.True((await server.Get<BlockUser>().RunAsync(asApp, new(bob), new(alice.User), "", endsFriendship: false, TestContext.Current.CancellationToken)).TryGet(out _, out _));
        Assert.Equal((ErrorCode.Fail, "blocked"), StatusOf(await alice.SendAsync(alice.Person(bob), Talk.Text("hello"))));

        var group = await NewGroupAsync(bob, alice.User);
        Assert.True((await server.Get<MuteMembers>().RunAsync(asApp, new(group), [new(alice.User)], long.MaxValue, TestContext.Current.CancellationToken)).TryGet(out _, out _));
        await alice.Socket.NextSyncAsync(); // she is told so
        Assert.Equal((ErrorCode.UserMuted, "user is muted"), StatusOf(await alice.SendAsync(alice.Group(group), Talk.Text("hello", Type.Groupchat))));
    }

    [Fact]
    public async Task Where_only_friends_talk_a_stranger_is_told_so()
    {
        var app = server.App("brief");
        var bob = await app.NewUserAsync("bob");
        await using var alice = await Talk.BeginAsync(app, await app.NewUserAsync("alice"));

        Assert.Equal((ErrorCode.Fail, "nonroster"), StatusOf(await alice.SendAsync(alice.Person(bob), Talk.Text("hello"))));
    }

    [Fact]
    public async Task Words_that_the_app_does_not_allow_are_refused_or_masked()
    {
        var app = server.App("polite");
        server.Get<WordDesk>().Set(server.AppIdOf("polite"), new WordFilter(["forbidden"], ["damn"]));
        await using var alice = await Talk.BeginAsync(app, await app.NewUserAsync("alice"));
        await using var bob = await Talk.BeginAsync(app, await app.NewUserAsync("bob"));

        Assert.Equal((ErrorCode.PermissionDenied, "sensitive words"), StatusOf(await alice.SendAsync(alice.Person(bob.User), Talk.Text("a Forbidden word"))));
        await alice.SayAsync(alice.Person(bob.User), Talk.Text("well, damn it"));
        Assert.Equal("well, **** it", Talk.WordsOf((await bob.HearAsync()).Meta));
    }

    [Fact]
    public async Task A_hundred_thousand_frames_of_nonsense_break_nothing()
    {
        // The class's server asserts at its end that nothing was logged as an error.
        const int frames = 100_000;
        var random = new Random(20_261_122);
        var user = await _app.NewUserAsync("mallory");
        var token = await _app.UserTokenAsync(user);
        var good = new MSync { Command = MSync.Types.Command.Sync, Payload = new CommSyncUL { Meta = new Meta { Id = 1, To = new JID { Name = "x" }, Ns = Meta.Types.NameSpace.Chat, Payload = Talk.Text("hi").ToByteString() } }.ToByteString() }.ToByteArray();
        var sent = 0;
        while (sent < frames)
        {
            await using var socket = await _app.LogInAsync(user, "fuzz", token);
            while (sent < frames && !socket.IsClosed)
            {
                var frame = good[..random.Next(1, good.Length + 1)];
                for (var flips = random.Next(1, 6); flips > 0; flips--) frame[random.Next(frame.Length)] = (byte)random.Next(256);
                if (!await socket.TrySendAsync(frame)) break; // it was nonsense enough to hang up
                sent++;
            }
        }

        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        await alice.SayAsync(alice.Person(bob.User), Talk.Text("still here"));
        await bob.HearAsync();
    }

    [Fact]
    public async Task Acknowledgements_outlive_the_server()
    {
        await using var own = new Apps();
        await own.InitializeAsync();
        var app = own.Demo;
        var bob = await app.NewUserAsync("bob");
        await using (var before = await Talk.BeginAsync(app, bob))
        {
            await using var alice = await Talk.BeginAsync(app, await app.NewUserAsync("alice"));
            await alice.SayAsync(alice.Person(bob), Talk.Text("heard"));
            await before.HearAsync();
            await alice.SayAsync(alice.Person(bob), Talk.Text("not heard"));
            await before.Socket.NextSyncAsync();
            await own.Get<DeliveryPlaces>().FlushAsync();
        }

        await own.RestartAsync();

        await using var again = await Talk.BeginAsync(app, bob);
        Assert.Equal(["not heard"], (await again.PullAsync(again.Waiting[0].Queue)).Select(Talk.WordsOf));
    }

    private async Task<Talk> NewAsync(string stem) => await Talk.BeginAsync(_app, await _app.NewUserAsync(stem));

    private static (ErrorCode, string) StatusOf(CommSyncDL answer) => (answer.Status.ErrorCode, answer.Status.Reason);

    private async Task<string> NewGroupAsync(string owner, params string[] members)
    {
        var app = server.AppIdOf("demo");
        var group = new Group { App = app, Id = new GroupId($"{Random.Shared.NextInt64(1, int.MaxValue)}"), Owner = new UserId(owner), Creator = new UserId(owner), Name = "group" };
        var founded = await server.Get<CreateGroup>().RunAsync(
            new Caller(app, new UserId(owner), IsAdministrator: true), group, [.. members.Select(m => (new UserId(m), GroupRole.Member))], NoticeReach.Nobody, default);
        Assert.True(founded.TryGet(out _, out var refusal), refusal?.Condition.ToString());
        return group.Id.Value;
    }

    /// <summary>Reads as clients do until so many different texts have come.</summary>
    private static async Task<List<string>> ListenAsync(Talk who, int count)
    {
        var heard = new List<string>();
        while (heard.Distinct().Count() < count)
        {
            var sync = await who.Socket.NextSyncAsync();
            heard.AddRange(sync.Metas.Select(Talk.WordsOf));
            if (!sync.IsLast) await who.AcknowledgeAsync(sync.Queue, sync.NextKey);
        }

        return heard;
    }
}
