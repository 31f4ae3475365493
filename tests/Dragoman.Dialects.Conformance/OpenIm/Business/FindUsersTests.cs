using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Business;

[Collection(BusinessCollection.Name)]
public sealed class FindUsersTests(BusinessServer server) : BusinessTest(server)
{
    [Fact]
    public async Task Full_has_all_fields_and_no_password()
    {
        var account = $"Full{NewPhone()}";
        var (reader, person) = (await NewPersonAsync(Super), await NewPersonAsync(Super, new { account, faceURL = "f.png", gender = 1, birth = -1000, registerType = 3 }));

        var user = await FullAsync(Super, reader.ChatToken, person.Id);

        var expected = $$"""
            {"userID":"{{person.Id}}","password":"","account":"{{account}}","phoneNumber":"{{person.Phone}}","areaCode":"+86","email":"",
             "nickname":"Nick {{person.Phone}}","faceURL":"f.png","gender":1,"level":0,"birth":-1000,"allowAddFriend":1,"allowBeep":1,
             "allowVibration":1,"globalRecvMsgOpt":0,"registerType":3}
            """;
        Assert.Equal(System.Text.Json.Nodes.JsonNode.Parse(expected)!.ToJsonString(), System.Text.Json.Nodes.JsonNode.Parse(user.GetRawText())!.ToJsonString());
    }

    [Fact]
    public async Task Public_has_no_password_phone_email_or_birthday()
    {
        var person = await NewPersonAsync(Super, new { gender = 2, birth = 1000 });

        var reply = await Super.PostAsync("/user/find/public", new { userIDs = new[] { person.Id } }, person.ChatToken);

        var user = reply.Succeeded().Data.GetProperty("users").EnumerateArray().Single();
        Assert.Equal(["userID", "account", "nickname", "faceURL", "gender", "level"], user.EnumerateObject().Select(member => member.Name));
        Assert.DoesNotContain(person.Phone, reply.Text.Replace($"Nick {person.Phone}", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_come_in_the_order_of_the_call_once_and_those_that_do_not_exist_are_passed_over()
    {
        var (one, other) = (await NewPersonAsync(Super), await NewPersonAsync(Super));
        var ids = new { userIDs = new[] { other.Id, "nobody", one.Id, other.Id } };

        Assert.Equal([other.Id, one.Id], Ids((await Super.PostAsync("/user/find/full", ids, one.ChatToken)).Succeeded().Data));
        Assert.Equal([other.Id, one.Id], Ids((await Super.PostAsync("/user/find/public", ids, one.ChatToken)).Succeeded().Data));
    }

    [Fact]
    public async Task Where_contacts_are_hidden_only_oneself_and_administrators_see_them()
    {
        var app = Server.App("discreet");
        var (reader, person) = (await NewPersonAsync(app), await NewPersonAsync(app, new { birth = 1000 }));

        var seen = await FullAsync(app, reader.ChatToken, person.Id);
        Assert.Equal(("", "", 0), (Text(seen, "areaCode"), Text(seen, "phoneNumber"), Number(seen, "birth")));
        Assert.Equal(person.Phone, Text(await FullAsync(app, person.ChatToken, person.Id), "phoneNumber"));
        Assert.Equal(person.Phone, Text(await FullAsync(app, await app.AdminTokenAsync(), person.Id), "phoneNumber"));
    }

    [Theory]
    [InlineData("/user/find/full")]
    [InlineData("/user/find/public")]
    public async Task One_to_a_thousand_may_be_asked_for(string route)
    {
        var admin = await Super.AdminTokenAsync();

        (await Super.PostAsync(route, new { userIDs = Array.Empty<string>() }, admin)).Failed(1001, "ArgsError", "userIDs is empty");
        (await Super.PostAsync(route, new { userIDs = Enumerable.Range(0, 1000).Select(i => $"x{i}") }, admin)).Succeeded();
        (await Super.PostAsync(route, new { userIDs = Enumerable.Range(0, 1001).Select(i => $"x{i}") }, admin)).Failed(1001, "ArgsError", "userIDs is too long");
        (await Super.PostAsync(route, """{"userIDs":5}""", admin)).Failed(1001);
    }
}
