using System.Net;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Google.Protobuf;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm;

/// <summary>Apps that may be asked once a second, in three ways.</summary>
public sealed class RateLimitServer : OpenImServer
{
    internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
    [
        ("demo", "{}"),
        ("users", """{"rateLimit":{"user":1}}"""),
        ("talkers", """{"rateLimit":{"messages":1}}"""),
        ("small", """{"rateLimit":{"app":1}}"""),
    ];
}

/// <summary>429: HTTP status and code; of a message in its answer. Off unless the app says so.</summary>
public sealed class RateLimitTests(RateLimitServer server) : IClassFixture<RateLimitServer>
{
    private const string Text = "too many requests, please try again later";

    [Fact]
    public async Task A_user_who_asks_too_often_gets_status_429_and_when_to_come_back()
    {
        var app = server.App("users");
        var (_, token) = await app.NewLoginAsync("alice");

        var reply = await UntilAsync(() => app.PostAsync("/user/get_users_online_status", new { userIDs = new[] { "x" } }, token), r => r.ErrCode == 429);

        Assert.Equal(HttpStatusCode.TooManyRequests, reply.Status);
        Assert.Equal(("BBR", "1"), (reply.Headers["X-RateLimit-Policy"], reply.Headers["Retry-After"]));
        Assert.Equal(Text, reply.ErrMsg);
        Assert.False(reply.HasData);
    }

    [Fact]
    public async Task Administrators_are_not_counted_as_users()
    {
        for (var i = 0; i < 20; i++) (await server.App("users").AdminPostAsync("/user/get_users_online_status", new { userIDs = new[] { "x" } })).Succeeded();
    }

    [Fact]
    public async Task An_app_that_is_asked_too_often_gets_429_before_its_token_is_looked_at()
    {
        await UntilAsync(() => server.App("small").PostAsync("/user/get_users_online_status", new { }, "no token"), r => r.ErrCode == 429);
    }

    [Fact]
    public async Task A_user_who_says_too_much_gets_429()
    {
        await using var alice = await server.App("talkers").NewClientAsync("alice");
        var bob = await server.App("talkers").NewUserAsync("bob");

        var codes = new List<int>();
        for (var i = 0; i < 20; i++) codes.Add((await alice.RequestAsync(Requests.SendMsg, alice.TextTo(bob, $"{i}").ToByteArray())).ErrCode);

        Assert.Equal(0, codes[0]);
        Assert.Contains(429, codes);
    }

    private static async Task<ApiReply> UntilAsync(Func<Task<ApiReply>> ask, Func<ApiReply, bool> isIt)
    {
        for (var i = 0; i < 200; i++)
        {
            if (await ask() is var reply && isIt(reply)) return reply;
        }

        throw new TimeoutException("200 calls, none of which was refused");
    }
}
