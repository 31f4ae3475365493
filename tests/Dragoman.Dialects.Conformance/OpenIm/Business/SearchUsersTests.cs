using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Business;

[Collection(BusinessCollection.Name)]
public sealed class SearchUsersTests(BusinessServer server) : BusinessTest(server)
{
    private const string Full = "/user/search/full";
    private const string Public = "/user/search/public";

    [Theory]
    [InlineData(Full)]
    [InlineData(Public)]
    public async Task A_part_of_the_id_or_the_nickname_finds(string route)
    {
        var stem = $"stem{NewPhone()}";
        var (one, other) = (await NewPersonAsync(Super, new { nickname = $"a {stem} b" }), await NewPersonAsync(Super, new { nickname = $"{stem}%_" }));

        Assert.Equal([one.Id, other.Id], await SearchAsync(route, stem));
        Assert.Equal([other.Id], await SearchAsync(route, $"{stem}%_"));
        Assert.Equal([one.Id], await SearchAsync(route, one.Id));
        Assert.Empty(await SearchAsync(route, $"{stem}x"));
    }

    [Fact]
    public async Task The_whole_account_phone_or_email_finds_and_no_part_of_it()
    {
        var (account, email) = ($"Find{NewPhone()}", $"f{NewPhone()}@example.org");
        var person = await NewPersonAsync(Super, new { account, nickname = "n" });
        (await Super.PostAsync("/user/update", new { userID = person.Id, email }, person.ChatToken)).Succeeded();

        foreach (var keyword in new[] { account, account.ToUpperInvariant(), email, person.Phone, $"86{person.Phone}", $"+86 {person.Phone}" })
            Assert.Equal([person.Id], await SearchAsync(Full, keyword));
        foreach (var keyword in new[] { account[..^1], email[1..], person.Phone[4..] })
            Assert.Empty(await SearchAsync(Public, keyword));
    }

    [Fact]
    public async Task Genders_are_filtered_and_0_is_those_who_say_nothing()
    {
        var stem = $"sex{NewPhone()}";
        var nobody = await NewPersonAsync(Super, new { nickname = stem });
        var man = await NewPersonAsync(Super, new { nickname = stem, gender = 1 });
        var woman = await NewPersonAsync(Super, new { nickname = stem, gender = 2 });

        Assert.Equal([nobody.Id, man.Id, woman.Id], await SearchAsync(Full, stem));
        Assert.Equal([man.Id], await SearchAsync(Full, stem, 1));
        Assert.Equal([man.Id, woman.Id], await SearchAsync(Public, stem, 2, 1));
        Assert.Equal([nobody.Id], await SearchAsync(Full, stem, 0));
        Assert.Equal([nobody.Id, woman.Id], await SearchAsync(Full, stem, 0, 2, 0));
    }

    [Fact]
    public async Task Pages_follow_each_other()
    {
        var stem = $"page{NewPhone()}";
        var ids = new List<string>();
        for (var i = 0; i < 3; i++) ids.Add((await NewPersonAsync(Super, new { nickname = stem })).Id);

        var first = (await PageAsync(stem, 1, 2)).Succeeded().Data;
        var second = (await PageAsync(stem, 2, 2)).Succeeded().Data;

        Assert.Equal((3, 3), (Number(first, "total"), Number(second, "total")));
        Assert.Equal(ids, [.. Ids(first), .. Ids(second)]);
        Assert.Empty(Ids((await PageAsync(stem, 3, 2)).Succeeded().Data));
    }

    [Fact]
    public async Task Administrators_and_robots_are_not_found()
    {
        Assert.Empty(await SearchAsync(Full, OpenImAppClient.Admin));
    }

