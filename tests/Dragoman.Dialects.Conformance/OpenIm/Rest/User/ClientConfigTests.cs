using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Rest.User;

public sealed class GetUserClientConfigTests(SharedServer server)
{
    private readonly OpenImAppClient _app = server.Demo;

    [Fact]
    public async Task A_users_settings_overlay_everybodys()
    {
        var alice = await _app.NewLoginAsync("alice");
        var (common, own) = (OpenImAppClient.Unique("common"), OpenImAppClient.Unique("own"));
        await SetAsync("", new() { [common] = "1", [own] = "1" });
        await SetAsync(alice.Id, new() { [own] = "2" });

        var configs = (await _app.PostAsync("/user/get_user_client_config", new { userID = alice.Id }, alice.Token)).Succeeded().Data.GetProperty("configs");
        Assert.Equal(("1", "2"), (configs.GetProperty(common).GetString(), configs.GetProperty(own).GetString()));
        var everybodys = (await _app.PostAsync("/user/get_user_client_config", new { userID = "" }, alice.Token)).Succeeded().Data.GetProperty("configs");
        Assert.Equal("1", everybodys.GetProperty(own).GetString());
    }

    [Fact]
    public async Task Somebody_elses_answer_1002()
    {
        var mallory = await _app.NewLoginAsync("mallory");
        (await _app.PostAsync("/user/get_user_client_config", new { userID = await _app.NewUserAsync("alice") }, mallory.Token)).Failed(1002);
    }

    private async Task SetAsync(string userID, Dictionary<string, string> configs) =>
        (await _app.AdminPostAsync("/user/set_user_client_config", new { userID, configs })).Succeeded();
}

public sealed class SetUserClientConfigTests(SharedServer server)
{
    [Fact]
    public async Task Only_administrators_may()
    {
        var alice = await server.Demo.NewLoginAsync("alice");
        (await server.Demo.PostAsync("/user/set_user_client_config", new { userID = alice.Id, configs = new { a = "b" } }, alice.Token))
            .Failed(1002, "NoPermissionError", $"user {alice.Id} is not admin userID");
    }

    [Fact]
    public async Task A_value_that_is_too_long_answers_1001() =>
        (await server.Demo.AdminPostAsync("/user/set_user_client_config", new { userID = "x", configs = new { a = new string('x', 65_537) } })).Failed(1001);

    [Fact]
    public async Task A_value_that_is_no_text_answers_1001() =>
        (await server.Demo.AdminPostAsync("/user/set_user_client_config", """{"userID":"x","configs":{"a":1}}""")).Failed(1001);
}

public sealed class DelUserClientConfigTests(SharedServer server)
{
    private readonly OpenImAppClient _app = server.Demo;

    [Fact]
    public async Task Named_settings_go()
    {
        var alice = await _app.NewLoginAsync("alice");
        (await _app.AdminPostAsync("/user/set_user_client_config", new { userID = alice.Id, configs = new { gone = "1", left = "2" } })).Succeeded();
        (await _app.AdminPostAsync("/user/del_user_client_config", new { userID = alice.Id, keys = new[] { "gone", "never" } })).Succeeded();

        var configs = (await _app.PostAsync("/user/get_user_client_config", new { userID = alice.Id }, alice.Token)).Succeeded().Data.GetProperty("configs");
        Assert.False(configs.TryGetProperty("gone", out _));
        Assert.Equal("2", configs.GetProperty("left").GetString());
    }

    [Fact]
    public async Task Only_administrators_may()
    {
        var alice = await _app.NewLoginAsync("alice");
        (await _app.PostAsync("/user/del_user_client_config", new { userID = alice.Id, keys = new[] { "a" } }, alice.Token)).Failed(1002);
    }
}

public sealed class PageUserClientConfigTests(SharedServer server)
{
    private readonly OpenImAppClient _app = server.Demo;

    [Fact]
    public async Task Settings_come_in_pages_and_by_key()
    {
        var users = await _app.NewUsersAsync("alice", "bob");
        var key = OpenImAppClient.Unique("key");
        foreach (var userID in users)
            (await _app.AdminPostAsync("/user/set_user_client_config", new { userID, configs = new Dictionary<string, string> { [key] = userID, ["other"] = "x" } })).Succeeded();

        var second = (await _app.AdminPostAsync("/user/page_user_client_config", new { key, pagination = new { pageNumber = 2, showNumber = 1 } })).Succeeded().Data;
        Assert.Equal(2, second.GetProperty("total").GetInt32());
        Assert.Equal(users[1], Assert.Single(second.GetProperty("configs").EnumerateArray()).GetProperty("value").GetString());
        var alices = (await _app.AdminPostAsync("/user/page_user_client_config", new { userID = users[0], pagination = new { pageNumber = 1, showNumber = 10 } })).Succeeded().Data;
        Assert.Equal(2, alices.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Without_a_page_it_answers_1001() =>
        (await _app.AdminPostAsync("/user/page_user_client_config", new { })).Failed(1001, "ArgsError", "pagination is empty");

    [Fact]
    public async Task Only_administrators_may()
    {
        var alice = await _app.NewLoginAsync("alice");
        (await _app.PostAsync("/user/page_user_client_config", new { pagination = new { pageNumber = 1, showNumber = 1 } }, alice.Token)).Failed(1002);
    }
}
