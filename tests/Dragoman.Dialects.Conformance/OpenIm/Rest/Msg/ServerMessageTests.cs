using System.Net;
using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Protos;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Rest.Msg;

/// <summary><c>/msg/send_msg</c>: section 5.1.</summary>
public sealed class SendMsgTests(SharedServer server)
{
    private static readonly object Picture = new { type = "png", width = 1, height = 1, url = "u" };
    private readonly OpenImAppClient _app = server.Demo;

    public static TheoryData<int, string, string> MissingMembers => new()
    {
        { 101, "{}", "Key: 'TextElem.Content' Error:Field validation for 'Content' failed on the 'required' tag" },
        { 118, """{"content":""}""", "Key: 'MarkdownTextElem.Content' Error:Field validation for 'Content' failed on the 'required' tag" },
        { 102, """{"sourcePicture":{"type":"png","width":1,"height":1}}""", "Key: 'PictureElem.SourcePicture.Url' Error:Field validation for 'Url' failed on the 'required' tag" },
        { 103, """{"sourceUrl":"u","duration":0}""", "Key: 'SoundElem.Duration' Error:Field validation for 'Duration' failed on the 'required' tag" },
        { 104, """{"videoUrl":"u"}""", "Key: 'VideoElem.VideoType' Error:Field validation for 'VideoType' failed on the 'required' tag" },
        { 105, """{"sourceUrl":"u","fileName":"f"}""", "Key: 'FileElem.FileSize' Error:Field validation for 'FileSize' failed on the 'required' tag" },
        { 106, """{"text":"t","atUserList":[]}""", "Key: 'AtElem.AtUserList' Error:Field validation for 'AtUserList' failed on the 'required' tag" },
        { 110, """{"description":"d"}""", "Key: 'CustomElem.Data' Error:Field validation for 'Data' failed on the 'required' tag" },
        { 114, """{"text":"t"}""", "Key: 'QuoteElem.QuoteMessage' Error:Field validation for 'QuoteMessage' failed on the 'required' tag" },
        { 1400, """{"notificationName":"n","notificationType":1,"text":"t","mixType":6}""", "Key: 'OANotificationElem.MixType' Error:Field validation for 'MixType' failed on the 'max' tag" },
    };

