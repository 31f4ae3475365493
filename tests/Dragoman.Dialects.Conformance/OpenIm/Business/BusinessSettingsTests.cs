using System.Net;
using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Gateway.Dialects;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Business;

[Collection(BusinessCollection.Name)]
public sealed class BusinessSettingsTests(BusinessServer server) : BusinessTest(server)
{
    [Fact]
    public async Task An_app_without_the_section_has_none_of_the_routes()
    {
        var app = Server.App("off");
        var token = await app.AdminTokenAsync();
        foreach (var route in new[] { "/account/code/send", "/account/register", "/account/login", "/user/find/full", "/client_config/get", "/callback/open_im" })
        {
            var reply = await app.PostAsync(route, new { }, token);
            Assert.Equal((HttpStatusCode.NotFound, "404 page not found"), (reply.Status, reply.Text));
        }
    }

    [Theory]
    [InlineData("""{}""", "codeUrl")]
    [InlineData("""{"codeUrl":"nowhere"}""", "codeUrl")]
    [InlineData("""{"superCode":"1","codeValidTime":9}""", "codeValidTime")]
    [InlineData("""{"superCode":"1","codeMaxTries":0}""", "codeMaxTries")]
    [InlineData("""{"superCode":"1","codeInterval":0}""", "codeInterval")]
    [InlineData("""{"superCode":"1","tokenExpire":0}""", "tokenExpire")]
    [InlineData("""{"superCode":"1","applets":[1]}""", "applets")]
    [InlineData("""{"superCode":"1","versions":[{}]}""", "versions")]
    public void Faults_are_reported_by_their_key(string business, string key) =>
        Assert.Equal($"settings.openIm.business.{key}", Assert.Single(FaultsOf(business, isDev: false)).Key);

    [Fact]
    public void A_code_for_everybody_is_never_a_default_but_in_development()
    {
        Assert.Empty(FaultsOf("{}", isDev: true));
        Assert.Empty(FaultsOf("""{"superCode":"1"}""", isDev: false));
        Assert.Empty(FaultsOf("""{"codeUrl":"https://example.org/code"}""", isDev: false));
    }

    [Fact]
    public async Task No_password_code_or_token_is_logged()
    {
        var phone = NewPhone();
        (await SendCodeAsync(Demo, phone)).Succeeded();
        var registered = (await RegisterAsync(Demo, phone, CodeOf(phone), change: new { password = "a very secret password" })).Succeeded().Data;
        (await LoginAsync(Demo, phone, "another secret password")).Failed(20001);
        (await SendCodeAsync(Server.App("mute"), phone)).Failed(90004);
        (await Super.PostAsync($"/callback/open_im?secret={Uri.EscapeDataString(BusinessServer.CallbackSecret)}", new { })).Failed(1001);

        Assert.NotEmpty(Server.Log.Lines);
        foreach (var secret in new[] { "secret password", CodeOf(phone), Text(registered, "chatToken"), Text(registered, "imToken"), "only" })
            Assert.DoesNotContain(Server.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
    }

    private List<AppFault> FaultsOf(string business, bool isDev)
    {
        var dialect = Server.Get<IEnumerable<IDialect>>().Single(d => d.Name == "openim");
        using var credentials = JsonDocument.Parse("""{"secret":"s"}""");
        using var settings = JsonDocument.Parse($$"""{"business":{{business}}}""");
        return [.. dialect.Validate(new AppSections("x", IsDefault: true, credentials.RootElement, settings.RootElement), isDev)];
    }
}

/// <summary>A server that was started for development.</summary>
public sealed class DevelopmentServer : OpenImServer
{
    internal override IReadOnlyList<(string Name, string Settings)> AppSettings => [("demo", """{"business":{}}""")];

    internal override IReadOnlyList<string> Options => ["--dev=true"];
}

public sealed class DevelopmentCodeTests(DevelopmentServer server) : IClassFixture<DevelopmentServer>
{
    [Fact]
    public async Task In_development_the_vendors_code_passes()
    {
        var body = new { verifyCode = "666666", platform = 5, user = new { nickname = "n", areaCode = "+86", phoneNumber = "13800000000" } };

        (await server.Demo.PostAsync("/account/register", body)).Succeeded();
    }
}
