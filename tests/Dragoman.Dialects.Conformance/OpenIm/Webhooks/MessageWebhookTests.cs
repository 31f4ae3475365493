using System.Text;
using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Protos;
using Google.Protobuf;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Webhooks;

/// <summary>Section 14, what is asked before a message and told after it.</summary>
public sealed class MessageWebhookTests(WebhookServer server) : IClassFixture<WebhookServer>
{
    private const string BeforeSingle = "callbackBeforeSendSingleMsgCommand", AfterSingle = "callbackAfterSendSingleMsgCommand";
    private const string BeforeGroup = "callbackBeforeSendGroupMsgCommand", AfterGroup = "callbackAfterSendGroupMsgCommand";
    private const string Modify = "callbackBeforeMsgModifyCommand", Saved = "callbackAfterMsgSaveDBCommand";
    private readonly OpenImAppClient _app = server.Demo;
    private readonly WebhookReceiver _hooks = server.Receiver;

    [Fact]
    public async Task A_single_message_is_asked_about_with_all_that_it_says()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        var message = alice.TextTo(bob, "hello");
        message.AtUserIDList.Add("somebody");
        message.Ex = "extra";
        message.SenderFaceURL = "face";

        await alice.SayAsync(message);

        var call = await _hooks.NextAsync(BeforeSingle, c => c.String("sendID") == alice.UserId);
        Assert.Equal(("application/json; charset=utf-8", "op", BeforeSingle), (call.ContentType, call.OperationId, call.String("callbackCommand")));
        Assert.Equal((bob, message.ClientMsgID, alice.UserId, "face", "extra"), (call.String("recvID"), call.String("clientMsgID"), call.String("senderNickname"), call.String("faceURL"), call.String("ex")));
        Assert.Equal((5, 1, 100, 101), (call.Number("senderPlatformID"), call.Number("sessionType"), call.Number("msgFrom"), call.Number("contentType")));
        Assert.Equal(("""{"content":"hello"}""", "op"), (call.String("content"), call.String("operationID")));
        Assert.Equal(["somebody"], call.Body.GetProperty("atUserList").EnumerateArray().Select(e => e.GetString()));
    }

    [Fact]
    public async Task A_sent_message_is_told_with_its_place_and_a_key_to_answer_by()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewUserAsync("bob");

        var sent = await alice.SayAsync(alice.TextTo(bob, "hello"));

        var call = await _hooks.NextAsync(AfterSingle, c => c.String("sendID") == alice.UserId);
        Assert.Equal((sent.ServerMsgID, bob, 1, 2), (call.String("serverMsgID"), call.String("recvID"), call.Number("seq"), call.Number("status")));
        Assert.Equal(sent.SendTime, call.Body.GetProperty("sendTime").GetInt64());
        var key = JsonDocument.Parse(Convert.FromBase64String(Uri.UnescapeDataString(call.Query["?key=".Length..]))).RootElement;
        Assert.Equal((alice.UserId, bob, ""), (key.GetProperty("sendID").GetString(), key.GetProperty("recvID").GetString(), key.GetProperty("groupID").GetString()));
        var saved = await _hooks.NextAsync(Saved, c => c.String("sendID") == alice.UserId);
        Assert.Equal((sent.ServerMsgID, bob, ""), (saved.String("serverMsgID"), saved.String("recvID"), saved.String("groupID")));
    }

    [Fact]
    public async Task A_group_message_is_asked_about_and_told()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var group = await _app.NewGroupAsync(alice.UserId, []);

        await alice.SayAsync(alice.TextToGroup(group, "hello"));

        Assert.Equal(group, (await _hooks.NextAsync(BeforeGroup, c => c.String("sendID") == alice.UserId)).String("groupID"));
        Assert.Equal(group, (await _hooks.NextAsync(AfterGroup, c => c.String("sendID") == alice.UserId)).String("groupID"));
        Assert.Equal(group, (await _hooks.NextAsync("callbackBeforeGroupOnlinePushCommand", c => c.String("sendID") == alice.UserId)).String("groupID"));
    }

    [Fact]
    public async Task A_single_message_is_asked_about_once_more_before_it_is_shown()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewUserAsync("bob");

        await alice.SayAsync(alice.TextTo(bob, "hello"));

        var call = await _hooks.NextAsync("callbackBeforeOnlinePushCommand", c => c.String("sendID") == alice.UserId);
        Assert.Equal(bob, Assert.Single(call.Body.GetProperty("userIDList").EnumerateArray()).GetString());
        Assert.Equal((1, 101), (call.Body.GetProperty("sessionType").GetInt32(), call.Body.GetProperty("contentType").GetInt32()));
    }

    [Theory]
    [InlineData(20001)]
    [InlineData(29999)]
    public async Task A_refusal_reaches_the_sender_and_nothing_is_stored(int code)
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        RefuseFor(BeforeSingle, alice.UserId, $$"""{"actionCode":0,"nextCode":1,"errCode":{{code}},"errMsg":"not today","errDlt":"because"}""");

        var reply = await alice.RequestAsync(Requests.SendMsg, alice.TextTo(bob, "never"));

        Assert.Equal((code, "not today"), (reply.ErrCode, reply.ErrMsg));
        Assert.Empty((await alice.AskAsync(Requests.GetNewestSeq, new GetMaxSeqReq { UserID = alice.UserId }, GetMaxSeqResp.Parser)).MaxSeqs);
    }

    [Fact]
    public async Task A_refusal_without_a_code_answers_500()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        RefuseFor(BeforeSingle, alice.UserId, """{"actionCode":0,"nextCode":1,"errCode":0,"errMsg":"no"}""");

        Assert.Equal(500, (await alice.RequestAsync(Requests.SendMsg, alice.TextTo(bob, "never"))).ErrCode);
    }

    [Fact]
    public async Task A_group_refusal_reaches_the_sender()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var group = await _app.NewGroupAsync(alice.UserId, []);
        RefuseFor(BeforeGroup, alice.UserId, """{"actionCode":0,"nextCode":1,"errCode":20002,"errMsg":"quiet"}""");

        Assert.Equal(20002, (await alice.RequestAsync(Requests.SendMsg, alice.TextToGroup(group, "never"))).ErrCode);
    }

    [Fact]
    public async Task A_message_is_rewritten_for_everybody_and_the_sender_learns_how()
    {
        await using var alice = await _app.NewClientAsync("alice");
        await using var bob = await _app.NewClientAsync("bob");
        RefuseFor(Modify, alice.UserId, """{"actionCode":0,"nextCode":0,"content":"{\"content\":\"better\"}","senderNickname":"Al","ex":"rewritten"}""");

        var sent = await alice.SayAsync(alice.TextTo(bob.UserId, "worse"));

        Assert.Equal("""{"content":"better"}""", sent.Modify.Content.ToStringUtf8());
        var pushed = (await bob.TextPushAsync("better")).Message;
        Assert.Equal(("Al", "rewritten", sent.ServerMsgID, 1L), (pushed.SenderNickname, pushed.Ex, pushed.ServerMsgID, pushed.Seq));
        var call = await _hooks.NextAsync(AfterSingle, c => c.String("sendID") == alice.UserId);
        Assert.Equal("""{"content":"better"}""", call.String("content"));
    }

    [Fact]
    public async Task A_message_is_sent_on_to_somebody_else()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        await using var carol = await _app.NewClientAsync("carol");
        RefuseFor(Modify, alice.UserId, $$"""{"actionCode":0,"nextCode":0,"recvID":"{{carol.UserId}}"}""");

        await alice.SayAsync(alice.TextTo(bob, "for carol"));

        Assert.Equal(carol.UserId, (await carol.TextPushAsync("for carol")).Message.RecvID);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[1]")]
    [InlineData("7")]
    public async Task Content_that_is_no_object_answers_1001(string content)
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        RefuseFor(Modify, alice.UserId, JsonSerializer.Serialize(new { actionCode = 0, nextCode = 0, content }));

        Assert.Equal(1001, (await alice.RequestAsync(Requests.SendMsg, alice.TextTo(bob, "never"))).ErrCode);
    }

    [Fact]
    public async Task The_app_chooses_who_of_a_group_is_shown_a_message()
    {
        await using var alice = await _app.NewClientAsync("alice");
        await using var bob = await _app.NewClientAsync("bob");
        await using var carol = await _app.NewClientAsync("carol");
        await using var stranger = await _app.NewClientAsync("stranger");
        var group = await _app.NewGroupAsync(alice.UserId, [bob.UserId, carol.UserId]);
        RefuseFor(
            "callbackBeforeGroupOnlinePushCommand",
            alice.UserId,
            JsonSerializer.Serialize(new { actionCode = 0, nextCode = 0, userIDList = new[] { bob.UserId, stranger.UserId } }));

        await alice.SayAsync(alice.TextToGroup(group, "for bob"));
        await bob.TextPushAsync("for bob");
        await alice.SayAsync(alice.TextTo(carol.UserId, "now"));
        await carol.TextPushAsync("now");

        Assert.DoesNotContain(carol.Messages, p => p.Text.Contains("for bob", StringComparison.Ordinal));
        Assert.Empty(stranger.Messages);
        var pulled = await carol.AskAsync(Requests.GetNewestSeq, new GetMaxSeqReq { UserID = carol.UserId }, GetMaxSeqResp.Parser);
        Assert.Equal(2, pulled.MaxSeqs[$"sg_{group}"]);
    }

    [Theory]
    [InlineData(113, "typing")]
    [InlineData(110, "a denied type")]
    public async Task Some_messages_are_nobodys_business(int contentType, string because)
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        var message = alice.TextTo(bob, because);
        message.ContentType = contentType;

        await alice.SayAsync(message);
        await alice.SayAsync(alice.TextTo(bob, "told"));

        await _hooks.NextAsync(AfterSingle, c => c.String("sendID") == alice.UserId && c.Number("contentType") == 101);
        Assert.DoesNotContain(_hooks.Calls, c =>
            c.Text.Contains(alice.UserId, StringComparison.Ordinal)
            && c.Command != Modify
            && c.Body.TryGetProperty("contentType", out var said)
            && said.GetInt32() == contentType);
    }

    [Fact]
    public async Task What_happens_to_messages_is_told()
    {
        await using var alice = await _app.NewClientAsync("alice");
        await using var bob = await _app.NewClientAsync("bob");
        await alice.SayAsync(alice.TextTo(bob.UserId, "hello"));
        var conversation = (await bob.TextPushAsync("hello")).ConversationId;

        (await bob.PostAsync("/msg/mark_conversation_as_read", new { conversationID = conversation, userID = bob.UserId, hasReadSeq = 1, seqs = new[] { 1 } })).Succeeded();
        (await alice.PostAsync("/msg/revoke_msg", new { conversationID = conversation, seq = 1, userID = alice.UserId })).Succeeded();

        var read = await _hooks.NextAsync("callbackAfterSingleMsgReadCommand", c => c.String("userID") == bob.UserId);
        Assert.Equal((conversation, 1), (read.String("conversationID"), read.Number("contentType")));
        Assert.Equal([1], read.Body.GetProperty("Seqs").EnumerateArray().Select(e => e.GetInt32()));
        var revoked = await _hooks.NextAsync("callbackBeforeAfterMsgCommand", c => c.String("userID") == alice.UserId);
        Assert.Equal((conversation, 1), (revoked.String("conversationID"), revoked.Number("seq")));
    }

    [Fact]
    public async Task A_read_group_is_told()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewLoginAsync("bob");
        var group = await _app.NewGroupAsync(alice.UserId, [bob.Id]);
        await alice.SayAsync(alice.TextToGroup(group, "one"));
        await alice.SayAsync(alice.TextToGroup(group, "two"));

        (await _app.PostAsync("/msg/mark_conversation_as_read", new { conversationID = $"sg_{group}", userID = bob.Id, hasReadSeq = 2 }, bob.Token)).Succeeded();

        var read = await _hooks.NextAsync("callbackAfterGroupMsgReadCommand", c => c.String("sendID") == bob.Id);
        Assert.Equal((group, 1, 3), (read.String("receiveID"), read.Number("unreadMsgNum"), read.Number("contentType")));
    }

    [Fact]
    public async Task A_server_that_is_away_lets_pass_or_answers_90004_as_the_app_wishes()
    {
        Assert.Equal(90004, await SendCodeAsync("alone"));
        Assert.Equal(0, await SendCodeAsync("lenient"));
    }

    [Fact]
    public async Task An_answer_that_is_no_json_answers_90007()
    {
        _hooks.Answer($"strict/{BeforeSingle}", "<html>");

        Assert.Equal(90007, await SendCodeAsync("strict"));

        _hooks.Answer($"strict/{BeforeSingle}", json: null);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_counts_as_away()
    {
        var release = new TaskCompletionSource();
        _hooks.Answer($"strict/{BeforeSingle}", async _ =>
        {
            await release.Task;
            return "{}";
        });

        Assert.Equal(90004, await SendCodeAsync("strict"));

        release.SetResult();
        _hooks.Answer($"strict/{BeforeSingle}", json: null);
    }

    private async Task<int> SendCodeAsync(string app)
    {
        await using var alice = await server.App(app).NewClientAsync("alice");
        var bob = await server.App(app).NewUserAsync("bob");
        return (await alice.RequestAsync(Requests.SendMsg, alice.TextTo(bob, "hello"))).ErrCode;
    }

    /// <summary>Answers so when it is about this sender, so that tests do not meet.</summary>
    private readonly Dictionary<(string, string), string> _special = [];

    private void RefuseFor(string command, string sender, string json)
    {
        _special[(command, sender)] = json;
        _hooks.Answer(command, call => Task.FromResult(
            _special.GetValueOrDefault((command, call.String("sendID")), """{"actionCode":0,"nextCode":0}""")));
    }
}