    public static TheoryData<int, object> Contents => new()
    {
        { 101, new { content = "hi" } },
        { 102, new { sourcePicture = Picture, bigPicture = Picture, snapshotPicture = Picture } },
        { 103, new { sourceUrl = "u", duration = 1 } },
        { 104, new { videoUrl = "u", videoType = "mp4", videoSize = 1, duration = 1, snapshotUrl = "s", snapshotWidth = 1, snapshotHeight = 1 } },
        { 105, new { sourceUrl = "u", fileName = "f", fileSize = 1 } },
        { 106, new { text = "t", atUserList = new[] { "AtAllTag" }, isAtSelf = false } },
        { 110, new { data = "d", description = "", extension = "" } },
        { 114, new { text = "t", quoteMessage = new { seq = 1 } } },
        { 118, new { content = "# hi" } },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task Every_content_type_arrives(int contentType, object content)
    {
        await using var bob = await _app.NewClientAsync("bob");
        var alice = await _app.NewUserAsync("alice");

        var data = (await _app.AdminPostAsync("/msg/send_msg", Body(alice, bob.UserId, contentType, content))).Succeeded().Data;

        var pushed = (await bob.PushAsync(p => p.Message.ContentType == contentType, $"type {contentType}")).Message;
        Assert.Equal((alice, bob.UserId, 200, 1L, 2), (pushed.SendID, pushed.RecvID, pushed.MsgFrom, pushed.Seq, pushed.Status));
        Assert.Equal((pushed.ServerMsgID, pushed.ClientMsgID, pushed.SendTime), (data.GetProperty("serverMsgID").GetString(), data.GetProperty("clientMsgID").GetString(), data.GetProperty("sendTime").GetInt64()));
        Assert.Matches("^[0-9a-f]{32}$", pushed.ClientMsgID);
        Assert.Equal(JsonSerializer.Serialize(content), pushed.Content.ToStringUtf8());
        Assert.False(data.TryGetProperty("modify", out _));
    }

    [Theory]
    [MemberData(nameof(MissingMembers))]
    public async Task Content_that_lacks_something_answers_500(int contentType, string content, string detail) =>
        (await _app.AdminPostAsync("/msg/send_msg", Body("a", "b", contentType, JsonDocument.Parse(content).RootElement))).Failed(500, "ServerInternalError", detail);

    [Theory]
    [InlineData(113)]
    [InlineData(2101)]
    [InlineData(9999)]
    public async Task Other_content_types_answer_1001(int contentType) => (await _app.AdminPostAsync("/msg/send_msg", Body("a", "b", contentType, new { content = "x" })))
        .Failed(1001, "ArgsError", $"unsupported content type, contentType={contentType}");

    [Theory]
    [InlineData("sendID")]
    [InlineData("content")]
    [InlineData("contentType")]
    [InlineData("sessionType")]
    public async Task A_body_without_a_required_member_has_status_400(string member)
    {
        var body = JsonSerializer.SerializeToNode(Body("a", "b", 101, new { content = "x" }))!.AsObject();
        body.Remove(member);
        var reply = await _app.AdminPostAsync("/msg/send_msg", body.ToJsonString());
        var field = char.ToUpperInvariant(member[0]) + member[1..];
        Assert.Equal((HttpStatusCode.BadRequest, 1001, $"Key: '{field}' Error:Field validation for '{field}' failed on the 'required' tag"), (reply.Status, reply.ErrCode, reply.ErrDlt));
    }

    [Theory]
    [InlineData(1, "recvID")]
    [InlineData(3, "groupID")]
    [InlineData(2, "groupID")]
    public async Task A_receiver_has_to_be_named(int sessionType, string member)
    {
        var reply = await _app.AdminPostAsync("/msg/send_msg", new { sendID = "a", content = new { content = "x" }, contentType = 101, sessionType });
        Assert.Equal(1001, reply.ErrCode);
        Assert.Contains(char.ToUpperInvariant(member[0]) + member[1..], reply.ErrDlt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_administrators_may()
    {
        var alice = await _app.NewLoginAsync("alice");
        (await _app.PostAsync("/msg/send_msg", Body(alice.Id, "b", 101, new { content = "x" }), alice.Token)).Failed(1002, "NoPermissionError", "only app manager can send message");
    }

    [Fact]
    public async Task An_unknown_receiver_answers_1004() =>
        (await _app.AdminPostAsync("/msg/send_msg", Body(await _app.NewUserAsync("alice"), "nobody", 101, new { content = "x" }))).Failed(1004);

    [Fact]
    public async Task Who_is_online_only_is_told_once()
    {
        await using var bob = await _app.NewClientAsync("bob");
        var alice = await _app.NewUserAsync("alice");
        (await _app.AdminPostAsync("/msg/send_msg", new { sendID = alice, recvID = bob.UserId, content = new { content = "now" }, contentType = 101, sessionType = 1, isOnlineOnly = true })).Succeeded();
        Assert.Equal(0, (await bob.TextPushAsync("now")).Message.Seq);
        Assert.Empty((await bob.AskAsync(Requests.GetNewestSeq, new GetMaxSeqReq { UserID = bob.UserId }, GetMaxSeqResp.Parser)).MaxSeqs);
    }

    [Fact]
    public async Task A_group_hears_the_app_speak_as_a_member()
    {
        await using var bob = await _app.NewClientAsync("bob");
        var group = await _app.NewGroupAsync(bob.UserId, []);
        (await _app.AdminPostAsync("/msg/send_msg", new { sendID = bob.UserId, groupID = group, content = new { content = "hello" }, contentType = 101, sessionType = 3 })).Succeeded();
        Assert.Equal($"sg_{group}", (await bob.TextPushAsync("hello")).ConversationId);
    }

    [Fact]
    public async Task An_administrator_speaks_in_groups_that_he_is_not_in_and_others_answer_1203()
    {
        await using var bob = await _app.NewClientAsync("bob");
        var group = await _app.NewGroupAsync(bob.UserId, []);
        (await _app.AdminPostAsync("/msg/send_msg", new { sendID = OpenImAppClient.Admin, groupID = group, content = new { content = "news" }, contentType = 101, sessionType = 3 })).Succeeded();
        await bob.TextPushAsync("news");
        (await _app.AdminPostAsync("/msg/send_msg", new { sendID = await _app.NewUserAsync("carol"), groupID = group, content = new { content = "x" }, contentType = 101, sessionType = 3 })).Failed(1203);
    }

    [Fact]
    public async Task A_notification_account_announces_and_others_may_not()
    {
        await using var bob = await _app.NewClientAsync("bob");
        var news = OpenImAppClient.Unique("news");
        (await _app.AdminPostAsync("/user/add_notification_account", new { userID = news, nickName = "News", appMangerLevel = 3 })).Succeeded();
        var content = new { notificationName = "n", notificationType = 1, text = "t", mixType = 0, notificationFaceURL = "", url = "", ex = "" };

        (await _app.AdminPostAsync("/msg/send_msg", Body(news, bob.UserId, 1400, content))).Succeeded();

        var pushed = await bob.PushAsync(p => p.Message.ContentType == 1400, "the announcement");
        Assert.Equal((4, 1L), (pushed.Message.SessionType, pushed.Message.Seq));
        Assert.StartsWith("sn_", pushed.ConversationId, StringComparison.Ordinal);
        Assert.Equal(JsonSerializer.Serialize(content), JsonDocument.Parse(pushed.Text).RootElement.GetProperty("detail").GetString());
        (await _app.AdminPostAsync("/msg/send_msg", Body("nobody", bob.UserId, 1400, content))).Failed(1101);
        (await _app.AdminPostAsync("/msg/send_msg", Body(await _app.NewUserAsync("alice"), bob.UserId, 1400, content))).Failed(1002, "NoPermissionError", "notification messages cannot be sent for this ID");
    }

    private static object Body(string sendID, string recvID, int contentType, object content) =>
        new { sendID, recvID, content, contentType, sessionType = contentType == 1400 ? 4 : 1, senderPlatformID = 1 };
}

public sealed class BatchSendMsgTests(SharedServer server)
{
    [Fact]
    public async Task Who_can_be_reached_has_it_and_the_others_are_named()
    {
        await using var bob = await server.Demo.NewClientAsync("bob");
        await using var carol = await server.Demo.NewClientAsync("carol");
        var alice = await server.Demo.NewUserAsync("alice");
        var data = (await server.Demo.AdminPostAsync("/msg/batch_send_msg", new { sendID = alice, recvIDs = new[] { bob.UserId, "nobody", carol.UserId }, content = new { content = "to all" }, contentType = 101, sessionType = 1 })).Succeeded().Data;

        Assert.Equal([bob.UserId, carol.UserId], data.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("recvID").GetString()));
        Assert.Equal(["nobody"], data.GetProperty("failedUserIDs").EnumerateArray().Select(r => r.GetString()));
        await bob.TextPushAsync("to all");
        await carol.TextPushAsync("to all");
    }

    [Fact]
    public async Task Only_administrators_may_and_receivers_have_to_be_named()
    {
        var alice = await server.Demo.NewLoginAsync("alice");
        var body = new { sendID = alice.Id, recvIDs = new[] { "b" }, content = new { content = "x" }, contentType = 101, sessionType = 1 };
        (await server.Demo.PostAsync("/msg/batch_send_msg", body, alice.Token)).Failed(1002);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Demo.AdminPostAsync("/msg/batch_send_msg", new { body.sendID, body.content, body.contentType, body.sessionType })).Status);
    }
}

