using System.Text.Json;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Agora.Groups;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Dialects.Conformance.Agora.Rooms;
using Dragoman.Engine;
using Dragoman.Engine.Words;
using Google.Protobuf;
using Xunit;
using ErrorCode = Dragoman.Dialects.Agora.Protos.Status.Types.ErrorCode;
using Part = Dragoman.Dialects.Agora.Protos.MessageBody.Types.Content;
using Scope = Dragoman.Dialects.Agora.Protos.MessageBody.Types.EditScope;
using Type = Dragoman.Dialects.Agora.Protos.MessageBody.Types.Type;

namespace Dragoman.Dialects.Conformance.Agora.Messages;

/// <summary>Editing messages: sections 8.1, 8.4 and 9.2, and <c>PUT /messages/rewrite/{mid}</c>.</summary>
public sealed class EditTests(EditTests.Server server) : IClassFixture<EditTests.Server>
{
    public sealed class Server : AgoraServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
        [
            ("demo", """{"rateLimit":{"calls":0}}"""),
            ("closed", """{"rateLimit":{"calls":0},"features":{"edit":false}}"""),
        ];
    }

    private readonly AgoraAppClient _app = server.Demo;

    [Fact]
    public async Task The_other_side_and_the_own_devices_see_an_edit()
    {
        await using var alice = await NewAsync("alice");
        await using var phone = await Talk.BeginAsync(_app, alice.User, "webim_phone");
        await using var bob = await NewAsync("bob");
        var text = Talk.Text("helo");
        text.Ext.Add(new KeyValue { Key = "a", Type = KeyValue.Types.ValueType.Int, VarintValue = 1 });
        var said = await alice.SayAsync(alice.Person(bob.User), text);
        await bob.HearAsync();
        await phone.HearAsync();

        var answer = await alice.SendAsync(alice.Person(bob.User), Edit(said, "hello"));

        Assert.Equal((ErrorCode.Ok, said), (answer.Status.ErrorCode, answer.ServerId));
        var told = Assert.Single(answer.Metas);
        Assert.Equal(Meta.Types.NameSpace.Notify, told.Ns);
        var mark = JsonDocument.Parse(told.Payload.ToStringUtf8()).RootElement.GetProperty("edit_msg");
        Assert.Equal((1, alice.User, alice.User, "chat:user"), (mark.GetProperty("count").GetInt32(), mark.Text("operator"), mark.Text("sender"), mark.Text("chat_type")));
        Assert.True(mark.GetProperty("edit_time").GetInt64() >= mark.GetProperty("send_time").GetInt64());

        foreach (var device in new[] { bob, phone })
        {
            var (meta, body) = await device.HearAsync();
            Assert.Equal((Type.Edit, said, "hello", alice.User, bob.User), (body.Type, body.EditMessageId, body.Contents[0].Text, body.From.Name, body.To.Name));
            Assert.Equal((alice.User, 1L), (meta.From.Name, Assert.Single(body.Ext).VarintValue)); // what is beside it stays
            Assert.Equal(mark.GetRawText(), JsonDocument.Parse(body.Meta).RootElement.GetProperty("edit_msg").GetRawText());
        }
    }

    [Fact]
    public async Task The_extension_changes_when_the_client_says_so()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        var text = Talk.Text("helo");
        text.Ext.Add(Extra("a"));
        var said = await alice.SayAsync(alice.Person(bob.User), text);
        await bob.HearAsync();

        var edit = Edit(said, "hello");
        edit.EditScope = Scope.BodyAndExt;
        edit.Ext.Add(Extra("b"));
        await alice.SayAsync(alice.Person(bob.User), edit);

        Assert.Equal(["b"], (await bob.HearAsync()).Body.Ext.Select(item => item.Key));
    }

    [Fact]
    public async Task Who_was_away_gets_the_last_edit_and_history_the_newest_words()
    {
        await using var alice = await NewAsync("alice");
        string bob;
        ulong said;
        await using (var before = await NewAsync("bob"))
        {
            bob = before.User;
            said = await alice.SayAsync(alice.Person(bob), Talk.Text("1"));
            await before.HearAsync();
        }

        var late = await alice.SayAsync(alice.Person(bob), Talk.Text("a"));
        foreach (var words in new[] { "2", "3" }) await alice.SayAsync(alice.Person(bob), Edit(said, words));
        await alice.SayAsync(alice.Person(bob), Edit(late, "b"));

        await using var again = await Talk.BeginAsync(_app, bob);
        var got = (await again.PullAsync(Assert.Single(again.Waiting).Queue)).Select(meta => MessageBody.Parser.ParseFrom(meta.Payload)).ToArray();
        Assert.Equal([(Type.Chat, 0UL, "b"), (Type.Edit, said, "3"), (Type.Edit, late, "b")], got.Select(body => (body.Type, body.EditMessageId, body.Contents[0].Text)));
        Assert.Equal(1, Mark(got[0]).GetProperty("count").GetInt32());

        var history = (await HistoryAsync(again)).ToArray();
        Assert.Equal([("b", 1), ("3", 2)], history.Select(body => (body.Contents[0].Text, Mark(body).GetProperty("count").GetInt32())));
        Assert.Equal(["count", "operator", "edit_time"], Mark(history[1]).Names());
        var list = (await _app.CallAsync("GET", $"/sdk/user/{bob}/user_channels/list?limit=20", token: await _app.UserTokenAsync(bob))).Succeeded().Data.GetProperty("channel_infos");
        Assert.Equal("b", JsonDocument.Parse(list[0].GetProperty("meta").Text("payload")!).RootElement.GetProperty("bodies")[0].Text("msg"));
    }

    [Fact]
    public async Task What_cannot_be_edited_is_refused_in_the_vendors_words()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        await using var carol = await NewAsync("carol");
        var (toBob, toAlice) = (alice.Person(bob.User), bob.Person(alice.User));
        var said = await alice.SayAsync(toBob, Talk.Text("hello"));
        await bob.HearAsync();
        var picture = await alice.SayAsync(toBob, new MessageBody { Type = Type.Chat, Contents = { new Part { Type = Part.Types.Type.Image, RemotePath = "x" } } });
        await bob.HearAsync();

        await RefusedAsync(bob, toAlice, Edit(said, "mine"), "Sorry, You do not have permission");
        await RefusedAsync(carol, carol.Person(bob.User), Edit(said, "mine"), "Sorry, message does not exist");
        await RefusedAsync(alice, toBob, Edit(77, "none"), "Sorry, message does not exist");
        await RefusedAsync(alice, toBob, Edit(ulong.MaxValue, "none"), "Sorry, format is incorrect");
        await RefusedAsync(alice, toBob, Edit(picture, "text"), "Sorry, format is incorrect");
        await RefusedAsync(alice, toBob, new MessageBody { Type = Type.Edit, EditMessageId = said }, "Sorry, format is incorrect");
        await RefusedAsync(alice, toBob, new MessageBody { Type = Type.Edit, EditMessageId = said, Contents = { new Part { Type = Part.Types.Type.Custom } } }, "Sorry, format is incorrect");

        for (var i = 0; i < 10; i++)
        {
            await alice.SayAsync(toBob, Edit(said, $"{i}"));
            await bob.HearAsync();
        }

        await RefusedAsync(alice, toBob, Edit(said, "11"), "Sorry, edit limit reached");
        await alice.SayAsync(toBob, Talk.About(Type.Recall, said));
        await bob.HearAsync();
        await RefusedAsync(alice, toBob, Edit(said, "gone"), "Sorry, message does not exist");
    }

    [Fact]
    public async Task Words_that_the_app_does_not_allow_do_not_come_in_by_an_edit()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        var said = await alice.SayAsync(alice.Person(bob.User), Talk.Text("hello"));
        await bob.HearAsync();
        var words = server.Get<WordDesk>();
        words.Set(server.AppIdOf("demo"), new WordFilter(["edited-badly"], ["edited-masked"]));

        var refused = await alice.SendAsync(alice.Person(bob.User), Edit(said, "edited-badly"));
        await alice.SayAsync(alice.Person(bob.User), Edit(said, "so edited-masked"));
        words.Set(server.AppIdOf("demo"), null);

        Assert.Equal((ErrorCode.PermissionDenied, "sensitive words"), (refused.Status.ErrorCode, refused.Status.Reason));
        Assert.Equal("so *************", (await bob.HearAsync()).Body.Contents[0].Text);
    }

    [Fact]
    public async Task An_app_that_has_not_opened_it_refuses()
    {
        var closed = server.App("closed");
        await using var alice = await Talk.BeginAsync(closed, await closed.NewUserAsync());
        var bob = await closed.NewUserAsync("bob");
        var said = await alice.SayAsync(alice.Person(bob), Talk.Text("hello"));

        await RefusedAsync(alice, alice.Person(bob), Edit(said, "x"), "Sorry, edit is not available");
        (await closed.AdminAsync("PUT", $"/messages/rewrite/{said}", new { new_msg = new { type = "txt", msg = "x" } }))
            .Failed(403, "message_rewrite_error", "The rewrite message feature is not open.");
    }

    [Fact]
    public async Task In_a_group_admins_edit_what_members_say()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var bob = await NewAsync("bob");
        var carol = await _app.NewUserAsync("carol");
        var group = await alice.FoundAsync(members: [bob.User, carol]);
        await using var late = await Talk.BeginAsync(_app, carol);
        foreach (var waiting in late.Waiting) await late.PullAsync(waiting.Queue);
        var said = await SayAsync(bob, bob.Group(group), Talk.Text("helo", Type.Groupchat));

        await SayAsync(alice.Talk, bob.Group(group), Edit(said, "hello"));
        var refused = await SendAsync(late, bob.Group(group), Edit(said, "no"));

        Assert.Equal("Sorry, You do not have permission", refused.Status.Reason);
        var seen = await NextEditAsync(bob);
        Assert.Equal((said, "hello", bob.User, group), (seen.EditMessageId, seen.Contents[0].Text, seen.From.Name, seen.To.Name));
        Assert.Equal((alice.User, "chat:group"), (Mark(seen).Text("operator"), Mark(seen).Text("chat_type")));
    }

    [Fact]
    public async Task Rooms_have_no_edits()
    {
        await using var alice = await _app.NewTalkAsync("alice");
        var room = await _app.NewRoomAsync(alice.User);
        await alice.JoinAsync(room);
        var said = (await alice.SayInRoomAsync(room, "hello")).ServerId;

        await RefusedAsync(alice, alice.Group(room), Edit(said, "x"), "Sorry, format is incorrect");
        (await RewriteAsync(said, new { new_msg = new { type = "txt", msg = "x" } })).Failed(400, "message_rewrite_error");
    }

    [Fact]
    public async Task The_apps_server_rewrites_messages()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        var text = Talk.Text("helo");
        text.Ext.Add(Extra("a"));
        var said = await alice.SayAsync(alice.Person(bob.User), text);
        await bob.HearAsync();

        var reply = await RewriteAsync(said, new { new_msg = new { type = "txt", msg = "hello" }, new_ext = new { b = 2 } });
        Assert.Equal("success", reply.Succeeded().Data.GetString());
        var (_, body) = await bob.HearAsync();
        Assert.Equal(("hello", "a b", "admin"), (body.Contents[0].Text, string.Join(' ', body.Ext.Select(item => item.Key)), Mark(body).Text("operator")));
        Assert.Equal("hello", (await alice.HearAsync()).Body.Contents[0].Text);

        (await RewriteAsync(said, new { user = alice.User, new_msg = new { type = "txt", msg = "again" }, new_ext = new { c = 3 }, is_combine_ext = false })).Succeeded();
        (_, body) = await bob.HearAsync();
        Assert.Equal(("again", "c", alice.User), (body.Contents[0].Text, string.Join(' ', body.Ext.Select(item => item.Key)), Mark(body).Text("operator")));
        await alice.HearAsync();

        var custom = await alice.SayAsync(alice.Person(bob.User), new MessageBody { Type = Type.Chat, Contents = { new Part { Type = Part.Types.Type.Custom, CustomEvent = "one" } } });
        await bob.HearAsync();
        (await RewriteAsync(custom, new { new_msg = new { type = "custom", customEvent = "two", customExts = new { k = "v" } } })).Succeeded();
        var part = (await bob.HearAsync()).Body.Contents[0];
        Assert.Equal(("two", "k", "v"), (part.CustomEvent, part.CustomExts[0].Key, part.CustomExts[0].StringValue));
    }

    [Fact]
    public async Task What_it_cannot_rewrite_has_the_documented_errors()
    {
        await using var alice = await NewAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        var said = await alice.SayAsync(alice.Person(bob), Talk.Text("hello"));
        var picture = await alice.SayAsync(alice.Person(bob), new MessageBody { Type = Type.Chat, Contents = { new Part { Type = Part.Types.Type.Image, RemotePath = "x" } } });
        var text = new { type = "txt", msg = "x" };

        (await RewriteAsync(said, new { })).Failed(400, "illegal_argument", "new_msg is required");
        (await RewriteAsync(said, "[]")).Failed(400, "illegal_argument", "new_msg is required");
        (await RewriteAsync(said, new { new_msg = new { type = "txt" } })).Failed(400, "illegal_argument");
        (await RewriteAsync(said, new { new_msg = new { } })).Failed(400, "illegal_argument");
        (await RewriteAsync(said, new { new_msg = text, new_ext = 5 })).Failed(400, "illegal_argument");
        const string Unsupported = "The message is of a type that is currently not supported for modification.";
        (await RewriteAsync(said, new { new_msg = new { type = "img" } })).Failed(400, "message_rewrite_error", Unsupported);
        (await RewriteAsync(picture, new { new_msg = text })).Failed(400, "message_rewrite_error", Unsupported);
        (await RewriteAsync(said, new { new_msg = new { type = "custom" } })).Failed(400, "message_rewrite_error", Unsupported);
        (await _app.AdminAsync("PUT", "/messages/rewrite/abc", new { new_msg = text })).Failed(400, "InvalidMessageIdException", "The provided message ID is not a valid number.");
        (await RewriteAsync(77, new { new_msg = text })).Failed(404, "message_rewrite_error", "The message is unavailable or has expired.");
        (await RewriteAsync(said, new { user = bob, new_msg = text })).Failed(401, "message_rewrite_error", "You are not authorized to edit this message.");
        (await RewriteAsync(said, new { user = await _app.NewUserAsync(), new_msg = text })).Failed(401, "message_rewrite_error", "You are not authorized to edit this message.");
        (await _app.CallAsync("PUT", $"/messages/rewrite/{said}", new { new_msg = text }, await _app.UserTokenAsync(alice.User))).Failed(401, "unauthorized");
        for (var i = 0; i < 10; i++) (await RewriteAsync(said, new { new_msg = text })).Succeeded();
        (await RewriteAsync(said, new { new_msg = text })).Failed(403, "message_rewrite_error", "The message has reached its edit limit and cannot be modified further.");
        Assert.Equal((409, "concurrent_operation_error"), Dragoman.Dialects.Agora.AgoraErrors.Table[Condition.EditConflict] is var conflict ? (conflict.Status, conflict.Error) : default);
    }

    private static MessageBody Edit(ulong message, string words)
    {
        var body = Talk.Text(words, Type.Edit);
        body.EditMessageId = message;
        body.EditScope = Scope.Body;
        return body;
    }

    private static KeyValue Extra(string key) => new() { Key = key, Type = KeyValue.Types.ValueType.String, StringValue = "x" };

    private static JsonElement Mark(MessageBody body) => JsonDocument.Parse(body.Meta).RootElement.GetProperty("edit_msg");

    private static async Task RefusedAsync(Talk talk, JID to, MessageBody body, string reason)
    {
        var answer = await talk.SendAsync(to, body);
        Assert.Equal((ErrorCode.Fail, reason), (answer.Status.ErrorCode, answer.Status.Reason));
    }

    private Task<RestReply> RewriteAsync(ulong message, object body) => _app.AdminAsync("PUT", $"/messages/rewrite/{message}", body);

    /// <summary>Others' events may come before the answer.</summary>
    private static async Task<CommSyncDL> SendAsync(Talk talk, JID to, MessageBody body)
    {
        var id = Talk.NextMetaId();
        await talk.Socket.SyncAsync(new CommSyncUL { Meta = new() { Id = id, To = to, Ns = Meta.Types.NameSpace.Chat, Payload = body.ToByteString() } });
        while (true)
        {
            var answer = await talk.Socket.NextSyncAsync();
            if (answer.MetaId == id) return answer;
        }
    }

    private static async Task<ulong> SayAsync(Talk talk, JID to, MessageBody body)
    {
        var answer = await SendAsync(talk, to, body);
        Assert.True(answer.Status.ErrorCode == ErrorCode.Ok, answer.Status.Reason);
        return answer.ServerId;
    }

    private static async Task<MessageBody> NextEditAsync(Talk talk)
    {
        while (true)
        {
            foreach (var meta in (await talk.Socket.NextSyncAsync()).Metas.Where(meta => meta.Ns == Meta.Types.NameSpace.Chat))
            {
                var body = MessageBody.Parser.ParseFrom(meta.Payload);
                if (body.Type == Type.Edit) return body;
            }
        }
    }

    private async Task<IEnumerable<MessageBody>> HistoryAsync(Talk talk)
    {
        var peer = talk.Waiting[0].Queue.Name;
        var page = await _app.CallAsync("POST", $"/users/{talk.User}/messageroaming", new { queue = $"{peer}@easemob.com", start = -1, pull_number = 20, is_positive = false }, await _app.UserTokenAsync(talk.User));
        return page.Succeeded().Data.GetProperty("msgs").EnumerateArray().Select(one => MessageBody.Parser.ParseFrom(Meta.Parser.ParseFrom(one.GetProperty("msg").GetBytesFromBase64()).Payload));
    }

    private async Task<Talk> NewAsync(string stem) => await Talk.BeginAsync(_app, await _app.NewUserAsync(stem));
}
