using System.Security.Cryptography;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Business;

/// <summary>What the business server asks for before it answers.</summary>
[Collection(BusinessCollection.Name)]
public sealed class ChatTokenTests(BusinessServer server) : BusinessTest(server)
{
    [Theory]
    [InlineData("/account/password/change")]
    [InlineData("/user/find/full")]
    [InlineData("/user/find/public")]
    [InlineData("/user/search/full")]
    [InlineData("/user/search/public")]
    [InlineData("/friend/search")]
    [InlineData("/user/update")]
    [InlineData("/applet/find")]
    public async Task A_route_for_users_asks_for_a_token_that_is_one(string route)
    {
        var person = await NewPersonAsync(Super);

        (await Super.PostAsync(route, new { })).Failed(1001, "ArgsError", "header must have token");
        (await Super.PostAsync(route, new { }, "nonsense")).Failed(20101, "ErrTokenNotExist");
        (await Super.PostAsync(route, new { }, person.ImToken)).Failed(20101, "ErrTokenNotExist");
        (await Super.PostAsync(route, "{}", operationId: null, person.ChatToken)).Failed(1001, "ArgsError", "header must have operationID");
        Assert.NotEqual(20101, (await Super.PostAsync(route, new { }, person.ChatToken)).ErrCode);
    }

    [Fact]
    public async Task A_token_ends_with_its_time()
    {
        var person = await NewPersonAsync(Super);
        await FullAsync(Super, person.ChatToken, person.Id);

        Server.Clock.Advance(TimeSpan.FromDays(2));

        (await AskAsync(Super, person.ChatToken)).Failed(20101);
    }

    [Fact]
    public async Task A_token_survives_a_restart()
    {
        var person = await NewPersonAsync(Super);
        await Server.RestartAsync();

        (await AskAsync(Super, person.ChatToken)).Succeeded();
    }

    [Fact]
    public async Task Neither_server_takes_the_others_tokens()
    {
        var person = await NewPersonAsync(Super);

        (await Super.PostAsync("/user/get_users_info", new { userIDs = new[] { "x" } }, person.ChatToken)).Failed(1505);
        (await AskAsync(Super, Super.Sign(person.Id, 5, Server.Clock.GetUtcNow().AddDays(1)))).Failed(20101);
        (await AskAsync(Super, Super.Sign(OpenImAppClient.Admin, 10, Server.Clock.GetUtcNow().AddDays(1)))).Failed(20101);
    }

    [Fact]
    public async Task A_token_is_one_of_its_app_and_its_user()
    {
        var (one, other) = (await NewPersonAsync(Super), await NewPersonAsync(Super));
        string[] parts = one.ChatToken.Split('.');
        string[] others = other.ChatToken.Split('.');

        (await AskAsync(Server.App("closed"), one.ChatToken)).Failed(20101);
        (await AskAsync(Super, $"{parts[0]}.{others[1]}.{parts[2]}")).Failed(20101);
        (await AskAsync(Super, $"{parts[0]}.{parts[1]}.{Convert.ToHexString(RandomNumberGenerator.GetBytes(16))}")).Failed(20101);
    }

    [Fact]
    public async Task Who_is_shut_out_has_no_token_any_more_and_is_not_found_among_normal_users()
    {
        var (person, reader) = (await NewPersonAsync(Super), await NewPersonAsync(Super));
        var shut = await Server.Get<DisableAccount>().RunAsync(new Caller(Super.Id, new UserId("x"), IsAdministrator: true), new UserId(person.Id), isDisabled: true, CancellationToken.None);
        Assert.True(shut.TryGet(out _, out _));

        (await AskAsync(Super, person.ChatToken)).Failed(20101);
        (await LoginAsync(Super, person.Phone, person.Password)).Failed(1002);
        foreach (var (normal, ids) in new[] { (0, new[] { person.Id }), (1, []) })
        {
            var body = new { keyword = person.Id, normal, pagination = new { pageNumber = 1, showNumber = 10 } };
            Assert.Equal(ids, Ids((await Super.PostAsync("/user/search/public", body, reader.ChatToken)).Succeeded().Data));
        }
    }

    [Fact]
    public async Task An_administrators_token_of_the_im_api_opens_everything()
    {
        var admin = await Super.AdminTokenAsync();

        (await AskAsync(Super, admin)).Succeeded();
    }

    [Fact]
    public async Task Where_the_app_counts_calls_it_counts_these_too()
    {
        var app = Server.App("discreet");
        var person = await NewPersonAsync(app);

        for (var i = 0; i < 200; i++)
        {
            if (await AskAsync(app, person.ChatToken) is not { ErrCode: 429 } refused) continue;
            Assert.Equal(System.Net.HttpStatusCode.TooManyRequests, refused.Status);
            return;
        }

        Assert.Fail("200 calls, none of which was refused");
    }

    private static Task<ApiReply> AskAsync(OpenImAppClient app, string token) =>
        app.PostAsync("/user/find/public", new { userIDs = new[] { "x" } }, token);
}
