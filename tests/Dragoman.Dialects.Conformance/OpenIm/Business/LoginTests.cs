using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Business;

[Collection(BusinessCollection.Name)]
public sealed class LoginTests(BusinessServer server) : BusinessTest(server)
{
    [Fact]
    public async Task The_password_gives_both_tokens_by_phone_account_and_email()
    {
        var (account, email) = ($"Login{NewPhone()}", $"l{NewPhone()}@example.org");
        var person = await NewPersonAsync(Super, new { account });
        (await Super.PostAsync("/user/update", new { userID = person.Id, email }, person.ChatToken)).Succeeded();
        object[] ways =
        [
            new { areaCode = "86", phoneNumber = person.Phone, password = person.Password, platform = 5 },
            new { account = account.ToLowerInvariant(), password = person.Password, platform = 1 },
            new { email, password = person.Password, platform = 2 },
        ];
        foreach (var way in ways)
        {
            NextSecond();
            var data = (await Super.PostAsync("/account/login", way)).Succeeded().Data;

            Assert.Equal(person.Id, Text(data, "userID"));
            await FullAsync(Super, Text(data, "chatToken"), person.Id);
            (await Super.PostAsync("/user/get_users_info", new { userIDs = new[] { person.Id } }, Text(data, "imToken"))).Succeeded();
        }
    }

    [Fact]
    public async Task The_im_token_follows_the_login_policy()
    {
        var person = await NewPersonAsync(Super);
        await using var first = await Super.ConnectAsync(person.Id, person.ImToken);
        NextSecond();

        (await LoginAsync(Super, person.Phone, person.Password)).Succeeded();

        (await Super.PostAsync("/user/get_users_info", new { userIDs = new[] { person.Id } }, person.ImToken)).Failed(1506);
        await FullAsync(Super, person.ChatToken, person.Id);
    }

    [Fact]
    public async Task A_wrong_password_answers_20001()
    {
        var person = await NewPersonAsync(Super);

        (await LoginAsync(Super, person.Phone, "wrong")).Failed(20001, "PasswordError");
    }

    [Fact]
    public async Task Nobodys_number_answers_20002()
    {
        (await LoginAsync(Super, NewPhone(), "any")).Failed(20002, "AccountNotFound", "user unregistered");
        (await Super.PostAsync("/account/login", new { account = "nobody", password = "any", platform = 5 })).Failed(20002, "AccountNotFound");
        (await LoginWithCodeAsync(Super, NewPhone(), BusinessServer.SuperCode)).Failed(20002, "AccountNotFound");
    }

    [Fact]
    public async Task Somebody_of_another_app_is_nobody_here()
    {
        var person = await NewPersonAsync(Super);

        (await LoginAsync(Server.App("invited"), person.Phone, person.Password)).Failed(20002);
    }

    [Fact]
    public async Task A_code_logs_in_once()
    {
        var phone = NewPhone();
        (await SendCodeAsync(Demo, phone)).Succeeded();
        (await RegisterAsync(Demo, phone, CodeOf(phone))).Succeeded();
        Server.Clock.Advance(TimeSpan.FromSeconds(60));
        (await SendCodeAsync(Demo, phone, usedFor: 3)).Succeeded();

        (await LoginWithCodeAsync(Demo, phone, "wrong")).Failed(20006);
        (await LoginWithCodeAsync(Demo, phone, CodeOf(phone))).Succeeded();
        (await LoginWithCodeAsync(Demo, phone, CodeOf(phone))).Failed(20009);
    }

    [Fact]
    public async Task A_code_for_ones_own_number_opens_nobody_elses_account()
    {
        var (mine, other) = (await NewPersonAsync(Super), await NewPersonAsync(Super, new { account = $"target{NewPhone()}" }));
        var account = Text(await FullAsync(Super, mine.ChatToken, other.Id), "account");

        var reply = await Super.PostAsync(
            "/account/login", new { account, areaCode = "+86", phoneNumber = mine.Phone, verifyCode = BusinessServer.SuperCode, platform = 5 });

        Assert.Equal(mine.Id, Text(reply.Succeeded().Data, "userID"));
    }

    [Fact]
    public async Task After_too_many_wrong_passwords_the_right_one_answers_429_for_a_while()
    {
        var person = await NewPersonAsync(Super);
        for (var i = 0; i < BusinessServer.FailuresPerMinute; i++) (await LoginAsync(Super, person.Phone, "wrong")).Failed(20001);

        var refused = await LoginAsync(Super, person.Phone, person.Password);

        Assert.Equal((429, System.Net.HttpStatusCode.TooManyRequests), (refused.ErrCode, refused.Status));
        Assert.Equal("BBR", refused.Headers["X-RateLimit-Policy"]);
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 60 / BusinessServer.FailuresPerMinute);
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        (await LoginAsync(Super, person.Phone, person.Password)).Succeeded();
    }

    [Theory]
    [InlineData("""{"platform":0,"account":"a","password":"p"}""", "platform is invalid")]
    [InlineData("""{"platform":5,"account":"a"}""", "password or code must be set")]
    [InlineData("""{"platform":5,"password":"p"}""", "account or phone number or email must be set")]
    [InlineData("""{"platform":5,"account":"a","verifyCode":"1"}""", "phone number or email must be set")]
    [InlineData("""{"platform":5,"phoneNumber":"1","password":"p"}""", "AreaCode is empty")]
    [InlineData("""{"platform":5,"email":"a","password":"p"}""", "Email is invalid")]
    [InlineData("""{"platform":5,"account":"a b","password":"p"}""", "account must be alphanumeric")]
    public async Task What_is_no_login_answers_1001(string body, string detail) =>
        (await Super.PostAsync("/account/login", body)).Failed(1001, "ArgsError", detail);

    [Fact]
    public async Task Nobody_logs_in_as_an_administrators_device()
    {
        var person = await NewPersonAsync(Super);

        (await LoginAsync(Super, person.Phone, person.Password, platform: 10)).Failed(1002);
    }

    [Fact]
    public async Task An_administrator_has_no_login_here()
    {
        var admin = await Super.AdminTokenAsync();
        var phone = NewPhone();
        (await Super.PostAsync("/user/update", new { userID = OpenImAppClient.OtherAdmin, areaCode = "+86", phoneNumber = phone }, admin)).Succeeded();
        (await Super.PostAsync("/account/password/change", new { userID = OpenImAppClient.OtherAdmin, newPassword = "secret" }, admin)).Succeeded();

        (await LoginAsync(Super, phone, "secret")).Failed(1002, "NoPermissionError", "don't get Admin token");
    }
}