public sealed class CheckMsgIsSendSuccessTests(SharedServer server)
{
    [Fact]
    public async Task A_send_is_remembered_by_its_operation()
    {
        var users = await server.Demo.NewUsersAsync("alice", "bob");
        var (good, bad) = (OpenImAppClient.Unique("operation"), OpenImAppClient.Unique("operation"));
        await SendAsync(users[1], good);
        await SendAsync("nobody", bad);
        Assert.Equal((2, 3, 0), (await StatusAsync(good), await StatusAsync(bad), await StatusAsync("never")));

        async Task SendAsync(string recvID, string operation) => await server.Demo.PostAsync(
            "/msg/send_msg", JsonSerializer.Serialize(new { sendID = users[0], recvID, content = new { content = "x" }, contentType = 101, sessionType = 1 }), operation, await server.Demo.AdminTokenAsync());
        async Task<int> StatusAsync(string operation) =>
            (await server.Demo.PostAsync("/msg/check_msg_is_send_success", "{}", operation, await server.Demo.AdminTokenAsync())).Succeeded().Data.GetProperty("status").GetInt32();
    }
}

public sealed class SendBusinessNotificationTests(SharedServer server)
{
    private readonly OpenImAppClient _app = server.Demo;

    [Fact]
    public async Task Clients_hear_of_it_without_a_place_in_the_chat()
    {
        await using var bob = await _app.NewClientAsync("bob");
        var alice = await _app.NewUserAsync("alice");
        (await _app.AdminPostAsync("/msg/send_business_notification", new { key = "k", data = "d", sendUserID = alice, recvUserID = bob.UserId })).Succeeded();

        var pushed = await bob.PushAsync(p => p.Message.ContentType == 2001, "the notification");
        Assert.True(pushed.IsNotification);
        Assert.Equal(0, pushed.Message.Seq);
        Assert.Equal("""{"key":"k","data":"d"}""", JsonDocument.Parse(pushed.Text).RootElement.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Level_2_is_stored_in_the_channel_and_a_visible_copy_in_the_chat()
    {
        await using var bob = await _app.NewClientAsync("bob");
        var group = await _app.NewGroupAsync(bob.UserId, []);
        (await _app.AdminPostAsync("/msg/send_business_notification", new { key = "k", data = "d", sendUserID = bob.UserId, recvGroupID = group, reliabilityLevel = 2, sendMsg = true })).Succeeded();

        Assert.Equal(1, (await bob.PushAsync(p => p.Message.ContentType == 2001 && p.IsNotification, "the notification")).Message.Seq);
        Assert.Equal(2, (await bob.PushAsync(p => p.Message.ContentType == 2001 && !p.IsNotification, "the copy")).Message.Seq);
        var seqs = (await bob.AskAsync(Requests.GetNewestSeq, new GetMaxSeqReq { UserID = bob.UserId }, GetMaxSeqResp.Parser)).MaxSeqs;
        Assert.Equal((1L, 2L), (seqs[$"n_{group}"], seqs[$"sg_{group}"]));
    }

    [Fact]
    public async Task Exactly_one_receiver_is_named()
    {
        (await _app.AdminPostAsync("/msg/send_business_notification", new { sendUserID = "a" })).Failed(1001);
        (await _app.AdminPostAsync("/msg/send_business_notification", new { sendUserID = "a", recvUserID = "b", recvGroupID = "g" })).Failed(1001);
        (await _app.PostAsync("/msg/send_business_notification", new { sendUserID = "a", recvUserID = "b" }, (await _app.NewLoginAsync("alice")).Token)).Failed(1002);
    }
}

public sealed class SendSimpleMsgTests(SharedServer server)
{
    private readonly OpenImAppClient _app = server.Demo;

    [Fact]
    public async Task The_answer_goes_back_to_who_spoke()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewLoginAsync("bob");
        (await _app.PostAsync($"/msg/send_simple_msg?key={Key(alice.UserId, bob.Id, "")}", new { content = "**hi**" }, bob.Token)).Succeeded();
        var pushed = (await alice.PushAsync(p => p.Message.ContentType == 118, "the answer")).Message;
        Assert.Equal((bob.Id, alice.UserId, """{"content":"**hi**"}"""), (pushed.SendID, pushed.RecvID, pushed.Content.ToStringUtf8()));
    }

    [Fact]
    public async Task In_a_group_the_sender_is_named()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var group = await _app.NewGroupAsync(alice.UserId, []);
        (await _app.AdminPostAsync($"/msg/send_simple_msg?key={Key(alice.UserId, "", group)}", new { content = "x" })).Failed(1001, "ArgsError", "sendID is empty");
        (await _app.AdminPostAsync($"/msg/send_simple_msg?key={Key(alice.UserId, "", group)}", new { sendID = alice.UserId, content = "x" })).Succeeded();
        await alice.PushAsync(p => p.Message.ContentType == 118, "the answer");
    }

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("e30%3D%3D")]
    [InlineData("W10%3D")]
    public async Task A_bad_key_answers_1001(string key) =>
        (await _app.AdminPostAsync($"/msg/send_simple_msg?key={key}", new { content = "x" })).Failed(1001);

    [Fact]
    public async Task Nobody_speaks_for_somebody_else()
    {
        var mallory = await _app.NewLoginAsync("mallory");
        var users = await _app.NewUsersAsync("alice", "bob");
        (await _app.PostAsync($"/msg/send_simple_msg?key={Key(users[0], users[1], "")}", new { content = "x" }, mallory.Token)).Failed(1002);
    }

    private static string Key(string sendID, string recvID, string groupID) =>
        Uri.EscapeDataString(Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new { sendID, recvID, groupID })));
}

