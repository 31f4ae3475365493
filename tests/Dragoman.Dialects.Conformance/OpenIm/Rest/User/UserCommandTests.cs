using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Rest.User;

/// <summary>What the tests of the five <c>/user/process_user_command_*</c> routes share.</summary>
public abstract class UserCommandTests(SharedServer server)
{
    internal OpenImAppClient App { get; } = server.Demo;

    internal Task<ApiReply> AddAsync((string Id, string Token) user, int type, string uuid, string? value = "v", string? ex = "e") =>
        App.PostAsync("/user/process_user_command_add", new { userID = user.Id, type, uuid, value, ex }, user.Token);

    internal async Task<(int Type, string Uuid, string Value, string Ex)[]> AllAsync((string Id, string Token) user)
    {
        var data = (await App.PostAsync("/user/process_user_command_get_all", new { userID = user.Id }, user.Token)).Succeeded().Data.GetProperty("CommandResp");
        return data.ValueKind == JsonValueKind.Null ? [] : [.. data.EnumerateArray().Select(c => (
            c.GetProperty("type").GetInt32(), c.GetProperty("uuid").GetString()!, c.GetProperty("value").GetString()!, c.GetProperty("ex").GetString()!))];
    }

    internal async Task RefusesBadArgumentsAsync(string route, bool hasType = true, bool hasUuid = true)
    {
        var (alice, mallory) = (await App.NewLoginAsync("alice"), await App.NewLoginAsync("mallory"));
        (await App.PostAsync(route, new { userID = "", type = 1, uuid = "u" }, alice.Token)).Failed(1001, "ArgsError", "userID is empty");
        if (hasType) (await App.PostAsync(route, new { userID = alice.Id, type = 0, uuid = "u" }, alice.Token)).Failed(1001, "ArgsError", "type is not specified");
        if (hasUuid) (await App.PostAsync(route, new { userID = alice.Id, type = 1, uuid = "" }, alice.Token)).Failed(1001, "ArgsError", "UUID is empty");
        (await App.PostAsync(route, new { userID = alice.Id, type = 1, uuid = "u" }, mallory.Token)).Failed(1002, "NoPermissionError", $"ownerUserID, {alice.Id}=MISSING");
    }
}

public sealed class ProcessUserCommandAddTests(SharedServer server) : UserCommandTests(server)
{
    [Fact]
    public async Task A_value_is_kept()
    {
        var alice = await App.NewLoginAsync("alice");
        (await AddAsync(alice, 1, "u")).Succeeded();
        (await AddAsync(alice, 2, "u", value: null, ex: null)).Succeeded();
        Assert.Equal([(1, "u", "v", "e"), (2, "u", "", "")], await AllAsync(alice));
    }

    [Fact]
    public async Task The_same_name_again_answers_1003()
    {
        var alice = await App.NewLoginAsync("alice");
        (await AddAsync(alice, 1, "u")).Succeeded();
        (await AddAsync(alice, 1, "u")).Failed(1003, "DuplicateKeyError");
    }

    [Fact]
    public async Task A_value_may_have_64_Ki_characters_and_no_more()
    {
        var alice = await App.NewLoginAsync("alice");
        (await AddAsync(alice, 1, "fits", new string('x', 64 * 1024))).Succeeded();
        (await AddAsync(alice, 1, "does not", new string('x', (64 * 1024) + 1))).Failed(1001);
    }

    [Fact]
    public Task Bad_arguments_are_refused() => RefusesBadArgumentsAsync("/user/process_user_command_add");
}

public sealed class ProcessUserCommandUpdateTests(SharedServer server) : UserCommandTests(server)
{
    [Fact]
    public async Task What_is_absent_stays()
    {
        var alice = await App.NewLoginAsync("alice");
        (await AddAsync(alice, 1, "u")).Succeeded();
        (await App.PostAsync("/user/process_user_command_update", new { userID = alice.Id, type = 1, uuid = "u", value = "new" }, alice.Token)).Succeeded();
        Assert.Equal([(1, "u", "new", "e")], await AllAsync(alice));
    }

    [Fact]
    public async Task An_unknown_name_answers_1004()
    {
        var alice = await App.NewLoginAsync("alice");
        (await App.PostAsync("/user/process_user_command_update", new { userID = alice.Id, type = 1, uuid = "u" }, alice.Token)).Failed(1004);
    }

    [Fact]
    public Task Bad_arguments_are_refused() => RefusesBadArgumentsAsync("/user/process_user_command_update");
}

public sealed class ProcessUserCommandDeleteTests(SharedServer server) : UserCommandTests(server)
{
    [Fact]
    public async Task It_is_gone_and_a_second_time_answers_1004()
    {
        var alice = await App.NewLoginAsync("alice");
        (await AddAsync(alice, 1, "u")).Succeeded();
        (await App.PostAsync("/user/process_user_command_delete", new { userID = alice.Id, type = 1, uuid = "u" }, alice.Token)).Succeeded();
        Assert.Empty(await AllAsync(alice));
        (await App.PostAsync("/user/process_user_command_delete", new { userID = alice.Id, type = 1, uuid = "u" }, alice.Token)).Failed(1004);
    }

    [Fact]
    public Task Bad_arguments_are_refused() => RefusesBadArgumentsAsync("/user/process_user_command_delete");
}

public sealed class ProcessUserCommandGetTests(SharedServer server) : UserCommandTests(server)
{
    [Fact]
    public async Task One_type_is_listed()
    {
        var alice = await App.NewLoginAsync("alice");
        (await AddAsync(alice, 1, "a")).Succeeded();
        (await AddAsync(alice, 2, "b")).Succeeded();
        var listed = (await App.PostAsync("/user/process_user_command_get", new { userID = alice.Id, type = 2 }, alice.Token)).Succeeded().Data.GetProperty("CommandResp");
        Assert.Equal("b", Assert.Single(listed.EnumerateArray()).GetProperty("uuid").GetString());
    }

    [Fact]
    public Task Bad_arguments_are_refused() => RefusesBadArgumentsAsync("/user/process_user_command_get", hasUuid: false);
}

public sealed class ProcessUserCommandGetAllTests(SharedServer server) : UserCommandTests(server)
{
    [Fact]
    public async Task Nothing_is_null_and_others_see_nothing()
    {
        var (alice, bob) = (await App.NewLoginAsync("alice"), await App.NewLoginAsync("bob"));
        (await AddAsync(alice, 1, "a")).Succeeded();
        Assert.Empty(await AllAsync(bob));
    }

    [Fact]
    public Task Bad_arguments_are_refused() => RefusesBadArgumentsAsync("/user/process_user_command_get_all", hasType: false, hasUuid: false);
}
