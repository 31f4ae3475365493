using System.Net.Http.Headers;
using System.Text;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Engine.Accounts;
using Xunit;

namespace Dragoman.Dialects.Conformance.Agora.People;

/// <summary>Section 4.3: attributes of users, and the profile that all dialects share.</summary>
public sealed class UserMetadataTests(UserMetadataTests.Apps server) : IClassFixture<UserMetadataTests.Apps>
{
    private static readonly HttpClient Http = new();
    private readonly AgoraAppClient _app = server.Demo;

    public sealed class Apps : AgoraServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
            [("demo", """{"rateLimit":{"calls":0}}"""), ("plain", """{"features":{"userMetadata":false}}""")];
    }

    [Fact]
    public async Task Attributes_are_merged_and_shown_as_they_were_written()
    {
        var alice = await _app.NewUserAsync();
        await PutAsync(alice, "nickname=Al%20Ice&avatarurl=http%3A%2F%2Fx%2Fa.png&phone=123&mail=a%40b.c&gender=1&sign=s&birth=2000-10-10&ext=%7B%7D&hobby=go");
        var reply = await PutAsync(alice, "sign=t&gender=0&hobby=");

        const string expected = """{"avatarurl":"http://x/a.png","birth":"2000-10-10","ext":"{}","gender":"0","mail":"a@b.c","nickname":"Al Ice","phone":"123","sign":"t"}""";
        Assert.Equal(expected, reply.Succeeded().Data.GetRawText());
        Assert.Equal(expected, (await _app.AdminAsync("GET", $"/metadata/user/{alice}")).Succeeded().Data.GetRawText());
        Assert.Equal("{}", (await _app.AdminAsync("GET", "/metadata/user/nobody")).Succeeded().Data.GetRawText());
        Assert.True((await _app.AdminAsync("GET", "/metadata/user/capacity")).Succeeded().Data.GetInt64() > 30);
        Assert.True((await _app.AdminAsync("DELETE", $"/metadata/user/{alice}")).Succeeded().Data.GetBoolean());
        Assert.True((await _app.AdminAsync("DELETE", "/metadata/user/nobody")).Succeeded().Data.GetBoolean());
        Assert.Equal("{}", (await _app.AdminAsync("GET", $"/metadata/user/{alice}")).Succeeded().Data.GetRawText());
    }

    [Fact]
    public async Task Other_dialects_see_the_same_profile()
    {
        var alice = await _app.NewUserAsync();
        (await PutAsync(alice, "nickname=Al&gender=2&birth=2000.1.2&phone=5")).Succeeded();
        var account = await AccountAsync(alice);
        Assert.Equal(("Al", "2", "5"), (account.Nickname, account.Profile[ProfileKeys.Gender], account.Profile[ProfileKeys.Phone]));
        Assert.Equal(DateTimeOffset.Parse("2000-01-02T00:00:00Z").ToUnixTimeMilliseconds().ToString(), account.Profile[ProfileKeys.Birthday]);

        var other = DateTimeOffset.Parse("1999-12-31T00:00:00Z").ToUnixTimeMilliseconds().ToString();
        var change = new ProfileChange(Nickname: "Alice") { Profile = new Dictionary<string, string?> { [ProfileKeys.Birthday] = other, [ProfileKeys.Gender] = "1" } };
        await server.Get<UpdateProfile>().RunAsync(new(account.App, account.Id, IsAdministrator: true), account.Id, change, CancellationToken.None);

        Assert.Equal(
            """{"birth":"1999-12-31","gender":"1","nickname":"Alice","phone":"5"}""", (await _app.AdminAsync("GET", $"/metadata/user/{alice}")).Data.GetRawText());
    }

    [Fact]
    public async Task Some_attributes_of_some_users_are_read_by_anybody()
    {
        var (alice, bob) = (await _app.NewUserAsync(), await _app.NewUserAsync("bob"));
        (await PutAsync(alice, "nickname=Al&sign=s")).Succeeded();
        var token = await _app.UserTokenAsync(bob);
        var reply = await _app.CallAsync("POST", "/metadata/user/get", new { targets = new[] { alice, bob, "nobody" }, properties = new[] { "nickname" } }, token);

        Assert.Equal($$$"""{"{{{alice}}}":{"nickname":"Al"},"{{{bob}}}":{},"nobody":{}}""", reply.Succeeded().Data.GetRawText());
        (await _app.CallAsync("POST", "/metadata/user/get", new { targets = Enumerable.Range(0, 101).Select(i => $"u{i}") }, token))
            .Failed(400, "BAD_REQUEST", "exceed allowed batch size 100");
        (await PutAsync(alice, "nickname=x", token)).Failed(401, "unauthorized");
    }

    [Fact]
    public async Task Attributes_have_their_limits()
    {
        var alice = await _app.NewUserAsync();
        (await PutAsync(alice, "nickname=" + new string('n', 65))).Failed(400, "illegal_argument", "nickname is too long");
        (await PutAsync(alice, "ext=" + new string('x', 2100))).Failed(403, "FORBIDDEN", "size of metadata for this single user exceeds the user defined limit, 2048Bytes");
        (await PutAsync(alice, "")).Failed(400, "invalid_request_body");
        (await PutAsync("nobody", "nickname=x", await _app.TokenAsync())).Failed(404, "service_resource_not_found");
        (await server.App("plain").AdminAsync("GET", "/metadata/user/x")).Failed(403, "FORBIDDEN", "org#plain user metadata service not allow");
    }

    [Fact]
    public async Task The_nickname_is_the_one_of_the_entity()
    {
        var alice = await _app.NewUserAsync();
        (await PutAsync(alice, "nickname=Al")).Succeeded();

        Assert.Equal("Al", (await _app.AdminAsync("GET", $"/users/{alice}")).Entities.Single().GetProperty("nickname").GetString());
    }

    private async Task<RestReply> PutAsync(string user, string form, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, _app.Uri($"/metadata/user/{user}"));
        request.Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? await _app.UserTokenAsync(user));
        using var response = await Http.SendAsync(request);
        var headers = response.Content.Headers.ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase);
        return new(response.StatusCode, await response.Content.ReadAsStringAsync(), headers);
    }

    private async Task<Account> AccountAsync(string user) =>
        (await server.Get<AccountDirectory>().FindAsync(server.AppIdOf("demo"), new(user), CancellationToken.None))!;
}
