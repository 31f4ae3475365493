using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Business;

[Collection(BusinessCollection.Name)]
public sealed class RegisterTests(BusinessServer server) : BusinessTest(server)
{
    [Fact]
    public async Task Who_has_the_code_gets_an_account_and_both_tokens()
    {
        var phone = NewPhone();
        (await SendCodeAsync(Demo, phone)).Succeeded();
        var data = (await RegisterAsync(Demo, phone, CodeOf(phone), change: new { faceURL = "f.png", gender = 2, birth = 946684800000 })).Succeeded().Data;

        var id = Text(data, "userID");
        Assert.Matches("^[1-9][0-9]{9}\\z", id);
        var user = await FullAsync(Demo, Text(data, "chatToken"), id);
        Assert.Equal(("+86", phone, $"Nick {phone}", "f.png"), (Text(user, "areaCode"), Text(user, "phoneNumber"), Text(user, "nickname"), Text(user, "faceURL")));
        Assert.Equal((2, 946684800000), (Number(user, "gender"), user.GetProperty("birth").GetInt64()));
        await using var client = await Demo.ConnectAsync(id, Text(data, "imToken"));
    }

    [Fact]
    public async Task Without_auto_login_there_is_no_im_token()
    {
        var data = (await Super.PostAsync("/account/register", Body(NewPhone()))).Succeeded().Data;

        Assert.Equal("", Text(data, "imToken"));
        await FullAsync(Super, Text(data, "chatToken"), Text(data, "userID"));
    }

    [Fact]
    public async Task A_wrong_code_answers_20006_and_makes_no_account()
    {
        var phone = NewPhone();
        (await RegisterAsync(Super, phone, "wrong")).Failed(20006);

        (await LoginAsync(Super, phone, "any")).Failed(20002);
    }

    [Fact]
    public async Task A_phone_that_somebody_has_answers_20003()
    {
        var person = await NewPersonAsync(Super);

        (await RegisterAsync(Super, person.Phone, BusinessServer.SuperCode)).Failed(20003, "PhoneAlreadyRegister");
        (await RegisterAsync(Super, person.Phone, BusinessServer.SuperCode, change: new { areaCode = "86" })).Failed(20003, "PhoneAlreadyRegister");
        (await RegisterAsync(Super, person.Phone, BusinessServer.SuperCode, change: new { areaCode = "+1" })).Succeeded();
    }

    [Fact]
    public async Task An_account_that_somebody_has_answers_20004_in_whatever_case()
    {
        var account = $"Acc{NewPhone()}";
        await NewPersonAsync(Super, new { account });

        (await RegisterAsync(Super, NewPhone(), BusinessServer.SuperCode, change: new { account = account.ToUpperInvariant() }))
            .Failed(20004, "AccountAlreadyRegister");
    }

    [Fact]
    public async Task An_email_that_somebody_has_answers_20014()
    {
        var email = $"E{NewPhone()}@example.org";
        var change = new { email, phoneNumber = "", areaCode = "" };
        (await RegisterAsync(Super, NewPhone(), BusinessServer.SuperCode, change: change)).Succeeded();

        (await RegisterAsync(Super, NewPhone(), BusinessServer.SuperCode, change: change)).Failed(20014, "EmailAlreadyRegister");
    }

