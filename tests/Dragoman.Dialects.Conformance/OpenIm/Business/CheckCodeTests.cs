using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Business;

[Collection(BusinessCollection.Name)]
public sealed class CheckCodeTests(BusinessServer server) : BusinessTest(server)
{
    [Fact]
    public async Task The_right_code_passes_and_is_not_used_by_that()
    {
        var phone = NewPhone();
        (await SendCodeAsync(Demo, phone)).Succeeded();

        for (var i = 0; i < 10; i++) (await CheckAsync(Demo, phone, CodeOf(phone))).Succeeded();
        (await RegisterAsync(Demo, phone, CodeOf(phone))).Succeeded();
    }

    [Fact]
    public async Task A_wrong_code_answers_20006_and_after_five_of_them_20008()
    {
        var phone = NewPhone();
        (await SendCodeAsync(Demo, phone)).Succeeded();

        for (var i = 0; i < 5; i++) (await CheckAsync(Demo, phone, "wrong")).Failed(20006, "VerifyCodeNotMatch");
        (await CheckAsync(Demo, phone, "wrong")).Failed(20008, "VerifyCodeMaxCount");
        (await CheckAsync(Demo, phone, CodeOf(phone))).Failed(20008, "VerifyCodeMaxCount");

        Server.Clock.Advance(TimeSpan.FromSeconds(60));
        (await SendCodeAsync(Demo, phone)).Succeeded();
        (await CheckAsync(Demo, phone, CodeOf(phone))).Succeeded();
    }

    [Fact]
    public async Task After_five_minutes_it_answers_20007_as_if_none_had_been_sent()
    {
        var phone = NewPhone();
        (await CheckAsync(Demo, phone, "123456")).Failed(20007, "VerifyCodeExpired");
        (await SendCodeAsync(Demo, phone)).Succeeded();

        Server.Clock.Advance(TimeSpan.FromSeconds(290));
        (await CheckAsync(Demo, phone, CodeOf(phone))).Succeeded();
        Server.Clock.Advance(TimeSpan.FromSeconds(10));
        (await CheckAsync(Demo, phone, CodeOf(phone))).Failed(20007, "VerifyCodeExpired");
    }

    [Fact]
    public async Task A_used_code_answers_20009()
    {
        var phone = NewPhone();
        (await SendCodeAsync(Demo, phone)).Succeeded();
        (await RegisterAsync(Demo, phone, CodeOf(phone))).Succeeded();

        (await CheckAsync(Demo, phone, CodeOf(phone))).Failed(20009, "VerifyCodeUsed");
        (await LoginWithCodeAsync(Demo, phone, CodeOf(phone))).Failed(20009, "VerifyCodeUsed");
    }

    [Fact]
    public async Task A_code_is_one_of_its_number_and_its_app()
    {
        var (phone, other) = (NewPhone(), NewPhone());
        (await SendCodeAsync(Demo, phone)).Succeeded();
        (await SendCodeAsync(Demo, other)).Succeeded();

        Assert.SkipWhen(CodeOf(phone) == CodeOf(other), "the same code by chance");
        (await CheckAsync(Demo, other, CodeOf(phone))).Failed(20006);
        (await CheckAsync(Server.App("mute"), phone, CodeOf(phone))).Failed(20007);
        (await CheckAsync(Super, phone, CodeOf(phone))).Failed(20006);
    }

    [Fact]
    public async Task The_apps_own_code_is_not_to_be_guessed_either()
    {
        var phone = NewPhone();
        (await CheckAsync(Super, phone, BusinessServer.SuperCode)).Succeeded();
        for (var i = 0; i < 5; i++) (await CheckAsync(Super, phone, "wrong")).Failed(20006);

        (await CheckAsync(Super, phone, BusinessServer.SuperCode)).Failed(20008);
        (await CheckAsync(Demo, phone, BusinessServer.SuperCode)).Failed(20007);
        Server.Clock.Advance(TimeSpan.FromSeconds(300));
        (await CheckAsync(Super, phone, BusinessServer.SuperCode)).Succeeded();
    }

    [Theory]
    [InlineData("""{"areaCode":"86","phoneNumber":"1"}""", "verify code is empty")]
    [InlineData("""{"verifyCode":"1"}""", "PhoneNumber and Email is empty")]
    [InlineData("""{"verifyCode":"1","email":"nobody"}""", "Email is invalid")]
    public async Task What_is_missing_answers_1001(string body, string detail) =>
        (await Demo.PostAsync("/account/code/verify", body)).Failed(1001, "ArgsError", detail);

    private static Task<ApiReply> CheckAsync(OpenImAppClient app, string phone, string code) =>
        app.PostAsync("/account/code/verify", new { areaCode = "86", phoneNumber = phone, verifyCode = code });
}
