using System.Text.Json;
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
        AnswerAbout("callbackBeforeUserRegisterCommand", asked, new { users = new[] { new { userID = made, nickname = "M", ex = "e" } } });

        (await _app.AdminPostAsync("/user/user_register", new { users = new[] { new { userID = asked, nickname = "A" } } })).Succeeded();

        var user = (await AboutAsync("callbackAfterUserRegisterCommand", made)).Body.GetProperty("users")[0];
        Assert.Equal((made, "M", "e"), (user.GetProperty("userID").GetString(), user.GetProperty("nickname").GetString(), user.GetProperty("ex").GetString()));
    }

    [Fact]
    public async Task A_refused_registration_answers_its_code()
    {
        var asked = OpenImAppClient.Unique("asked");
        AnswerAbout("callbackBeforeUserRegisterCommand", asked, new { actionCode = 0, nextCode = 1, errCode = 20001, errMsg = "not today" });

        (await _app.AdminPostAsync("/user/user_register", new { users = new[] { new { userID = asked, nickname = "A" } } })).Failed(20001, "not today");
    }

    [Theory]
    [InlineData("/user/update_user_info", "UpdateUserInfo")]
    [InlineData("/user/update_user_info_ex", "UpdateUserInfoEx")]
    public async Task A_profile_is_changed_refused_and_told_by_the_route_that_was_used(string route, string name)
    {
        var user = await _app.NewUserAsync("user");
        AnswerAbout($"callbackBefore{name}Command", user, new { nickName = "better", faceURL = "face", ex = "more" });
        (await _app.AdminPostAsync(route, new { userInfo = new { userID = user, nickname = "worse" } })).Succeeded();

        Assert.Equal("worse", (await AboutAsync($"callbackBefore{name}Command", user)).String("nickName"));
        var told = await AboutAsync($"callbackAfter{name}Command", user);
        Assert.Equal((user, "better", "face", "more"), (told.String("userID"), told.String("nickName"), told.String("faceURL"), told.String("ex")));

        AnswerAbout($"callbackBefore{name}Command", user, new { actionCode = 0, nextCode = 1, errCode = 20001, errMsg = "not today" });
        (await _app.AdminPostAsync(route, new { userInfo = new { userID = user, nickname = "worse" } })).Failed(20001);
    }

    [Fact]
    public async Task A_session_is_told_when_it_comes_goes_and_is_kicked()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var online = await AboutAsync("callbackAfterUserOnlineCommand", alice.UserId);
        Assert.Equal((5, "Web", alice.UserId), (online.Number("platformID"), online.String("platform"), online.String("userID")));
        Assert.False(online.Body.GetProperty("isAppBackground").GetBoolean());

        (await _app.AdminPostAsync("/auth/force_logout", new { userID = alice.UserId, platformID = 5 })).Succeeded();

        Assert.Equal("Web", (await AboutAsync("callbackAfterUserKickOffCommand", alice.UserId)).String("platform"));
        Assert.Equal(online.String("connID"), (await AboutAsync("callbackAfterUserOfflineCommand", alice.UserId)).String("connID"));
    }

    /// <summary>Answers so when the call names this id, so that tests do not meet.</summary>
    private void AnswerAbout(string command, string id, object answer) => _hooks.Answer(command, call => Task.FromResult(
        call.Text.Contains($"\"{id}\"", StringComparison.Ordinal) ? JsonSerializer.Serialize(answer) : """{"actionCode":0,"nextCode":0}"""));

    private Task<WebhookCall> AboutAsync(string command, string id) =>
        _hooks.NextAsync(command, c => c.Text.Contains($"\"{id}\"", StringComparison.Ordinal));
}
