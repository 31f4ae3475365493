using System.Text.Json;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Dialects.Conformance.Agora.Messages;
using Dragoman.Dialects.Conformance.Agora.Threads;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Files;
using Google.Protobuf;
using Xunit;
using Part = Dragoman.Dialects.Agora.Protos.MessageBody.Types.Content;
using Type = Dragoman.Dialects.Agora.Protos.MessageBody.Types.Type;

namespace Dragoman.Dialects.Conformance.Server;

/// <summary>An OpenIM user and an Agora user of one app talk.</summary>
public sealed class TalkAcrossDialectsTests(SeveralDialectsTests.Apps server) : IClassFixture<SeveralDialectsTests.Apps>
{
    private readonly OpenImAppClient _openIm = server.Demo;

    [Fact]
    public async Task Words_go_both_ways()
    {
        await using var alice = await _openIm.NewClientAsync("alice");
        await using var bob = await Talk.BeginAsync(server.Agora, await server.Agora.NewUserAsync("bob"));

        var said = alice.TextTo(bob.User, "hello");
        said.Ex = """{"from":"openim","n":1}""";
        await alice.SayAsync(said);
        var (meta, body) = await bob.HearAsync();
        Assert.Equal((alice.UserId, bob.User, Type.Chat, "hello"), (meta.From.Name, meta.To.Name, body.Type, body.Contents[0].Text));
        Assert.Equal(["from", "n"], body.Ext.Select(e => e.Key));

        var answer = Talk.Text("hi");
        answer.Ext.Add(new KeyValue { Key = "from", Type = KeyValue.Types.ValueType.String, StringValue = "agora" });
        await bob.SayAsync(bob.Person(alice.UserId), answer);
        var heard = (await alice.TextPushAsync("hi")).Message;
        Assert.Equal((bob.User, alice.UserId, 101, """{"from":"agora"}"""), (heard.SendID, heard.RecvID, heard.ContentType, heard.Ex));
    }

    [Fact]
    public async Task What_was_said_to_somebody_away_waits_in_his_own_dialect()
    {
        await using var alice = await _openIm.NewClientAsync("alice");
        string bob;
        await using (var before = await Talk.BeginAsync(server.Agora, await server.Agora.NewUserAsync("bob"))) bob = before.User;
        for (var i = 0; i < 3; i++) await alice.SayAsync(alice.TextTo(bob, $"{i}"));

        await using var again = await Talk.BeginAsync(server.Agora, bob);
        Assert.Equal(["0", "1", "2"], (await again.PullAsync(again.Waiting[0].Queue)).Select(Talk.WordsOf));
    }

    [Fact]
    public async Task Pictures_places_and_what_apps_say_to_each_other_arrive()
    {
        await using var alice = await _openIm.NewClientAsync("alice");
        await using var bob = await Talk.BeginAsync(server.Agora, await server.Agora.NewUserAsync("bob"));

        Assert.Equal(
            (Part.Types.Type.Image, "http://h/a.png", 30.0),
            await HearAsync(alice, bob, 102, """{"sourcePicture":{"type":"png","size":7,"width":30,"height":20,"url":"http://h/a.png"}}""", p => (p.Type, p.RemotePath, p.Size.Width)));
        Assert.Equal((Part.Types.Type.Voice, 4), await HearAsync(alice, bob, 103, """{"sourceUrl":"http://h/v.mp3","duration":4,"dataSize":9}""", p => (p.Type, p.Duration)));
        Assert.Equal(
            (Part.Types.Type.File, "r.pdf", 12), await HearAsync(alice, bob, 105, """{"sourceUrl":"http://h/r","fileName":"r.pdf","fileSize":12}""", p => (p.Type, p.DisplayName, p.FileLength)));
        Assert.Equal(
            (Part.Types.Type.Location, 31.5, "Bund"), await HearAsync(alice, bob, 109, """{"description":"Bund","longitude":121.5,"latitude":31.5}""", p => (p.Type, p.Latitude, p.Address)));
        Assert.Equal(
            (Part.Types.Type.Custom, "order", "{\"id\":7}"),
            await HearAsync(alice, bob, 110, """{"data":"{\"id\":7}","description":"order","extension":""}""", p => (p.Type, p.CustomEvent, p.CustomExts[0].StringValue)));
        Assert.Equal((Part.Types.Type.Text, "[chat record Trip]"), await HearAsync(alice, bob, 107, """{"title":"Trip","abstractList":["a"]}""", p => (p.Type, p.Text)));
    }

