using System.Globalization;
using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Webhooks;

/// <summary>Section 14, what is asked before phones are woken. There is no sender of pushes yet: what would be sent is in the log.</summary>
public sealed class OfflinePushTests(WebhookServer server) : IClassFixture<WebhookServer>
{
    private const string Command = "callbackBeforeOfflinePushCommand";
    private const int Phone = 1;

    private readonly OpenImAppClient _app = server.Demo;
    private readonly WebhookReceiver _hooks = server.Receiver;

    [Fact]
    public async Task Who_has_no_phone_connected_is_asked_about()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var users = await _app.NewUsersAsync("away", "phone", "web", "silent");
        await using var phone = await _app.ConnectAsync(users[1], await _app.TokenAsync(users[1], Phone), Phone);
        await using var web = await _app.ConnectAsync(users[2], await _app.TokenAsync(users[2]));
        var group = await _app.NewGroupAsync(alice.UserId, users);
        (await _app.AdminPostAsync("/conversation/set_conversations", new { userIDs = new[] { users[3] }, conversation = new { conversationType = 3, groupID = group, recvMsgOpt = 2 } })).Succeeded();
        var message = alice.TextToGroup(group, "hello");
        message.OfflinePushInfo = new OfflinePushInfo { Title = "title", Desc = "desc", Ex = "ex", IOSPushSound = "bell", IOSBadgeCount = true, SignalInfo = "signal" };

        await alice.SayAsync(message);

        var asked = await AboutAsync(alice.UserId);
        Assert.Equal([users[0], users[2]], asked.Body.GetProperty("userIDList").EnumerateArray().Select(u => u.GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(("title", "desc", "ex", "bell", "signal"), (asked.String("title"), asked.String("desc"), asked.String("ex"), asked.String("iOSPushSound"), asked.String("signalInfo")));
        Assert.True(asked.Body.GetProperty("iOSBadgeCount").GetBoolean());
        Assert.Equal((group, message.ClientMsgID, 101, 3), (asked.String("groupID"), asked.String("clientMsgID"), asked.Number("contentType"), asked.Number("sessionType")));
        Assert.Equal((5, "Web", """{"content":"hello"}"""), (asked.Number("platformID"), asked.String("platform"), asked.String("content")));
        Assert.NotEmpty(asked.String("operationID"));
        Assert.Empty(asked.Body.GetProperty("atUserIDList").EnumerateArray());
    }

    [Fact]
    public async Task An_iphone_in_the_background_has_to_be_woken()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        await using var phone = await _app.ConnectAsync(bob, await _app.TokenAsync(bob, Phone), Phone, extra: "&isMsgResp=true&isBackground=true");

        await alice.SayAsync(alice.TextTo(bob, "hello"));

        Assert.Equal(bob, (await AboutAsync(alice.UserId)).Body.GetProperty("userIDList")[0].GetString());
    }

    [Fact]
    public async Task A_message_that_is_to_wake_nobody_is_not_asked_about()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        var quiet = alice.TextTo(bob, "quiet");
        quiet.Options["offlinePush"] = false;

        await alice.SayAsync(quiet);
        await alice.SayAsync(alice.TextTo(bob, "loud"));

        await AboutAsync(alice.UserId);
        Assert.Single(_hooks.CallsOf(Command), c => c.String("sendID") == alice.UserId);
    }

    [Fact]
    public async Task A_refusal_wakes_nobody()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        AnswerAbout(alice.UserId, new { actionCode = 0, nextCode = 1, errCode = 20001, errMsg = "not today" });

        var sent = await alice.SayAsync(alice.TextTo(bob, "hello"));

        await LoggedAsync(sent, "wakes no phones (RefusedByHook)");
    }

    [Fact]
    public async Task The_answer_says_whose_phones_are_woken_and_what_they_show()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        AnswerAbout(alice.UserId, new { userIDList = new[] { "one", "two", "three" }, offlinePushInfo = new { title = "other", desc = "text" } });

        var sent = await alice.SayAsync(alice.TextTo(bob, "hello"));

        await LoggedAsync(sent, "would wake 3 phones, rewritten: True");
    }

    private readonly Dictionary<string, string> _answers = [];

    private void AnswerAbout(string sender, object answer)
    {
        _answers[sender] = JsonSerializer.Serialize(answer);
        _hooks.Answer(Command, call => Task.FromResult(_answers.GetValueOrDefault(call.String("sendID"), "{}")));
    }

    private Task LoggedAsync(SendMsgResp sent, string words) => Eventually.TrueAsync(
        () => server.Log.Lines.Any(line => OpenImIds.ServerMsgId(new MessageId(IdOf(line))) == sent.ServerMsgID && line.Contains(words, StringComparison.Ordinal)),
        words,
        () => string.Join('\n', server.Log.Lines));

    /// <summary>The lines begin with "Message" and its number.</summary>
    private static long IdOf(string line) => long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);

    private Task<WebhookCall> AboutAsync(string sender) => _hooks.NextAsync(Command, c => c.String("sendID") == sender);
}