    [Fact]
    public async Task Of_many_who_register_one_phone_at_once_one_gets_it()
    {
        var phone = NewPhone();

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RegisterAsync(Super, phone, BusinessServer.SuperCode)));

        Assert.Single(replies, reply => reply.ErrCode == 0);
        Assert.Equal(5, replies.Count(reply => reply.ErrCode == 20003));
    }

    [Fact]
    public async Task Where_nobody_may_register_it_answers_20012_but_not_to_an_administrator()
    {
        var app = Server.App("closed");
        (await RegisterAsync(app, NewPhone(), BusinessServer.SuperCode)).Failed(20012, "Forbidden", "register user is disabled");

        (await RegisterAsync(app, NewPhone(), "", token: await app.AdminTokenAsync())).Succeeded();
    }

    [Fact]
    public async Task An_invitation_holds_once_also_after_a_restart()
    {
        var app = Server.App("invited");
        (await RegisterAsync(app, NewPhone(), BusinessServer.SuperCode)).Failed(1001, "ArgsError", "invitation code is empty");
        (await RegisterAsync(app, NewPhone(), BusinessServer.SuperCode, "ONE")).Failed(20011, "InvitationNotFound");
        (await RegisterAsync(app, NewPhone(), "wrong", "one")).Failed(20006);
        (await RegisterAsync(app, NewPhone(), BusinessServer.SuperCode, "one")).Succeeded();
        (await RegisterAsync(app, NewPhone(), BusinessServer.SuperCode, "one")).Failed(20010, "InvitationCodeUsed");
        await Server.RestartAsync();

        (await RegisterAsync(app, NewPhone(), BusinessServer.SuperCode, "one")).Failed(20010, "InvitationCodeUsed");
        (await RegisterAsync(app, NewPhone(), BusinessServer.SuperCode, "two")).Succeeded();
    }

    [Fact]
    public async Task Of_many_with_one_invitation_at_once_one_comes_in_and_the_others_keep_their_code()
    {
        var app = Server.App("invited");

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RegisterAsync(app, NewPhone(), BusinessServer.SuperCode, "three")));

        Assert.Single(replies, reply => reply.ErrCode == 0);
        Assert.Equal(5, replies.Count(reply => reply.ErrCode == 20010));
    }

    [Fact]
    public async Task An_administrator_chooses_ids_and_needs_neither_code_nor_phone()
    {
        var admin = await Super.AdminTokenAsync();
        var (userID, account) = (OpenImAppClient.Unique("chosen"), $"acc{NewPhone()}");
        var change = new { userID, account, phoneNumber = "", areaCode = "" };
        var data = (await RegisterAsync(Super, NewPhone(), "", change: change, token: admin)).Succeeded().Data;

        Assert.Equal(userID, Text(data, "userID"));
        (await RegisterAsync(Super, NewPhone(), "", change: new { userID }, token: admin)).Failed(20004, "AccountAlreadyRegister");
        (await RegisterAsync(Super, NewPhone(), BusinessServer.SuperCode, change: new { userID = "mine" })).Failed(1002, "NoPermissionError", "only admin can set user id");
        (await RegisterAsync(Super, NewPhone(), BusinessServer.SuperCode, change: change with { userID = "" }))
            .Failed(1001, "ArgsError", "PhoneNumber and Email is empty");
    }

    [Fact]
    public async Task A_users_token_makes_nobody_an_administrator()
    {
        var person = await NewPersonAsync(Super);

        foreach (var token in new[] { person.ChatToken, person.ImToken, "nonsense" })
            (await RegisterAsync(Super, NewPhone(), "", token: token)).Failed(1001, "ArgsError", "verify code is empty");
    }

    [Theory]
    [InlineData("""{"platform":5}""", "user is empty")]
    [InlineData("""{"platform":5,"user":{"phoneNumber":"1","areaCode":"1"}}""", "Nickname is nil")]
    [InlineData("""{"platform":0,"user":{"nickname":"n","phoneNumber":"1","areaCode":"1"}}""", "platform is invalid")]
    [InlineData("""{"platform":12,"user":{"nickname":"n","phoneNumber":"1","areaCode":"1"}}""", "platform is invalid")]
    [InlineData("""{"platform":5,"user":{"nickname":"n"}}""", "PhoneNumber and Email is empty")]
    [InlineData("""{"platform":5,"user":{"nickname":"n","account":"a"}}""", "PhoneNumber and Email is empty")]
    [InlineData("""{"platform":5,"user":{"nickname":"n","phoneNumber":"1","areaCode":"1","email":"a@b.cd"}}""", "PhoneNumber and Email is not empty")]
    [InlineData("""{"platform":5,"user":{"nickname":"n","phoneNumber":"1","areaCode":"1","account":"a b"}}""", "account must be alphanumeric")]
    [InlineData("""{"platform":5,"user":{"nickname":"n","phoneNumber":"1","areaCode":"1","gender":3}}""", "gender is invalid")]
    [InlineData("""{"platform":5,"user":{"nickname":"n","phoneNumber":"1","areaCode":"1","userID":"a:b"}}""", "userID is legal")]
    public async Task What_is_no_registration_answers_1001(string body, string detail) =>
        (await Super.PostAsync("/account/register", body)).Failed(1001, "ArgsError", detail);

    [Fact]
    public async Task What_does_not_fit_answers_1001_and_the_code_still_holds()
    {
        var phone = NewPhone();
        (await SendCodeAsync(Demo, phone)).Succeeded();
        (await RegisterAsync(Demo, phone, CodeOf(phone), change: new { nickname = new string('n', 257) })).Failed(1001);
        (await RegisterAsync(Demo, phone, CodeOf(phone), change: new { password = new string('p', 257) })).Failed(1001, "ArgsError", "password is empty or too long");

        (await RegisterAsync(Demo, phone, CodeOf(phone), change: new { nickname = new string('n', 256), password = new string('p', 256) })).Succeeded();
    }

    [Fact]
    public async Task The_apps_own_server_is_asked_as_for_every_account_and_what_it_does_not_know_of_stays()
    {
        const string command = "callbackBeforeUserRegisterCommand";
        var (app, phone) = (Server.App("hooked"), NewPhone());
        Server.Receiver.Answer(command, call =>
        {
            var userID = call.Body.GetProperty("users")[0].GetProperty("userID").GetString();
            return Task.FromResult(System.Text.Json.JsonSerializer.Serialize(new { actionCode = 0, nextCode = 0, users = new[] { new { userID, nickname = "Another" } } }));
        });
        var data = (await RegisterAsync(app, phone, BusinessServer.SuperCode, change: new { gender = 1 })).Succeeded().Data;
        var user = await FullAsync(app, Text(data, "chatToken"), Text(data, "userID"));
        Assert.Equal(("Another", phone, 1), (Text(user, "nickname"), Text(user, "phoneNumber"), Number(user, "gender")));
        (await LoginAsync(app, phone, $"md5 of {phone}")).Succeeded();

        Server.Receiver.Refuse(command, 20500, "not you");
        (await RegisterAsync(app, NewPhone(), BusinessServer.SuperCode)).Failed(20500, "not you");
        Server.Receiver.Refuse("callbackBeforeUpdateUserInfoCommand", 20501, "not so");
        (await app.PostAsync("/user/update", new { userID = Text(data, "userID"), nickname = "x" }, Text(data, "chatToken"))).Failed(20501, "not so");
    }

    private static object Body(string phone) =>
        new { verifyCode = BusinessServer.SuperCode, platform = 5, user = new { nickname = "n", areaCode = "+86", phoneNumber = phone } };
}
