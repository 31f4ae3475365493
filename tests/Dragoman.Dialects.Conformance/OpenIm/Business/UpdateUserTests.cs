using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Business;

[Collection(BusinessCollection.Name)]
public sealed class UpdateUserTests(BusinessServer server) : BusinessTest(server)
{
    private const string Route = "/user/update";

    [Fact]
    public async Task What_is_given_changes_and_what_is_absent_stays()
    {
        var person = await NewPersonAsync(Super, new { gender = 1 });
        var email = $"u{NewPhone()}@example.org";
        (await UpdateAsync(person, new
        {
            userID = person.Id,
            nickname = "New",
            faceURL = "n.png",
            email,
            birth = 5000,
            allowAddFriend = 2,
            allowBeep = 2,
            allowVibration = 2,
            globalRecvMsgOpt = 2,
        })).Succeeded();

        var user = await FullAsync(Super, person.ChatToken, person.Id);
        Assert.Equal(("New", "n.png", email, person.Phone), (Text(user, "nickname"), Text(user, "faceURL"), Text(user, "email"), Text(user, "phoneNumber")));
        Assert.Equal((1, 5000, 2, 2, 2, 2), (Number(user, "gender"), Number(user, "birth"), Number(user, "allowAddFriend"), Number(user, "allowBeep"), Number(user, "allowVibration"), Number(user, "globalRecvMsgOpt")));

        (await UpdateAsync(person, new { userID = person.Id, gender = 0, birth = 0, allowAddFriend = 1, allowBeep = 1, allowVibration = 1, globalRecvMsgOpt = 0 })).Succeeded();
        user = await FullAsync(Super, person.ChatToken, person.Id);
        Assert.Equal((0, 0, 1, 1, 1, 0), (Number(user, "gender"), Number(user, "birth"), Number(user, "allowAddFriend"), Number(user, "allowBeep"), Number(user, "allowVibration"), Number(user, "globalRecvMsgOpt")));
        Assert.Equal("New", Text(user, "nickname"));
    }

    [Fact]
    public async Task The_im_api_shows_the_same_nickname_and_friends_are_told()
    {
        var (person, friend) = (await NewPersonAsync(Super), await NewPersonAsync(Super));
        (await Super.AdminPostAsync("/friend/import_friend", new { ownerUserID = friend.Id, friendUserIDs = new[] { person.Id } })).Succeeded();
        await using var client = await Super.ConnectAsync(friend.Id, friend.ImToken);

        (await UpdateAsync(person, new { userID = person.Id, nickname = "Renamed" })).Succeeded();

        await Eventually.TrueAsync(() => client.Messages.Any(m => m.Message.ContentType == 1209), "the friend is told");
        var info = (await Super.AdminPostAsync("/user/get_users_info", new { userIDs = new[] { person.Id } })).Succeeded().Data.GetProperty("usersInfo")[0];
        Assert.Equal("Renamed", Text(info, "nickname"));
    }

    [Fact]
    public async Task A_new_phone_logs_in_and_the_old_one_is_free()
    {
        var person = await NewPersonAsync(Super);
        var phone = NewPhone();
        (await UpdateAsync(person, new { userID = person.Id, areaCode = "86", phoneNumber = phone })).Succeeded();

        (await LoginAsync(Super, phone, person.Password)).Succeeded();
        (await LoginAsync(Super, person.Phone, person.Password)).Failed(20002);
        (await RegisterAsync(Super, person.Phone, BusinessServer.SuperCode)).Succeeded();
    }

    [Fact]
    public async Task What_somebody_has_answers_20003_20004_and_20014()
    {
        var (account, email) = ($"taken{NewPhone()}", $"t{NewPhone()}@example.org");
        var (owner, person) = (await NewPersonAsync(Super, new { account }), await NewPersonAsync(Super));
        (await UpdateAsync(owner, new { userID = owner.Id, email })).Succeeded();

        (await UpdateAsync(person, new { userID = person.Id, nickname = "x", areaCode = "+86", phoneNumber = owner.Phone })).Failed(20003, "PhoneAlreadyRegister");
        (await UpdateAsync(person, new { userID = person.Id, nickname = "x", account })).Failed(20004, "AccountAlreadyRegister");
        (await UpdateAsync(person, new { userID = person.Id, nickname = "x", email = email.ToUpperInvariant() })).Failed(20014, "EmailAlreadyRegister");

        Assert.Equal($"Nick {person.Phone}", Text(await FullAsync(Super, person.ChatToken, person.Id), "nickname"));
        (await UpdateAsync(owner, new { userID = owner.Id, account, email, areaCode = "+86", phoneNumber = owner.Phone })).Succeeded();
    }

