using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Words;
using Google.Protobuf;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm;

public sealed class WordServer : OpenImServer
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Get<WordDesk>().Set(AppIdOf("demo"), new WordFilter(["forbidden", "禁词"], ["damn"]));
    }
}

/// <summary>Words that an app refuses answer 1001 (the vendor has no filter), words that it masks are read as asterisks.</summary>
public sealed class WordFilterTests(WordServer server) : IClassFixture<WordServer>
{
    private const string Rejected = "the text has a word that this app does not allow";

    [Theory]
    [InlineData(101, """{"content":"this is Forbidden."}""")]
    [InlineData(101, """{"content":"有禁词"}""")]
    [InlineData(101, """{"content":"\u7981\u8bcd"}""")]
    [InlineData(101, """{"CONTENT":"forbidden"}""")]
    [InlineData(101, """{"content":"fine","Content":"forbidden"}""")]
    [InlineData(106, """{"text":"@bob forbidden","atUserList":["bob"]}""")]
    [InlineData(114, """{"text":"forbidden","quoteMessage":{}}""")]
    [InlineData(117, """{"text":"forbidden","messageEntityList":[]}""")]
    [InlineData(118, """{"content":"# forbidden"}""")]
    public async Task A_refused_word_answers_1001_to_a_user_and_to_a_group(int contentType, string content)
    {
        await using var alice = await server.Demo.NewClientAsync("alice");
        var bob = await server.Demo.NewUserAsync("bob");
        var group = await server.Demo.NewGroupAsync(alice.UserId, [bob]);

        foreach (var message in (MsgData[])[alice.TextTo(bob, ""), alice.TextToGroup(group, "")])
        {
            (message.ContentType, message.Content) = (contentType, ByteString.CopyFromUtf8(content));
            var reply = await alice.RequestAsync(Requests.SendMsg, message.ToByteArray());
            Assert.Equal((1001, "ArgsError"), (reply.ErrCode, reply.ErrMsg));
        }
    }

    [Theory]
    [InlineData(110, """{"data":"forbidden","description":"","extension":""}""")]
    [InlineData(101, """{"content":{"a":"forbidden"}}""")]
    [InlineData(101, """["forbidden"]""")]
    [InlineData(101, "forbidden")]
    [InlineData(101, """{"content":"\ud83d"}""")]
    public async Task What_is_no_text_is_not_looked_into(int contentType, string content)
    {
        await using var alice = await server.Demo.NewClientAsync("alice");
        var message = alice.TextTo(await server.Demo.NewUserAsync("bob"), "");
        (message.ContentType, message.Content) = (contentType, ByteString.CopyFromUtf8(content));

        Assert.Equal(0, (await alice.RequestAsync(Requests.SendMsg, message.ToByteArray())).ErrCode);
    }

    [Fact]
    public async Task A_masked_word_is_read_as_asterisks_and_the_rest_stays()
    {
        await using var alice = await server.Demo.NewClientAsync("alice");
        await using var bob = await server.Demo.NewClientAsync("bob");
        var message = alice.TextTo(bob.UserId, "");
        message.Content = ByteString.CopyFromUtf8("""{"content":"well, DAMN it","more":{"a":[1,"damn"]}}""");
        message.Ex = "damn";

        await alice.SayAsync(message);

        var got = (await bob.PushAsync(p => p.Text.Contains("well, **** it", StringComparison.Ordinal), "the masked text")).Message;
        Assert.Equal("""{"a":[1,"damn"]}""", JsonDocument.Parse(got.Content.Memory).RootElement.GetProperty("more").GetRawText());
        Assert.Equal(("damn", message.ClientMsgID), (got.Ex, got.ClientMsgID));
    }

    [Fact]
    public async Task What_the_app_itself_sends_is_screened_too()
    {
        var alice = await server.Demo.NewUserAsync("alice");
        var message = new
        {
            sendID = alice,
            recvID = await server.Demo.NewUserAsync("bob"),
            senderPlatformID = 1,
            content = new { content = "forbidden" },
            contentType = 101,
            sessionType = 1,
        };

        (await server.Demo.AdminPostAsync("/msg/send_msg", message)).Failed(1001, "ArgsError", Rejected);
    }

    [Fact]
    public async Task Names_and_wordings_are_screened_wherever_they_are_written()
    {
        await using var alice = await server.Demo.NewClientAsync("alice");
        var bob = await server.Demo.NewUserAsync("bob");
        var group = await server.Demo.NewGroupAsync(alice.UserId, [bob]);
        (await server.Demo.AdminPostAsync("/friend/import_friend", new { ownerUserID = alice.UserId, friendUserIDs = new[] { bob } })).Succeeded();
        (string Path, object Body)[] calls =
        [
            ("/user/user_register", new { users = new[] { new { userID = OpenImAppClient.Unique("u"), nickname = "forbidden" } } }),
            ("/user/update_user_info_ex", new { userInfo = new { userID = alice.UserId, nickname = "forbidden" } }),
            ("/group/create_group", new { ownerUserID = alice.UserId, memberUserIDs = Array.Empty<string>(), groupInfo = new { groupName = "forbidden", groupType = 2 } }),
            ("/group/set_group_info", new { groupInfoForSet = new { groupID = group, notification = "forbidden" } }),
            ("/group/set_group_member_info", new { members = new[] { new { groupID = group, userID = bob, nickname = "forbidden" } } }),
            ("/group/join_group", new { groupID = group, reqMessage = "forbidden", joinSource = 3, inviterUserID = await server.Demo.NewUserAsync("carol") }),
            ("/friend/add_friend", new { fromUserID = alice.UserId, toUserID = await server.Demo.NewUserAsync("dave"), reqMsg = "forbidden" }),
            ("/friend/set_friend_remark", new { ownerUserID = alice.UserId, friendUserID = bob, remark = "forbidden" }),
            ("/friend/update_friends", new { ownerUserID = alice.UserId, friendUserIDs = new[] { bob }, remark = "forbidden" }),
        ];

        foreach (var (path, body) in calls) (await server.Demo.AdminPostAsync(path, body)).Failed(1001, "ArgsError", Rejected);
    }

    [Fact]
    public async Task A_masked_name_is_stored_as_asterisks()
    {
        var alice = await server.Demo.NewLoginAsync("alice");

        (await server.Demo.PostAsync("/user/update_user_info_ex", new { userInfo = new { userID = alice.Id, nickname = "Damn Alice" } }, alice.Token)).Succeeded();

        var info = (await server.Demo.PostAsync("/user/get_users_info", new { userIDs = new[] { alice.Id } }, alice.Token)).Succeeded().Data.GetProperty("usersInfo")[0];
        Assert.Equal("**** Alice", info.GetProperty("nickname").GetString());
        var news = (await server.Demo.AdminPostAsync("/user/add_notification_account", new { nickName = "Damn News", appMangerLevel = 3 })).Succeeded().Data;
        Assert.Equal("**** News", news.GetProperty("nickName").GetString());
    }
}
