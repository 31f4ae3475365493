using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Business;

[Collection(BusinessCollection.Name)]
public sealed class SendCodeTests(BusinessServer server) : BusinessTest(server)
{
    [Fact]
    public async Task The_apps_own_server_gets_the_code_and_whom_it_is_for()
    {
        var phone = NewPhone();
        (await SendCodeAsync(Demo, phone)).Succeeded();

        var call = Server.Receiver.CallsOf("code").Last(c => c.Names(phone));
        Assert.Equal((1, "+86", phone, ""), (call.Number("usedFor"), call.String("areaCode"), call.String("phoneNumber"), call.String("email")));
        Assert.Matches("^[0-9]{6}\\z", call.String("code"));
        Assert.Equal(("op", "application/json; charset=utf-8"), (call.OperationId, call.ContentType));
        Assert.Equal(5, call.Body.EnumerateObject().Count());
    }

    [Fact]
    public async Task A_code_goes_to_an_email_too()
    {
        var email = $"a{NewPhone()}@example.org";
        (await Demo.PostAsync("/account/code/send", new { usedFor = 1, email })).Succeeded();

        Assert.Equal(6, CodeOf(email).Length);
    }

    [Fact]
    public async Task A_second_code_within_the_minute_answers_20005()
    {
        var phone = NewPhone();
        (await SendCodeAsync(Demo, phone)).Succeeded();

        Server.Clock.Advance(TimeSpan.FromSeconds(50));
        (await SendCodeAsync(Demo, phone)).Failed(20005, "VerifyCodeSendFrequently");
        (await SendCodeAsync(Demo, NewPhone())).Succeeded();
        Server.Clock.Advance(TimeSpan.FromSeconds(11));
        (await SendCodeAsync(Demo, phone)).Succeeded();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task To_reset_or_log_in_with_a_number_that_nobody_has_answers_20002(int usedFor)
    {
        (await SendCodeAsync(Demo, NewPhone(), usedFor)).Failed(20002, "AccountNotFound", "phone unregistered");
        (await Demo.PostAsync("/account/code/send", new { usedFor, email = "nobody@example.org" })).Failed(20002, "AccountNotFound", "email unregistered");
    }

    [Theory]
    [InlineData("""{}""", "usedFor flied is empty")]
    [InlineData("""{"usedFor":4,"areaCode":"86","phoneNumber":"1"}""", "usedFor flied is empty")]
    [InlineData("""{"usedFor":1}""", "PhoneNumber and Email is empty")]
    [InlineData("""{"usedFor":1,"areaCode":"86","phoneNumber":"1","email":"a@b.cd"}""", "PhoneNumber and Email is not empty")]
    [InlineData("""{"usedFor":1,"phoneNumber":"1"}""", "AreaCode is empty")]
    [InlineData("""{"usedFor":1,"areaCode":"1001","phoneNumber":"1"}""", "invalid AreaCode")]
    [InlineData("""{"usedFor":1,"areaCode":"+ 1","phoneNumber":"1"}""", "invalid AreaCode")]
    [InlineData("""{"usedFor":1,"areaCode":"+86","phoneNumber":"12-3"}""", "phoneNumber is invalid")]
    [InlineData("""{"usedFor":1,"areaCode":"+86","phoneNumber":"99999999999999999999"}""", "phoneNumber is invalid")]
    [InlineData("""{"usedFor":1,"email":"a b@example.org"}""", "Email is invalid")]
    public async Task What_cannot_get_a_code_answers_1001(string body, string detail) =>
        (await Demo.PostAsync("/account/code/send", body)).Failed(1001, "ArgsError", detail);

    [Fact]
    public async Task An_email_has_256_characters_at_most()
    {
        var email = $"{NewPhone().PadLeft(244, 'a')}@example.org";
        Assert.Equal(256, email.Length);
        (await Demo.PostAsync("/account/code/send", new { usedFor = 1, email })).Succeeded();
        (await Demo.PostAsync("/account/code/send", new { usedFor = 1, email = "a" + email })).Failed(1001, "ArgsError", "Email is invalid");
    }

    [Fact]
    public async Task A_code_that_could_not_be_handed_over_is_none_and_may_be_asked_for_again()
    {
        var phone = NewPhone();

        (await SendCodeAsync(Server.App("mute"), phone)).Failed(90004, "NetworkError", "the verification code could not be sent");
        (await SendCodeAsync(Server.App("mute"), phone)).Failed(90004);
    }

    [Fact]
    public async Task With_a_code_of_its_own_the_app_sends_none()
    {
        var phone = NewPhone();
        (await SendCodeAsync(Super, phone)).Succeeded();
        (await SendCodeAsync(Super, phone)).Succeeded();

        Assert.DoesNotContain(Server.Receiver.CallsOf("code"), call => call.Names(phone));
    }

    [Fact]
    public async Task Where_nobody_may_register_no_code_is_sent_for_it()
    {
        (await SendCodeAsync(Server.App("closed"), NewPhone())).Failed(20012, "Forbidden");
        (await SendCodeAsync(Server.App("invited"), NewPhone())).Failed(1001, "ArgsError", "invitation code is empty");
    }
}
