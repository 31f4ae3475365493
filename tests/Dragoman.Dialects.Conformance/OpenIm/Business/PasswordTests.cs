using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Business;

[Collection(BusinessCollection.Name)]
public sealed class ChangePasswordTests(BusinessServer server) : BusinessTest(server)
{
    private const string Route = "/account/password/change";

    [Fact]
    public async Task The_new_password_holds_and_every_device_is_logged_out()
    {
        var person = await NewPersonAsync(Super);
        NextSecond();
        var phone = (await LoginAsync(Super, person.Phone, person.Password, platform: 1)).Succeeded().Data;
        await using var browser = await Super.ConnectAsync(person.Id, person.ImToken);
        await using var mobile = await Super.ConnectAsync(person.Id, Text(phone, "imToken"), platform: 1);

        (await ChangeAsync(person, person.ChatToken, person.Password, "another")).Succeeded();

        await AssertKickedAsync(browser);
        await AssertKickedAsync(mobile);
        (await Super.PostAsync("/user/get_users_info", new { userIDs = new[] { person.Id } }, person.ImToken)).Failed(1506);
        (await Super.PostAsync("/user/find/full", new { userIDs = new[] { person.Id } }, person.ChatToken)).Failed(20101, "ErrTokenNotExist");
        (await Super.PostAsync("/user/find/full", new { userIDs = new[] { person.Id } }, Text(phone, "chatToken"))).Failed(20101);
        (await LoginAsync(Super, person.Phone, person.Password)).Failed(20001);
        (await LoginAsync(Super, person.Phone, "another")).Succeeded();
    }

    [Fact]
    public async Task A_wrong_current_password_answers_1002_and_changes_nothing()
    {
        var person = await NewPersonAsync(Super);

        (await ChangeAsync(person, person.ChatToken, "wrong", "another")).Failed(1002, "NoPermissionError", "current password is wrong");

        (await LoginAsync(Super, person.Phone, person.Password)).Succeeded();
        await FullAsync(Super, person.ChatToken, person.Id);
    }

    [Fact]
    public async Task Another_ones_password_is_not_ones_own_to_change()
    {
        var (mine, other) = (await NewPersonAsync(Super), await NewPersonAsync(Super));

        (await ChangeAsync(other, mine.ChatToken, other.Password, "another")).Failed(1002, "NoPermissionError", "no permission change other user password");
    }

    [Fact]
    public async Task An_administrator_needs_no_current_one()
    {
        var person = await NewPersonAsync(Super);
        var admin = await Super.AdminTokenAsync();

        (await ChangeAsync(person, admin, "", "another")).Succeeded();
        (await LoginAsync(Super, person.Phone, "another")).Succeeded();
        (await Super.PostAsync("/account/password/change", new { userID = "nobody", newPassword = "x" }, admin)).Failed(1004);
    }

    [Theory]
    [InlineData("""{"currentPassword":"a","newPassword":"b"}""", "userID is empty")]
    [InlineData("""{"userID":"u","currentPassword":"a"}""", "newPassword is empty")]
    [InlineData("""{"userID":"u","currentPassword":"a","newPassword":"a"}""", "new password == current password")]
    public async Task What_is_missing_answers_1001(string body, string detail) =>
        (await Super.PostAsync(Route, body, await Super.AdminTokenAsync())).Failed(1001, "ArgsError", detail);

    [Fact]
    public async Task A_password_has_256_bytes_at_most()
    {
        var person = await NewPersonAsync(Super);

        (await ChangeAsync(person, person.ChatToken, person.Password, new string('p', 257))).Failed(1001, "ArgsError", "password is empty or too long");
        (await ChangeAsync(person, person.ChatToken, person.Password, new string('p', 256))).Succeeded();
    }

    [Fact]
    public async Task Guessing_the_current_password_answers_429_in_the_end()
    {
        var person = await NewPersonAsync(Super);
        for (var i = 0; i < BusinessServer.FailuresPerMinute; i++) (await ChangeAsync(person, person.ChatToken, "wrong", "another")).Failed(1002);

        Assert.Equal(429, (await ChangeAsync(person, person.ChatToken, person.Password, "another")).ErrCode);
    }

    private Task<ApiReply> ChangeAsync(Person person, string token, string currentPassword, string newPassword) =>
        Super.PostAsync(Route, new { userID = person.Id, currentPassword, newPassword }, token);

    private static async Task AssertKickedAsync(OpenImClient client)
    {
        await Eventually.TrueAsync(() => client.IsClosed, "the connection ends", () => client.End);
        Assert.Equal(Requests.KickOnline, client.Frames[^1].ReqIdentifier);
    }
}

[Collection(BusinessCollection.Name)]
public sealed class ResetPasswordTests(BusinessServer server) : BusinessTest(server)
{
    private const string Route = "/account/password/reset";

    [Fact]
    public async Task Whoever_has_the_code_sets_another_password_and_all_logins_end()
    {
        var phone = NewPhone();
        (await SendCodeAsync(Demo, phone)).Succeeded();
        var registered = (await RegisterAsync(Demo, phone, CodeOf(phone))).Succeeded().Data;
        await using var client = await Demo.ConnectAsync(Text(registered, "userID"), Text(registered, "imToken"));
        Server.Clock.Advance(TimeSpan.FromSeconds(60));
        (await SendCodeAsync(Demo, phone, usedFor: 2)).Succeeded();

        (await ResetAsync(Demo, phone, "wrong", "another")).Failed(20006);
        (await ResetAsync(Demo, phone, CodeOf(phone), new string('p', 257))).Failed(1001, "ArgsError", "password is empty or too long");
        (await ResetAsync(Demo, phone, CodeOf(phone), "another")).Succeeded();

        await Eventually.TrueAsync(() => client.IsClosed, "the connection ends", () => client.End);
        Assert.Equal(Requests.KickOnline, client.Frames[^1].ReqIdentifier);
        (await LoginAsync(Demo, phone, "another")).Succeeded();
        (await ResetAsync(Demo, phone, CodeOf(phone), "third")).Failed(20009);
        (await Demo.PostAsync("/user/find/full", new { userIDs = new[] { "x" } }, Text(registered, "chatToken"))).Failed(20101);
    }

    [Fact]
    public async Task Nobodys_number_answers_20002() =>
        (await ResetAsync(Super, NewPhone(), BusinessServer.SuperCode, "x")).Failed(20002, "AccountNotFound", "user unregistered");

    [Theory]
    [InlineData("""{"areaCode":"86","phoneNumber":"1","verifyCode":"1"}""", "password is empty")]
    [InlineData("""{"password":"p","verifyCode":"1"}""", "PhoneNumber and Email is empty")]
    [InlineData("""{"password":"p","phoneNumber":"1","verifyCode":"1"}""", "AreaCode is empty")]
    [InlineData("""{"password":"p","areaCode":"86","phoneNumber":"1"}""", "verify code is empty")]
    public async Task What_is_missing_answers_1001(string body, string detail) => (await Super.PostAsync(Route, body)).Failed(1001, "ArgsError", detail);

    private static Task<ApiReply> ResetAsync(OpenImAppClient app, string phone, string verifyCode, string password) =>
        app.PostAsync(Route, new { areaCode = "+86", phoneNumber = phone, verifyCode, password });
}
