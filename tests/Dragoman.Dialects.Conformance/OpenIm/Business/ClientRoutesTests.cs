using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Business;

[Collection(BusinessCollection.Name)]
public sealed class ClientRoutesTests(BusinessServer server) : BusinessTest(server)
{
    [Fact]
    public async Task The_client_config_is_what_the_operator_sets_for_everybody()
    {
        (await Super.AdminPostAsync("/user/set_user_client_config", new { userID = "", configs = new { discoverPageURL = "https://example.org" } })).Succeeded();

        var config = (await Super.PostAsync("/client_config/get", new { })).Succeeded().Data.GetProperty("config");

        Assert.Equal("https://example.org", Text(config, "discoverPageURL"));
    }

    [Fact]
    public async Task Applets_are_those_of_the_settings()
    {
        var person = await NewPersonAsync(Super);
        var applet = (await Super.PostAsync("/applet/find", new { }, person.ChatToken)).Succeeded().Data.GetProperty("applets").EnumerateArray().Single();

        Assert.Equal(("a1", "Notes"), (Text(applet, "id"), Text(applet, "name")));
        (await Demo.PostAsync("/applet/find", new { }, await Demo.AdminTokenAsync())).Succeeded();
    }

    [Fact]
    public async Task The_latest_version_is_the_last_one_of_the_platform()
    {
        var version = (await Super.PostAsync("/application/latest_version", new { platform = "ios", version = "1.0" })).Succeeded().Data.GetProperty("version");
        Assert.Equal("1.2", Text(version, "version"));

        var none = (await Super.PostAsync("/application/latest_version", new { platform = "windows" })).Succeeded().Data;
        Assert.Equal(System.Text.Json.JsonValueKind.Null, none.GetProperty("version").ValueKind);
        (await Super.PostAsync("/application/latest_version", """{"platform":1}""")).Failed(1001);
    }
}
