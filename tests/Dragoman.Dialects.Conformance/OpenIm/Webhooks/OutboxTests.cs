using System.Collections.Concurrent;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Webhooks;

/// <summary>What is told afterwards waits on disk until somebody hears it.</summary>
public sealed class OutboxTests(WebhookServer server) : IClassFixture<WebhookServer>
{
    private const string AfterSingle = "callbackAfterSendSingleMsgCommand";

    [Fact]
    public async Task Events_outlive_restarts_of_the_receiver_and_of_the_server()
    {
        await using var alice = await server.Demo.NewClientAsync("alice");
        var bob = await server.Demo.NewUserAsync("bob");

        await server.Receiver.StopAsync();
        for (var i = 0; i < 5; i++) await alice.SayAsync(alice.TextTo(bob, $"while away {i}"));
        await server.RestartAsync();
        await server.Receiver.RestartAsync();

        for (var i = 0; i < 5; i++)
            await server.Receiver.NextAsync(AfterSingle, c => c.String("content").Contains($"while away {i}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_happens_to_groups_and_sessions_is_told_after_a_restart()
    {
        var owner = await server.Demo.NewUserAsync("owner");
        var group = await server.Demo.NewGroupAsync(owner, []);
        await server.Receiver.NextAsync("callbackAfterCreateGroupCommand", c => c.String("groupID") == group);

        await server.Receiver.StopAsync();
        (await server.Demo.AdminPostAsync("/group/set_group_info_ex", new { groupID = group, groupName = "while away" })).Succeeded();
        (await server.Demo.AdminPostAsync("/group/dismiss_group", new { groupID = group })).Succeeded();
        await using (await server.Demo.ConnectAsync(owner, await server.Demo.TokenAsync(owner)))
            await server.RestartAsync();
        await server.Receiver.RestartAsync();

        Assert.Equal("while away", (await server.Receiver.NextAsync("callbackAfterSetGroupInfoExCommand", c => c.String("groupID") == group)).String("groupName"));
        await server.Receiver.NextAsync("callbackAfterDisMissGroupCommand", c => c.String("groupID") == group);
        await server.Receiver.NextAsync("callbackAfterUserOnlineCommand", c => c.String("userID") == owner);
    }

    [Fact]
    public async Task Each_conversation_is_told_in_its_order_while_the_receiver_is_slow_and_cuts_the_line_now_and_then()
    {
        await using var alice = await server.Demo.NewClientAsync("alice");
        var users = await server.Demo.NewUsersAsync("bob", "carol");
        var heard = new ConcurrentQueue<(string Receiver, int Seq)>();
        var calls = 0;
        server.Receiver.Answer(AfterSingle, async call =>
        {
            if (call.String("sendID") != alice.UserId) return "{}";
            if (Interlocked.Increment(ref calls) % 11 == 0) return WebhookReceiver.HangUp;
            await Task.Delay(TimeSpan.FromMilliseconds(2));
            heard.Enqueue((call.String("recvID"), call.Number("seq")));
            return "{}";
        });

        for (var i = 0; i < 100; i++)
        {
            foreach (var user in users) await alice.SayAsync(alice.TextTo(user, $"number {i}"));
        }

        await Eventually.TrueAsync(() => heard.Count >= 200, "200 messages are told", () => $"{heard.Count} were");
        foreach (var user in users) Assert.Equal(Enumerable.Range(1, 100), heard.Where(h => h.Receiver == user).Select(h => h.Seq));
        server.Receiver.Answer(AfterSingle, json: null);
    }
}
