using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Webhooks;

/// <summary>Section 14, what is asked before and told after something happens to accounts and sessions.</summary>
public sealed class UserWebhookTests(WebhookServer server) : IClassFixture<WebhookServer>
{
    private readonly OpenImAppClient _app = server.Demo;
    private readonly WebhookReceiver _hooks = server.Receiver;

    [Fact]
    public async Task Other_accounts_are_registered_than_were_asked_for()
    {
        var (asked, made) = (OpenImAppClient.Unique("asked"), OpenImAppClient.Unique("made"));
        _hooks.AnswerAbout("callbackBeforeUserRegisterCommand", asked, new { users = new[] { new { userID = made, nickname = "M", ex = "e" } } });

        (await _app.AdminPostAsync("/user/user_register", new { users = new[] { new { userID = asked, nickname = "A" } } })).Succeeded();

        var user = (await _hooks.AboutAsync("callbackAfterUserRegisterCommand", made)).Body.GetProperty("users")[0];
        Assert.Equal((made, "M", "e"), (user.GetProperty("userID").GetString(), user.GetProperty("nickname").GetString(), user.GetProperty("ex").GetString()));
    }

    [Fact]
    public async Task A_refused_registration_answers_its_code()
    {
        var asked = OpenImAppClient.Unique("asked");
        _hooks.AnswerAbout("callbackBeforeUserRegisterCommand", asked, new { actionCode = 0, nextCode = 1, errCode = 20001, errMsg = "not today" });

        (await _app.AdminPostAsync("/user/user_register", new { users = new[] { new { userID = asked, nickname = "A" } } })).Failed(20001, "not today");
    }

    [Fact]
    public async Task A_notification_account_is_nobodys_registration()
    {
        var id = OpenImAppClient.Unique("news");
        _hooks.AnswerAbout("callbackBeforeUserRegisterCommand", id, new { actionCode = 0, nextCode = 1, errCode = 20001, errMsg = "not today" });

        (await _app.AdminPostAsync("/user/add_notification_account", new { userID = id, nickName = "News", appMangerLevel = 3 })).Succeeded();

        Assert.DoesNotContain(_hooks.Calls, call => call.Names(id));
    }

    [Theory]
    [InlineData("/user/update_user_info", "UpdateUserInfo")]
    [InlineData("/user/update_user_info_ex", "UpdateUserInfoEx")]
    public async Task A_profile_is_changed_refused_and_told_by_the_route_that_was_used(string route, string name)
    {
        var user = await _app.NewUserAsync("user");
        _hooks.AnswerAbout($"callbackBefore{name}Command", user, new { nickName = "better", faceURL = "face", ex = "more" });
        (await _app.AdminPostAsync(route, new { userInfo = new { userID = user, nickname = "worse" } })).Succeeded();

        Assert.Equal("worse", (await _hooks.AboutAsync($"callbackBefore{name}Command", user)).String("nickName"));
        var told = await _hooks.AboutAsync($"callbackAfter{name}Command", user);
        Assert.Equal((user, "better", "face", "more"), (told.String("userID"), told.String("nickName"), told.String("faceURL"), told.String("ex")));

        _hooks.AnswerAbout($"callbackBefore{name}Command", user, new { actionCode = 0, nextCode = 1, errCode = 20001, errMsg = "not today" });
        (await _app.AdminPostAsync(route, new { userInfo = new { userID = user, nickname = "worse" } })).Failed(20001);
    }

    [Fact]
    public async Task A_session_is_told_when_it_comes_goes_and_is_kicked()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var online = await _hooks.AboutAsync("callbackAfterUserOnlineCommand", alice.UserId);
        Assert.Equal((5, "Web", alice.UserId), (online.Number("platformID"), online.String("platform"), online.String("userID")));
        Assert.False(online.Body.GetProperty("isAppBackground").GetBoolean());

        (await _app.AdminPostAsync("/auth/force_logout", new { userID = alice.UserId, platformID = 5 })).Succeeded();

        Assert.Equal("Web", (await _hooks.AboutAsync("callbackAfterUserKickOffCommand", alice.UserId)).String("platform"));
        Assert.Equal(online.String("connID"), (await _hooks.AboutAsync("callbackAfterUserOfflineCommand", alice.UserId)).String("connID"));
    }
}