    [Theory]
    [InlineData("""{"keyword":"x"}""", "pagination is empty")]
    [InlineData("""{"pagination":{"pageNumber":0,"showNumber":1}}""", "pageNumber is invalid")]
    [InlineData("""{"pagination":{"pageNumber":1,"showNumber":0}}""", "showNumber is invalid")]
    [InlineData("""{"pagination":{"pageNumber":1,"showNumber":1},"normal":2}""", "normal flied is invalid")]
    [InlineData("""{"pagination":{"pageNumber":1,"showNumber":1},"genders":[3]}""", "genders is invalid")]
    public async Task What_is_no_search_answers_1001(string body, string detail)
    {
        foreach (var route in new[] { Full, Public, "/friend/search" })
            (await Super.PostAsync(route, body, await Super.AdminTokenAsync())).Failed(1001, "ArgsError", detail);
    }

    [Fact]
    public async Task A_keyword_has_256_characters_at_most()
    {
        Assert.Empty(await SearchAsync(Full, new string('x', 256)));
        (await PageAsync(new string('x', 257), 1, 10)).Failed(1001, "ArgsError", "keyword is too long");
    }

    private async Task<string[]> SearchAsync(string route, string keyword, params int[] genders)
    {
        var body = new { keyword, genders, normal = 1, pagination = new { pageNumber = 1, showNumber = 100 } };
        var data = (await Super.PostAsync(route, body, await Super.AdminTokenAsync())).Succeeded().Data;
        Assert.Equal(Number(data, "total"), Ids(data).Length);
        return Ids(data);
    }

    private async Task<ApiReply> PageAsync(string keyword, int pageNumber, int showNumber) =>
        await Super.PostAsync(Full, new { keyword, pagination = new { pageNumber, showNumber } }, await Super.AdminTokenAsync());
}

[Collection(BusinessCollection.Name)]
public sealed class SearchFriendTests(BusinessServer server) : BusinessTest(server)
{
    [Fact]
    public async Task Friends_are_found_by_what_one_sees_of_them_and_nobody_else_is()
    {
        var me = await NewPersonAsync(Super);
        var (man, woman, stranger) = (await NewPersonAsync(Super, new { nickname = "Anton", gender = 1 }), await NewPersonAsync(Super, new { nickname = "Antonia", gender = 2 }), await NewPersonAsync(Super, new { nickname = "Anton" }));
        (await Super.AdminPostAsync("/friend/import_friend", new { ownerUserID = me.Id, friendUserIDs = new[] { man.Id, woman.Id } })).Succeeded();

        // The order of the list: those who were added at once come by their ids.
        string[] both = [.. new[] { man.Id, woman.Id }.Order(StringComparer.Ordinal)];
        Assert.Equal(both, await SearchAsync(me.ChatToken, new { keyword = "anton", pagination = Page }));
        Assert.Equal([woman.Id], await SearchAsync(me.ChatToken, new { keyword = "anton", genders = new[] { 2 }, pagination = Page }));
        Assert.Equal([man.Id], await SearchAsync(me.ChatToken, new { keyword = man.Phone[3..], pagination = Page }));
        Assert.Empty(await SearchAsync(me.ChatToken, new { keyword = stranger.Id, pagination = Page }));
        Assert.Empty(await SearchAsync(stranger.ChatToken, new { keyword = "", pagination = Page }));
        Assert.Equal([both[1]], await SearchAsync(me.ChatToken, new { keyword = "", pagination = new { pageNumber = 2, showNumber = 1 } }));
    }

    [Fact]
    public async Task Another_ones_friends_are_for_administrators()
    {
        var (me, other) = (await NewPersonAsync(Super), await NewPersonAsync(Super));
        (await Super.AdminPostAsync("/friend/import_friend", new { ownerUserID = me.Id, friendUserIDs = new[] { other.Id } })).Succeeded();

        Assert.Equal([other.Id], await SearchAsync(await Super.AdminTokenAsync(), new { userID = me.Id, pagination = Page }));
        (await Super.PostAsync("/friend/search", new { userID = me.Id, pagination = Page }, other.ChatToken)).Failed(1002);
    }

    private static object Page => new { pageNumber = 1, showNumber = 100 };

    private async Task<string[]> SearchAsync(string token, object body) => Ids((await Super.PostAsync("/friend/search", body, token)).Succeeded().Data);
}
