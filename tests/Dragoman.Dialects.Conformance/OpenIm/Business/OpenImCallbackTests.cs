using System.Net;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Business;

/// <summary>Whether somebody takes requests of friendship: to this server's own IM API, and to another one's webhook.</summary>
[Collection(BusinessCollection.Name)]
public sealed class OpenImCallbackTests(BusinessServer server) : BusinessTest(server)
{
    private const string Command = "callbackBeforeAddFriendCommand";

    private static string Secret => Uri.EscapeDataString(BusinessServer.CallbackSecret);

    [Fact]
    public async Task Who_takes_no_requests_gets_none_and_the_asker_20013()
    {
        var (me, shy) = (await NewPersonAsync(Super), await NewPersonAsync(Super));
        (await Super.PostAsync("/user/update", new { userID = shy.Id, allowAddFriend = 2 }, shy.ChatToken)).Succeeded();

        (await AskAsync(me, shy)).Failed(20013, "RefuseFriend");

        (await Super.PostAsync("/user/update", new { userID = shy.Id, allowAddFriend = 1 }, shy.ChatToken)).Succeeded();
        (await AskAsync(me, shy)).Succeeded();
        Assert.Equal(1, Number(await FullAsync(Super, me.ChatToken, shy.Id), "allowAddFriend"));
    }

    [Theory]
    [InlineData("&command=" + Command)]
    [InlineData("&command=/" + Command)]
    [InlineData("")]
    public async Task Another_servers_webhook_is_told_20013_in_its_own_words(string query)
    {
        var (open, shy) = (await NewPersonAsync(Super), await NewPersonAsync(Super));
        (await Super.PostAsync("/user/update", new { userID = shy.Id, allowAddFriend = 2 }, shy.ChatToken)).Succeeded();
        var route = $"/callback/open_im?secret={Secret}{query}";

        var refused = (await Super.PostAsync(route, new { callbackCommand = Command, fromUserID = open.Id, toUserID = shy.Id, reqMsg = "hi" })).Failed(20013, "RefuseFriend", "state 2");
        Assert.Equal((0, 1), (Number(refused.Root, "actionCode"), Number(refused.Root, "nextCode")));

        var passed = (await Super.PostAsync(route, new { callbackCommand = Command, fromUserID = shy.Id, toUserID = open.Id, reqMsg = "hi" })).Succeeded();
        Assert.Equal((0, 0), (Number(passed.Root, "actionCode"), Number(passed.Root, "nextCode")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?secret=")]
    [InlineData("?secret=wrong")]
    public async Task Without_the_secret_nobody_is_told_anything(string query)
    {
        var shy = await NewPersonAsync(Super);
        (await Super.PostAsync("/user/update", new { userID = shy.Id, allowAddFriend = 2 }, shy.ChatToken)).Succeeded();

        var reply = (await Super.PostAsync("/callback/open_im" + query, new { callbackCommand = Command, toUserID = shy.Id })).Failed(1002, "NoPermissionError", "secret invalid");

        Assert.Equal(0, Number(reply.Root, "nextCode"));
    }

    [Theory]
    [InlineData("""{"callbackCommand":"callbackAfterAddFriendCommand"}""", 1001)]
    [InlineData("""{"callbackCommand":"callbackBeforeAddFriendCommand","toUserID":"nobody"}""", 1004)]
    [InlineData("""{"callbackCommand":"callbackBeforeAddFriendCommand","toUserID":5}""", 1001)]
    [InlineData("""{"callbackCommand":5}""", 1001)]
    [InlineData("[]", 1001)]
    [InlineData("{", 1001)]
    public async Task What_is_no_such_event_is_an_error_that_forbids_nothing(string body, int code) =>
        Assert.Equal(0, Number((await Super.PostAsync($"/callback/open_im?secret={Secret}", body)).Failed(code).Root, "nextCode"));

    [Fact]
    public async Task An_app_without_a_secret_has_no_receiver()
    {
        var reply = await Demo.PostAsync("/callback/open_im?secret=", new { callbackCommand = Command }, await Demo.AdminTokenAsync());

        Assert.Equal((HttpStatusCode.NotFound, "404 page not found"), (reply.Status, reply.Text));
    }

    private Task<ApiReply> AskAsync(Person from, Person to) =>
        Super.PostAsync("/friend/add_friend", new { fromUserID = from.Id, toUserID = to.Id, reqMsg = "hi" }, from.ImToken);
}