    [Fact]
    public async Task Of_many_who_take_one_email_at_once_one_gets_it()
    {
        var people = new List<Person>();
        for (var i = 0; i < 4; i++) people.Add(await NewPersonAsync(Super));
        var email = $"race{NewPhone()}@example.org";

        var replies = await Task.WhenAll(people.Select(person => UpdateAsync(person, new { userID = person.Id, email })));

        Assert.Single(replies, reply => reply.ErrCode == 0);
        Assert.Equal(3, replies.Count(reply => reply.ErrCode == 20014));
    }

    [Fact]
    public async Task The_last_name_to_log_in_with_stays()
    {
        var person = await NewPersonAsync(Super);
        (await UpdateAsync(person, new { userID = person.Id, areaCode = "", phoneNumber = "" })).Failed(1001, "ArgsError", "a login method must exist");

        (await UpdateAsync(person, new { userID = person.Id, areaCode = "", phoneNumber = "", account = $"only{NewPhone()}" })).Succeeded();
        Assert.Equal(("", ""), (Text(await FullAsync(Super, person.ChatToken, person.Id), "areaCode"), Text(await FullAsync(Super, person.ChatToken, person.Id), "phoneNumber")));
    }

    [Fact]
    public async Task Others_and_ones_own_level_are_for_administrators()
    {
        var (person, other) = (await NewPersonAsync(Super), await NewPersonAsync(Super));
        (await UpdateAsync(person, new { userID = other.Id, nickname = "x" })).Failed(1002, "NoPermissionError", "only admin can update other user info");
        (await UpdateAsync(person, new { userID = person.Id, level = 100 })).Failed(1002, "NoPermissionError", "level can not be updated");
        (await UpdateAsync(person, new { userID = person.Id, registerType = 1 })).Failed(1002, "NoPermissionError", "registerType can not be updated");

        var admin = await Super.AdminTokenAsync();
        (await Super.PostAsync(Route, new { userID = person.Id, level = 100, registerType = 2 }, admin)).Succeeded();
        var user = await FullAsync(Super, person.ChatToken, person.Id);
        Assert.Equal((100, 2), (Number(user, "level"), Number(user, "registerType")));
        (await Super.PostAsync("/user/update", new { userID = "nobody", nickname = "x" }, admin)).Failed(1001, "ArgsError", "user not found");
    }

    [Fact]
    public async Task Somebody_of_the_im_api_may_be_given_a_login()
    {
        var id = await Super.NewUserAsync("im");
        var (admin, phone) = (await Super.AdminTokenAsync(), NewPhone());
        (await Super.PostAsync(Route, new { userID = id, areaCode = "+86", phoneNumber = phone }, admin)).Succeeded();
        (await LoginAsync(Super, phone, "secret")).Failed(20001);
        (await Super.PostAsync("/account/password/change", new { userID = id, newPassword = "secret" }, admin)).Succeeded();

        Assert.Equal(id, Text((await LoginAsync(Super, phone, "secret")).Succeeded().Data, "userID"));
    }

    [Theory]
    [InlineData("""{"nickname":"x"}""", "userID is empty")]
    [InlineData("""{"userID":"u","email":"x"}""", "Email is invalid")]
    [InlineData("""{"userID":"u","phoneNumber":"1"}""", "areaCode and phoneNumber must be set together")]
    [InlineData("""{"userID":"u","phoneNumber":"1","areaCode":""}""", "areaCode and phoneNumber must be set together")]
    [InlineData("""{"userID":"u","phoneNumber":"x","areaCode":"1"}""", "phoneNumber is invalid")]
    [InlineData("""{"userID":"u","account":"a b"}""", "account must be alphanumeric")]
    [InlineData("""{"userID":"u","nickname":""}""", "nickname can not be empty")]
    [InlineData("""{"userID":"u","gender":3}""", "gender is invalid")]
    [InlineData("""{"userID":"u","allowAddFriend":0}""", "allowAddFriend is invalid")]
    [InlineData("""{"userID":"u","allowBeep":3}""", "allowBeep is invalid")]
    [InlineData("""{"userID":"u","allowVibration":3}""", "allowVibration is invalid")]
    [InlineData("""{"userID":"u","globalRecvMsgOpt":3}""", "globalRecvMsgOpt is invalid")]
    public async Task What_is_no_change_answers_1001(string body, string detail) =>
        (await Super.PostAsync(Route, body, await Super.AdminTokenAsync())).Failed(1001, "ArgsError", detail);

    [Fact]
    public async Task A_nickname_has_256_characters_at_most()
    {
        var person = await NewPersonAsync(Super);
        (await UpdateAsync(person, new { userID = person.Id, nickname = new string('n', 256) })).Succeeded();
        (await UpdateAsync(person, new { userID = person.Id, nickname = new string('n', 257) })).Failed(1001, "ArgsError");
    }

    private Task<ApiReply> UpdateAsync(Person person, object body) => Super.PostAsync(Route, body, person.ChatToken);
}