public sealed class SearchMsgTests(SharedServer server)
{
    private readonly OpenImAppClient _app = server.Demo;

    [Fact]
    public async Task Messages_are_found_by_every_filter_newest_first()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        var group = await _app.NewGroupAsync(alice.UserId, [bob]);
        await alice.SayAsync(alice.TextTo(bob, "one"));
        await alice.SayAsync(alice.TextTo(bob, "two"));
        await alice.SayAsync(alice.TextToGroup(group, "three"));
        var custom = alice.TextTo(bob, "four");
        custom.ContentType = 110;
        await alice.SayAsync(custom);

        Assert.Equal((string[])["four", "three", "two", "one"], await FindAsync(new { sendID = alice.UserId, pagination = Page(1, 10) }));
        Assert.Equal((string[])["four", "two", "one"], await FindAsync(new { sendID = alice.UserId, recvID = bob, pagination = Page(1, 10) }));
        Assert.Equal((string[])["three"], await FindAsync(new { sendID = alice.UserId, recvID = group, pagination = Page(1, 10) }));
        Assert.Equal((string[])["four"], await FindAsync(new { sendID = alice.UserId, contentType = 110, pagination = Page(1, 10) }));
        Assert.Equal((string[])["three"], await FindAsync(new { sendID = alice.UserId, sessionType = 3, pagination = Page(1, 10) }));
        Assert.Equal((string[])["two", "one"], await FindAsync(new { sendID = alice.UserId, pagination = Page(2, 2) }));
        Assert.Equal((string[])[], await FindAsync(new { sendID = alice.UserId, sendTime = "2020-01-01", pagination = Page(1, 10) }));
    }

    [Fact]
    public async Task A_recalled_message_is_marked()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        await alice.SayAsync(alice.TextTo(bob, "oops"));
        var conversation = (await alice.TextPushAsync("oops")).ConversationId;
        (await alice.PostAsync("/msg/revoke_msg", new { conversationID = conversation, seq = 1, userID = alice.UserId })).Succeeded();
        var log = (await _app.AdminPostAsync("/msg/search_msg", new { sendID = alice.UserId, pagination = Page(1, 10) })).Succeeded().Data.GetProperty("chatLogs")[0];
        Assert.True(log.GetProperty("isRevoked").GetBoolean());
    }

    [Fact]
    public async Task Bad_arguments_are_refused()
    {
        (await _app.AdminPostAsync("/msg/search_msg", new { sendTime = "yesterday", pagination = Page(1, 1) })).Failed(1001, "ArgsError", "sendTime is invalid");
        (await _app.AdminPostAsync("/msg/search_msg", new { })).Failed(1001, "ArgsError", "pagination is empty");
        (await _app.PostAsync("/msg/search_msg", new { pagination = Page(1, 1) }, (await _app.NewLoginAsync("alice")).Token)).Failed(1002);
    }

    private static object Page(int pageNumber, int showNumber) => new { pageNumber, showNumber };

    private async Task<string[]> FindAsync(object request)
    {
        var logs = (await _app.AdminPostAsync("/msg/search_msg", request)).Succeeded().Data.GetProperty("chatLogs");
        return logs.ValueKind == JsonValueKind.Null ? [] : [.. logs.EnumerateArray().Select(l => JsonDocument.Parse(l.GetProperty("chatLog").GetProperty("content").GetString()!).RootElement.GetProperty("content").GetString()!)];
    }
}
