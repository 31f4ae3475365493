using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Rest.User;

public sealed class AccountCheckTests(SharedServer server)
{
    [Fact]
    public async Task Every_id_is_answered_in_its_order()
    {
        var alice = await server.Demo.NewUserAsync("alice");
        var results = (await server.Demo.AdminPostAsync("/user/account_check", new { checkUserIDs = new[] { "nobody", alice } })).Succeeded().Data.GetProperty("results");
        Assert.Equal([("nobody", 0), (alice, 1)], results.EnumerateArray().Select(r => (r.GetProperty("userID").GetString()!, r.GetProperty("accountStatus").GetInt32())));
    }

    [Fact]
    public async Task Repeated_ids_answer_1001() =>
        (await server.Demo.AdminPostAsync("/user/account_check", new { checkUserIDs = new[] { "a", "a" } })).Failed(1001, "ArgsError", "userID repeated");

    [Fact]
    public async Task No_list_answers_1001() =>
        (await server.Demo.AdminPostAsync("/user/account_check", new { })).Failed(1001, "ArgsError", "CheckUserIDs is empty");

    [Fact]
    public async Task Only_administrators_may() =>
        (await server.Demo.PostAsync("/user/account_check", new { checkUserIDs = new[] { "a" } }, (await server.Demo.NewLoginAsync("alice")).Token)).Failed(1002);
}

public sealed class GetUsersTests(SharedServer server)
{
    [Fact]
    public async Task People_are_found_by_parts_of_id_and_nickname_and_administrators_are_not()
    {
        var mark = OpenImAppClient.Unique("found");
        var users = await server.Demo.NewUsersAsync(mark, mark);
        (await server.Demo.AdminPostAsync("/user/user_register", new { users = new[] { new { userID = mark + "boss", nickname = "b", appMangerLevel = 2 }, new { userID = mark + "robot", nickname = "r", appMangerLevel = 4 } } })).Succeeded();

        var found = (await server.Demo.AdminPostAsync("/user/get_users", new { userID = mark, pagination = new { pageNumber = 1, showNumber = 10 } })).Succeeded().Data;
        Assert.Equal(2, found.GetProperty("total").GetInt32());
        Assert.Equal(users, found.GetProperty("users").EnumerateArray().Select(u => u.GetProperty("userID").GetString()));
        var second = (await server.Demo.AdminPostAsync("/user/get_users", new { nickName = "Nick " + mark, pagination = new { pageNumber = 2, showNumber = 1 } })).Succeeded().Data;
        Assert.Equal(users[1], Assert.Single(second.GetProperty("users").EnumerateArray()).GetProperty("userID").GetString());
    }

