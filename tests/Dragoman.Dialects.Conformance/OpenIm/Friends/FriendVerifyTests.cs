using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Friends;

/// <summary>The setting <c>friendVerify</c>: section 10.1, step 4</summary>
[Collection(FriendCollection.Name)]
public sealed class FriendVerifyTests(FriendServer server)
{
    private readonly OpenImAppClient _strict = server.App("strict");

    [Fact]
    public async Task A_message_of_a_stranger_answers_1303()
    {
        await using var sender = await _strict.NewClientAsync("sender");
        var receiver = await _strict.NewUserAsync("receiver");

        await AssertRefusedAsync(sender, receiver);
        (await SendAsync(sender.UserId, receiver)).Failed(1303, "NotPeersFriend");
    }

    [Fact]
    public async Task It_is_the_receivers_list_that_counts()
    {
        await using var one = await _strict.NewClientAsync("one");
        await using var other = await _strict.NewClientAsync("other");
        (await _strict.AdminPostAsync("/friend/import_friend", new { ownerUserID = one.UserId, friendUserIDs = new[] { other.UserId } })).Succeeded();
        await one.SayAsync(one.TextTo(other.UserId, "hello"));
        (await _strict.AdminPostAsync("/friend/delete_friend", new { ownerUserID = other.UserId, friendUserID = one.UserId })).Succeeded();

        await AssertRefusedAsync(one, other.UserId);
        await other.SayAsync(other.TextTo(one.UserId, "I still may"));
        await one.TextPushAsync("I still may");
    }

    [Fact]
    public async Task Administrators_and_service_accounts_write_to_everybody()
    {
        var receiver = await _strict.NewUserAsync("receiver");
        var robot = OpenImAppClient.Unique("robot");
        (await _strict.AdminPostAsync("/user/user_register", new { users = new[] { new { userID = robot, nickname = "robot", appMangerLevel = 4 } } })).Succeeded();
        var manager = OpenImAppClient.Unique("manager");
        (await _strict.AdminPostAsync("/user/user_register", new { users = new[] { new { userID = manager, nickname = "manager", appMangerLevel = 2 } } })).Succeeded();

        (await SendAsync(OpenImAppClient.Admin, receiver)).Succeeded();
        (await SendAsync(robot, receiver)).Succeeded();
        (await SendAsync(manager, receiver)).Succeeded();
    }

    [Fact]
    public async Task Everybody_writes_to_himself()
    {
        await using var client = await _strict.NewClientAsync("u");

        await client.SayAsync(client.TextTo(client.UserId, "a note"));
    }

    [Fact]
    public async Task Without_the_setting_strangers_write_to_each_other()
    {
        await using var sender = await server.Demo.NewClientAsync("sender");

        await sender.SayAsync(sender.TextTo(await server.Demo.NewUserAsync("receiver"), "hello"));
    }

    private static async Task AssertRefusedAsync(OpenImClient sender, string receiver)
    {
        var reply = await sender.RequestAsync(Requests.SendMsg, sender.TextTo(receiver, "hello"));
        Assert.Equal((1303, "NotPeersFriend"), (reply.ErrCode, reply.ErrMsg));
    }

    private Task<ApiReply> SendAsync(string from, string to) => _strict.AdminPostAsync(
        "/msg/send_msg", new { sendID = from, recvID = to, senderPlatformID = 1, content = new { content = "hi" }, contentType = 101, sessionType = 1 });
}