    [Fact]
    public async Task A_file_that_is_stored_here_has_an_address_in_each_dialect()
    {
        await using var alice = await _openIm.NewClientAsync("alice");
        await using var bob = await Talk.BeginAsync(server.Agora, await server.Agora.NewUserAsync("bob"));
        var name = $"{alice.UserId}/r.txt";
        var stored = await server.Get<StoreFile>().RunAsync(
            new Caller(server.AppIdOf("demo"), new UserId(alice.UserId), IsAdministrator: false), new FileDraft { Name = name, Size = 10, ContentType = "text/plain" }, expiresAt: 0,
            new MemoryStream("hello"u8.ToArray()), TestContext.Current.CancellationToken);
        Assert.True(stored.TryGet(out _, out _));

        var (path, secret) = await HearAsync(
            alice, bob, 105, JsonSerializer.Serialize(new { sourceUrl = $"http://elsewhere/openim/object/{name}", fileName = "r.txt", fileSize = 5 }), p => (p.RemotePath, p.SecretKey));

        var own = new Uri(path).AbsolutePath; // clients put their own host before it
        var reply = await AgoraAppClient.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, $"/agora{own}?em-redirect=true&share-secret={secret}")));
        Assert.Equal("hello", reply.Succeeded().Text);
        (await AgoraAppClient.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, $"/agora{own}?share-secret=other")))).Failed(403, "forbidden_op");
    }

    [Fact]
    public async Task Who_knows_no_edits_sees_a_message_taken_back_and_said_anew()
    {
        await using var alice = await _openIm.NewClientAsync("alice");
        await using var bob = await Talk.BeginAsync(server.Agora, await server.Agora.NewUserAsync("bob"));
        var said = await bob.SayAsync(bob.Person(alice.UserId), Talk.Text("helo"));
        var first = (await alice.TextPushAsync("helo")).Message;

        await bob.SayAsync(bob.Person(alice.UserId), EditOf(said, "hello"));

        var recall = await alice.PushAsync(p => p.IsNotification && p.Message.ContentType == 2101, "the recall");
        Assert.Equal(0, recall.Message.Seq);
        Assert.Contains(first.ClientMsgID, recall.Message.Content.ToStringUtf8(), StringComparison.Ordinal);
        var anew = (await alice.TextPushAsync("hello")).Message;
        Assert.Equal((bob.User, first.SendTime, 0L), (anew.SendID, anew.SendTime, anew.Seq));
        Assert.NotEqual(first.ClientMsgID, anew.ClientMsgID);
        Assert.False(anew.Options["unreadCount"]);
    }

    [Fact]
    public async Task A_message_keeps_its_name_when_another_dialect_edits_it()
    {
        await using var alice = await _openIm.NewClientAsync("alice");
        await using var bob = await Talk.BeginAsync(server.Agora, await server.Agora.NewUserAsync("bob"));
        var sent = await alice.SayAsync(alice.TextTo(bob.User, "helo"));
        var (meta, _) = await bob.HearAsync();

        (await server.Agora.AdminAsync("PUT", $"/messages/rewrite/{meta.Id}", new { new_msg = new { type = "txt", msg = "hello" } })).Succeeded();

        Assert.Equal("hello", (await bob.HearAsync()).Body.Contents[0].Text);
        await alice.TextPushAsync("hello");
        var pair = string.CompareOrdinal(alice.UserId, bob.User) < 0 ? $"si_{alice.UserId}_{bob.User}" : $"si_{bob.User}_{alice.UserId}";
        var request = new PullMessageBySeqsReq { UserID = alice.UserId, SeqRanges = { new SeqRange { ConversationID = pair, Begin = 1, End = 1, Num = 1 } } };
        var pulled = await alice.AskAsync(Requests.PullMsgBySeqRange, request, PullMessageBySeqsResp.Parser);
        var stored = Assert.Single(pulled.Msgs[pair].Msgs);
        Assert.Equal((sent.ClientMsgID, 1L), (stored.ClientMsgID, stored.Seq));
        Assert.Contains("hello", stored.Content.ToStringUtf8(), StringComparison.Ordinal);
    }

    private static MessageBody EditOf(ulong message, string words)
    {
        var body = Talk.Text(words, Type.Edit);
        body.EditMessageId = message;
        return body;
    }

    [Fact]
    public async Task What_is_taken_back_is_gone_on_both_sides()
    {
        await using var alice = await _openIm.NewClientAsync("alice");
        await using var bob = await Talk.BeginAsync(server.Agora, await server.Agora.NewUserAsync("bob"));

        var mine = await bob.SayAsync(bob.Person(alice.UserId), Talk.Text("oops"));
        await alice.TextPushAsync("oops");
        await bob.SayAsync(bob.Person(alice.UserId), Talk.About(Type.Recall, mine));
        await alice.PushAsync(p => p.IsNotification && p.Message.ContentType == 2101, "the recall");

        await alice.SayAsync(alice.TextTo(bob.User, "oops too"));
        var (meta, _) = await bob.HearAsync();
        var pair = string.CompareOrdinal(alice.UserId, bob.User) < 0 ? $"si_{alice.UserId}_{bob.User}" : $"si_{bob.User}_{alice.UserId}";
        (await alice.PostAsync("/msg/revoke_msg", new { conversationID = pair, seq = 2, userID = alice.UserId })).Succeeded();
        var (recall, body) = await bob.HearAsync();
        Assert.Equal((alice.UserId, Type.Recall, meta.Id), (recall.From.Name, body.Type, body.AckMessageId));
    }

    [Fact]
    public async Task Who_speaks_openim_sees_nothing_of_a_groups_threads()
    {
        await using var alice = await _openIm.NewClientAsync("alice");
        await using var bob = await ThreadPerson.NewAsync(server.Agora, "bob");
        var group = await bob.FoundAsync(alice.UserId);
        var thread = await bob.BeginAsync(group, await bob.SayAsync(group, "root"));
        (await server.Agora.AdminAsync("POST", $"/thread/{thread}/users", new { usernames = new[] { alice.UserId } })).Succeeded();
        await bob.SayInAsync(thread, "inside");
        (await server.Agora.AdminAsync("DELETE", $"/thread/{thread}/users", new { usernames = new[] { alice.UserId } })).Succeeded();
        (await server.Agora.AdminAsync("POST", $"/thread/{thread}/users", new { usernames = new[] { alice.UserId } })).Succeeded();
        await bob.SayAsync(group, "outside");

        await alice.TextPushAsync("outside");
        Assert.DoesNotContain(alice.Messages, pushed => pushed.Text.Contains("inside", StringComparison.Ordinal) || pushed.Text.Contains(thread, StringComparison.Ordinal));
        var listed = (await alice.PostAsync("/conversation/get_all_conversations", new { ownerUserID = alice.UserId })).Succeeded().Data.GetProperty("conversations");
        Assert.DoesNotContain(thread, listed.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(thread, (await alice.PostAsync("/msg/newest_seq", new { userID = alice.UserId })).Succeeded().Data.ToString(), StringComparison.Ordinal);
        (await alice.PostAsync("/msg/user_clear_all_msg", new { userID = alice.UserId })).Succeeded();
        Assert.Single(await bob.HistoryAsync(thread));
    }

    private static async Task<T> HearAsync<T>(OpenImClient from, Talk to, int contentType, string content, Func<Part, T> see)
    {
        var said = from.TextTo(to.User, "");
        (said.ContentType, said.Content) = (contentType, ByteString.CopyFromUtf8(content));
        await from.SayAsync(said);
        return see((await to.HearAsync()).Body.Contents.Single());
    }
}