    [Theory]
    [InlineData("50%")]
    [InlineData("_")]
    public async Task Wildcards_are_letters(string nickName)
    {
        await server.Demo.NewUserAsync("alice");
        var found = (await server.Demo.AdminPostAsync("/user/get_users", new { nickName, pagination = new { pageNumber = 1, showNumber = 10 } })).Succeeded().Data;
        Assert.Equal(0, found.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_page_before_the_first_answers_1001() =>
        (await server.Demo.AdminPostAsync("/user/get_users", new { pagination = new { pageNumber = 0, showNumber = 1 } })).Failed(1001, "ArgsError", "pageNumber is invalid");
}

public sealed class GetAllUsersUidTests(SharedServer server)
{
    [Fact]
    public async Task All_ids_come_in_pages()
    {
        var alice = await server.Demo.NewUserAsync("alice");
        var ids = new List<string?>();
        for (var pageNumber = 1; ; pageNumber++)
        {
            var page = (await server.Demo.AdminPostAsync("/user/get_all_users_uid", new { pagination = new { pageNumber, showNumber = 100 } })).Succeeded().Data.GetProperty("userIDs");
            if (page.ValueKind == JsonValueKind.Null) break;
            ids.AddRange(page.EnumerateArray().Select(id => id.GetString()));
        }

        Assert.Contains(alice, ids);
        Assert.Contains(OpenImAppClient.Admin, ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }
}

public sealed class UpdateUserInfoTests(SharedServer server)
{
    [Fact]
    public async Task Empty_members_stay()
    {
        var alice = await server.Demo.NewLoginAsync("alice");
        (await server.Demo.PostAsync("/user/update_user_info", new { userInfo = new { userID = alice.Id, faceURL = "face" } }, alice.Token)).Succeeded();
        var info = (await server.Demo.AdminPostAsync("/user/get_users_info", new { userIDs = new[] { alice.Id } })).Succeeded().Data.GetProperty("usersInfo")[0];
        Assert.Equal(("Nick " + alice.Id, "face"), (info.GetProperty("nickname").GetString(), info.GetProperty("faceURL").GetString()));
    }

    [Fact]
    public async Task Bad_arguments_are_refused()
    {
        var (alice, mallory) = (await server.Demo.NewLoginAsync("alice"), await server.Demo.NewLoginAsync("mallory"));
        (await server.Demo.PostAsync("/user/update_user_info", new { }, alice.Token)).Failed(1001, "ArgsError", "userInfo is empty");
        (await server.Demo.PostAsync("/user/update_user_info", new { userInfo = new { nickname = "x" } }, alice.Token)).Failed(1001, "ArgsError", "userID is empty");
        (await server.Demo.PostAsync("/user/update_user_info", new { userInfo = new { userID = alice.Id, nickname = "x" } }, mallory.Token)).Failed(1002);
        (await server.Demo.AdminPostAsync("/user/update_user_info", new { userInfo = new { userID = "nobody", nickname = "x" } })).Failed(1004);
    }
}

public sealed class SetGlobalMsgRecvOptTests(SharedServer server)
{
    [Fact]
    public async Task Who_refuses_everything_is_not_reached()
    {
        await using var bob = await server.Demo.NewClientAsync("bob");
        var alice = await server.Demo.NewLoginAsync("alice");
        (await server.Demo.PostAsync("/user/set_global_msg_recv_opt", new { userID = alice.Id, globalRecvMsgOpt = 1 }, alice.Token)).Succeeded();
        var reply = await bob.RequestAsync(Dragoman.Dialects.OpenIm.Gateway.Requests.SendMsg, Google.Protobuf.MessageExtensions.ToByteArray(bob.TextTo(alice.Id, "hello")));
        Assert.Equal((1001, "ArgsError"), (reply.ErrCode, reply.ErrMsg));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public async Task Other_values_answer_1001(int value)
    {
        var alice = await server.Demo.NewLoginAsync("alice");
        (await server.Demo.PostAsync("/user/set_global_msg_recv_opt", new { userID = alice.Id, globalRecvMsgOpt = value }, alice.Token))
            .Failed(1001, "ArgsError", "GlobalRecvMsgOpt is invalid");
    }

    [Fact]
    public async Task Somebody_elses_answers_1002() => (await server.Demo.PostAsync(
        "/user/set_global_msg_recv_opt", new { userID = "x", globalRecvMsgOpt = 1 }, (await server.Demo.NewLoginAsync("mallory")).Token)).Failed(1002);
}

public sealed class SubscribeUsersStatusTests(SharedServer server)
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(0, 1001)]
    [InlineData(3, 1001)]
    public async Task Genre_is_1_or_2(int genre, int code)
    {
        var alice = await server.Demo.NewLoginAsync("alice");
        Assert.Equal(code, (await server.Demo.PostAsync("/user/subscribe_users_status", new { userID = alice.Id, userIDs = new[] { "b" }, genre }, alice.Token)).ErrCode);
    }
}

public sealed class GetSubscribeUsersStatusTests(SharedServer server)
{
    [Fact]
    public async Task Nothing_is_kept()
    {
        var alice = await server.Demo.NewLoginAsync("alice");
        var list = (await server.Demo.PostAsync("/user/get_subscribe_users_status", new { userID = alice.Id }, alice.Token)).Succeeded().Data.GetProperty("statusList");
        Assert.Equal(JsonValueKind.Null, list.ValueKind);
    }
}

public sealed class GetUsersOnlineStatusTests(SharedServer server)
{
    [Fact]
    public async Task Every_connection_is_described()
    {
        await using var alice = await server.Demo.NewClientAsync("alice");
        var bob = await server.Demo.NewUserAsync("bob");
        var data = (await server.Demo.AdminPostAsync("/user/get_users_online_status", new { userIDs = new[] { alice.UserId, bob } })).Succeeded().Data;
        var (online, offline) = (data[0], data[1]);
        Assert.Equal((alice.UserId, 1, bob, 0), (online.GetProperty("userID").GetString(), online.GetProperty("status").GetInt32(), offline.GetProperty("userID").GetString(), offline.GetProperty("status").GetInt32()));
        var detail = Assert.Single(online.GetProperty("detailPlatformStatus").EnumerateArray());
        Assert.Equal((5, alice.Token, false), (detail.GetProperty("platformID").GetInt32(), detail.GetProperty("token").GetString(), detail.GetProperty("isBackground").GetBoolean()));
        Assert.NotEqual("", detail.GetProperty("connID").GetString());
    }

    [Fact]
    public async Task Only_administrators_may() => (await server.Demo.PostAsync(
        "/user/get_users_online_status", new { userIDs = new[] { "a" } }, (await server.Demo.NewLoginAsync("alice")).Token)).Failed(1002);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"userIDs":"a"}""")]
    [InlineData("""{"userIDs":[1]}""")]
    [InlineData("{")]
    public async Task A_body_that_does_not_bind_has_status_400(string body)
    {
        var reply = await server.Demo.AdminPostAsync("/user/get_users_online_status", body);
        Assert.Equal((System.Net.HttpStatusCode.BadRequest, 1001), (reply.Status, reply.ErrCode));
    }
}

public sealed class GetUsersOnlineTokenDetailTests(SharedServer server)
{
    [Fact]
    public async Task Tokens_are_listed_by_platform_for_who_is_online()
    {
        await using var alice = await server.Demo.NewClientAsync("alice");
        var data = (await server.Demo.AdminPostAsync("/user/get_users_online_token_detail", new { userIDs = new[] { alice.UserId, "nobody" } })).Succeeded().Data;
        var platform = Assert.Single(Assert.Single(data.EnumerateArray()).GetProperty("singlePlatformToken").EnumerateArray());
        Assert.Equal((5, 1, alice.Token), (platform.GetProperty("platformID").GetInt32(), platform.GetProperty("total").GetInt32(), platform.GetProperty("token")[0].GetString()));
    }

    [Fact]
    public async Task Only_administrators_may() => (await server.Demo.PostAsync(
        "/user/get_users_online_token_detail", new { userIDs = new[] { "a" } }, (await server.Demo.NewLoginAsync("alice")).Token)).Failed(1002);
}

public sealed class AddNotificationAccountTests(SharedServer server)
{
    [Fact]
    public async Task An_account_is_made_with_an_id_of_ten_digits()
    {
        var data = (await server.Demo.AdminPostAsync("/user/add_notification_account", new { nickName = "News", faceURL = "f", appMangerLevel = 3 })).Succeeded().Data;
        Assert.Matches("^[0-9]{10}$", data.GetProperty("userID").GetString());
        Assert.Equal(("News", "f", 3), (data.GetProperty("nickName").GetString(), data.GetProperty("faceURL").GetString(), data.GetProperty("appMangerLevel").GetInt32()));
        (await server.Demo.AdminPostAsync("/auth/get_user_token", new { userID = data.GetProperty("userID").GetString(), platformID = 5 })).Failed(1001);
    }

    [Fact]
    public async Task Bad_arguments_are_refused()
    {
        var taken = await server.Demo.NewUserAsync("taken");
        (await server.Demo.AdminPostAsync("/user/add_notification_account", new { appMangerLevel = 3 })).Failed(1001, "ArgsError", "nickName is empty");
        (await server.Demo.AdminPostAsync("/user/add_notification_account", new { nickName = "n", appMangerLevel = 2 })).Failed(1001);
        (await server.Demo.AdminPostAsync("/user/add_notification_account", new { userID = taken, nickName = "n", appMangerLevel = 3 })).Failed(1001, "ArgsError", "userID is used");
        (await server.Demo.PostAsync("/user/add_notification_account", new { nickName = "n", appMangerLevel = 3 }, (await server.Demo.NewLoginAsync("alice")).Token)).Failed(1002);
    }
}

public sealed class UpdateNotificationAccountTests(SharedServer server)
{
    [Fact]
    public async Task Empty_members_stay_and_people_are_not_found()
    {
        var id = OpenImAppClient.Unique("news");
        (await server.Demo.AdminPostAsync("/user/add_notification_account", new { userID = id, nickName = "News", faceURL = "f", appMangerLevel = 3 })).Succeeded();
        (await server.Demo.AdminPostAsync("/user/update_notification_account", new { userID = id, nickName = "Better" })).Succeeded();
        var info = (await server.Demo.AdminPostAsync("/user/get_users_info", new { userIDs = new[] { id } })).Succeeded().Data.GetProperty("usersInfo")[0];
        Assert.Equal(("Better", "f"), (info.GetProperty("nickname").GetString(), info.GetProperty("faceURL").GetString()));
        (await server.Demo.AdminPostAsync("/user/update_notification_account", new { userID = await server.Demo.NewUserAsync("alice"), nickName = "x" })).Failed(1004);
        (await server.Demo.PostAsync("/user/update_notification_account", new { userID = id, nickName = "x" }, (await server.Demo.NewLoginAsync("alice")).Token)).Failed(1002);
    }
}

public sealed class SearchNotificationAccountTests(SharedServer server)
{
    [Fact]
    public async Task They_are_found_by_keyword()
    {
        var id = OpenImAppClient.Unique("searched");
        (await server.Demo.AdminPostAsync("/user/add_notification_account", new { userID = id, nickName = "News", appMangerLevel = 3 })).Succeeded();
        var data = (await server.Demo.AdminPostAsync("/user/search_notification_account", new { keyword = id, pagination = new { pageNumber = 1, showNumber = 10 } })).Succeeded().Data;
        Assert.Equal((1, id), (data.GetProperty("total").GetInt32(), data.GetProperty("notificationAccounts")[0].GetProperty("userID").GetString()));
        (await server.Demo.PostAsync("/user/search_notification_account", new { pagination = new { pageNumber = 1, showNumber = 1 } }, (await server.Demo.NewLoginAsync("alice")).Token)).Failed(1002);
    }
}
