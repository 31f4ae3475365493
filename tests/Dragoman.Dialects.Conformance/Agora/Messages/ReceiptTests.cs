using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Engine;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;
using Xunit;
using Type = Dragoman.Dialects.Agora.Protos.MessageBody.Types.Type;

namespace Dragoman.Dialects.Conformance.Agora.Messages;

/// <summary>Section 9.2: who has got a message, and who in a group has read it.</summary>
public sealed class ReceiptTests(SharedAgoraServer server)
{
    private readonly AgoraAppClient _app = server.Demo;

    [Fact]
    public async Task The_sender_is_told_once_that_his_message_has_arrived()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        await using var phone = await Talk.BeginAsync(_app, bob.User, "webim_phone");
        var said = await alice.SayAsync(alice.Person(bob.User), Talk.Text("hello"));
        await bob.HearAsync();
        await phone.HearAsync();

        await bob.SayAsync(bob.Person(alice.User), Talk.About(Type.DeliverAck, said));
        var (meta, body) = await alice.HearAsync();
        await phone.SayAsync(phone.Person(alice.User), Talk.About(Type.DeliverAck, said));
        await bob.SayAsync(bob.Person(alice.User), Talk.Text("and you"));

        Assert.Equal((bob.User, alice.User, Type.DeliverAck, said), (meta.From.Name, body.To.Name, body.Type, body.AckMessageId));
        Assert.Equal("and you", (await alice.HearAsync()).Body.Contents[0].Text);
        await alice.SayAsync(alice.Person(bob.User), Talk.About(Type.DeliverAck, said)); // his own, or none: nothing to tell
        await bob.SayAsync(bob.Person(alice.User), Talk.About(Type.DeliverAck, 77));
    }

    [Fact]
    public async Task Who_was_away_learns_later_that_it_has_arrived()
    {
        await using var bob = await NewAsync("bob");
        string alice;
        ulong said;
        await using (var before = await NewAsync("alice"))
        {
            alice = before.User;
            said = await before.SayAsync(before.Person(bob.User), Talk.Text("hello"));
        }

        await bob.HearAsync();
        await bob.SayAsync(bob.Person(alice), Talk.About(Type.DeliverAck, said));

        await using var again = await Talk.BeginAsync(_app, alice);
        var metas = await again.PullAsync(Assert.Single(again.Waiting).Queue);
        var body = MessageBody.Parser.ParseFrom(metas[^1].Payload);
        Assert.Equal((Type.DeliverAck, said), (body.Type, body.AckMessageId));
    }

    [Fact]
    public async Task The_sender_in_a_group_learns_who_has_read_and_how_many()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        await using var carol = await NewAsync("carol");
        var group = await NewGroupAsync(alice.User, bob.User, carol.User);
        var text = Talk.Text("read me", Type.Groupchat);
        text.MsgConfig = new() { AllowGroupAck = true };
        var said = await SayAsync(alice, group, text);
        var plain = await SayAsync(alice, group, Talk.Text("or not", Type.Groupchat));

        await AckAsync(bob, group, said, "seen");
        await AckAsync(bob, group, said, "seen again");
        await AckAsync(carol, group, said, "");
        await AckAsync(bob, group, plain, "");

        var first = await NextAckAsync(alice);
        Assert.Equal((Type.ReadAck, said, bob.User, "seen"), (first.Type, first.AckMessageId, first.From.Name, first.AckContent));
        Assert.Equal($$"""{"{{said}}":1}""", first.Ext[0].StringValue);
        Assert.Equal((carol.User, $$"""{"{{said}}":2}"""), await NextAckAsync(alice) is var second ? (second.From.Name, second.Ext[0].StringValue) : default);

        var token = await _app.UserTokenAsync(alice.User);
        var page = (await _app.CallAsync("GET", $"/chatgroups/{group}/acks/{said}?limit=1&key=undefined", token: token)).Succeeded().Data;
        Assert.Equal((2, false, bob.User), (page.GetProperty("total").GetInt32(), page.GetProperty("is_last").GetBoolean(), page.GetProperty("next_key").GetString()));
        var rest = (await _app.CallAsync("GET", $"/chatgroups/{group}/acks/{said}?limit=500&key={bob.User}", token: token)).Succeeded().Data;
        Assert.Equal([carol.User], rest.GetProperty("userlist").EnumerateArray().Select(u => u.GetString()));
        Assert.True(rest.GetProperty("is_last").GetBoolean());

        (await _app.CallAsync("GET", $"/chatgroups/{group}/acks/77", token: token)).Failed(403, "message_recall_error");
        (await _app.CallAsync("GET", $"/chatgroups/{group}/acks/{said}", token: await _app.UserTokenAsync(await _app.NewUserAsync()))).Failed(403, "forbidden_op");
    }

    private static async Task<MessageBody> NextAckAsync(Talk talk)
    {
        while (true)
        {
            var pushed = await talk.Socket.NextSyncAsync();
            foreach (var meta in pushed.Metas)
            {
                var body = MessageBody.Parser.ParseFrom(meta.Payload);
                if (meta.Ns == Meta.Types.NameSpace.Chat && body.Type == Type.ReadAck) return body;
            }
        }
    }

    /// <summary>Others' events may come before the answer.</summary>
    private static async Task<ulong> SayAsync(Talk talk, string group, MessageBody body)
    {
        var id = Talk.NextMetaId();
        await talk.Socket.SyncAsync(new CommSyncUL { Meta = new() { Id = id, To = talk.Group(group), Ns = Meta.Types.NameSpace.Chat, Payload = Google.Protobuf.MessageExtensions.ToByteString(body) } });
        while (true)
        {
            var answer = await talk.Socket.NextSyncAsync();
            if (answer.MetaId != id) continue;
            Assert.True(answer.Status.ErrorCode == Status.Types.ErrorCode.Ok, answer.Status.Reason);
            return answer.ServerId;
        }
    }

    private static Task AckAsync(Talk talk, string group, ulong message, string text)
    {
        var body = Talk.About(Type.ReadAck, message);
        body.MsgConfig = new() { AllowGroupAck = true };
        body.AckContent = text;
        return SayAsync(talk, group, body);
    }

    private async Task<string> NewGroupAsync(string owner, params string[] members)
    {
        var (app, by) = (server.AppIdOf("demo"), new UserId(owner));
        var group = new Group { App = app, Id = new GroupId($"{Random.Shared.NextInt64(1, int.MaxValue)}"), Owner = by, Creator = by, Name = "group" };
        var founded = await server.Get<CreateGroup>().RunAsync(
            new Caller(app, by, IsAdministrator: true), group, [.. members.Select(m => (new UserId(m), GroupRole.Member))], NoticeReach.Nobody, TestContext.Current.CancellationToken);
        Assert.True(founded.TryGet(out _, out var refusal), refusal?.Condition.ToString());
        return group.Id.Value;
    }

    private async Task<Talk> NewAsync(string stem) => await Talk.BeginAsync(_app, await _app.NewUserAsync(stem));
}
