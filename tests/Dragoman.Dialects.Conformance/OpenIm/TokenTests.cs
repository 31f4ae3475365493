using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm;

/// <summary>Section 3.2: the verdicts on tokens, through the HTTP API.</summary>
public sealed class TokenTests(TokenTests.TwoApps server) : IClassFixture<TokenTests.TwoApps>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly OpenImAppClient _app = server.Demo;

    public sealed class TwoApps : OpenImServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
            [("demo", "{}"), ("other", "{}"), ("brief", """{"tokenPolicy":{"expire":1}}""")];
    }

    [Fact]
    public async Task An_expired_token_answers_1501()
    {
        var (_, token) = await _app.NewLoginAsync("u");
        server.Clock.Advance(TimeSpan.FromDays(90) + Second);

        await AssertVerdictAsync(token, 1501, "TokenExpiredError");
    }

    [Fact]
    public async Task The_lifetime_is_a_setting_of_the_app()
    {
        var app = server.App("brief");
        var (id, token) = await app.NewLoginAsync("u");
        server.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMinutes(1));
        (await app.PostAsync("/user/get_users_info", new { userIDs = new[] { id } }, token)).Succeeded();

        server.Clock.Advance(TimeSpan.FromMinutes(1) + Second);

        (await app.PostAsync("/user/get_users_info", new { userIDs = new[] { id } }, token)).Failed(1501);
    }

    [Fact]
    public Task An_expired_token_with_a_wrong_signature_answers_1501() =>
        AssertVerdictAsync(_app.Sign("u", 5, Now().AddHours(-1), secret: "wrong"), 1501, "TokenExpiredError");

    [Theory]
    [InlineData("abc")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    [InlineData("....")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.bm90IGpzb24.AAAA")]
    public Task What_is_no_token_answers_1503(string token) => AssertVerdictAsync(token, 1503, "TokenMalformedError");

    [Fact]
    public Task A_token_that_names_no_algorithm_answers_1505() => AssertVerdictAsync("e30.e30.", 1505, "signing method (alg) is unspecified.");

    [Fact]
    public Task A_token_of_the_future_answers_1504() =>
        AssertVerdictAsync(_app.Sign("u", 5, Now().AddHours(2), notBefore: Now().AddHours(1)), 1504, "TokenNotValidYetError");

    [Fact]
    public async Task A_forged_token_answers_1505_in_the_words_of_the_library() =>
        await AssertVerdictAsync(_app.Sign(await _app.NewUserAsync("u"), 5, Now().AddHours(1), secret: "guessed"), 1505, "signature is invalid");

    [Fact]
    public async Task The_token_of_another_app_answers_1505()
    {
        var (_, token) = await server.App("other").NewLoginAsync("u");

        await AssertVerdictAsync(token, 1505, "signature is invalid");
    }

    [Fact]
    public async Task A_changed_claim_answers_1505()
    {
        var (_, token) = await _app.NewLoginAsync("u");
        var parts = token.Split('.');
        var claims = _app.Sign(OpenImAppClient.Admin, 10, Now().AddHours(1)).Split('.')[1];

        await AssertVerdictAsync($"{parts[0]}.{claims}.{parts[2]}", 1505, "signature is invalid");
    }

    [Fact]
    public async Task A_superseded_token_answers_1506()
    {
        var (id, first) = await _app.NewLoginAsync("u");
        var second = await _app.TokenAsync(id);

        await AssertVerdictAsync(first, 1506, "TokenKickedError");
        (await _app.PostAsync("/auth/parse_token", new { token = second })).Succeeded();
    }

    [Fact]
    public async Task A_forced_logout_answers_1506_on_that_platform_only()
    {
        var id = await _app.NewUserAsync("u");
        var (web, phone) = (await _app.TokenAsync(id, platform: 5), await _app.TokenAsync(id, platform: 1));

        (await _app.AdminPostAsync("/auth/force_logout", new { userID = id, platformID = 5 })).Succeeded();

        await AssertVerdictAsync(web, 1506, "TokenKickedError");
        (await _app.PostAsync("/auth/parse_token", new { token = phone })).Succeeded();
    }

    [Fact]
    public async Task A_forced_logout_may_be_repaired_by_a_new_token()
    {
        var (id, _) = await _app.NewLoginAsync("u");
        (await _app.AdminPostAsync("/auth/force_logout", new { userID = id, platformID = 5 })).Succeeded();

        (await _app.PostAsync("/auth/parse_token", new { token = await _app.TokenAsync(id) })).Succeeded();
    }

    [Fact]
    public async Task Verdicts_survive_a_restart()
    {
        var (id, first) = await _app.NewLoginAsync("u");
        var second = await _app.TokenAsync(id);

        await server.RestartAsync();

        await AssertVerdictAsync(first, 1506, "TokenKickedError");
        (await _app.PostAsync("/auth/parse_token", new { token = second })).Succeeded();
    }

    [Fact]
    public async Task A_signed_token_that_was_never_issued_answers_1507() =>
        await AssertVerdictAsync(_app.Sign(await _app.NewUserAsync("u"), 5, Now().AddHours(1)), 1507, "TokenNotExistError");

    [Fact]
    public async Task A_superseded_token_is_forgotten_at_the_next_login()
    {
        var (id, first) = await _app.NewLoginAsync("u");
        await _app.TokenAsync(id);
        await _app.TokenAsync(id);

        await AssertVerdictAsync(first, 1507, "TokenNotExistError");
    }

    [Fact]
    public async Task A_superseded_token_of_an_administrator_stays_usable_for_five_minutes()
    {
        var first = await _app.AdminTokenAsync(OpenImAppClient.OtherAdmin);
        server.Clock.Advance(Second);
        await _app.AdminTokenAsync(OpenImAppClient.OtherAdmin);

        server.Clock.Advance(TimeSpan.FromMinutes(4));
        (await _app.PostAsync("/msg/get_server_time", "{}", first)).Succeeded();

        server.Clock.Advance(TimeSpan.FromMinutes(1) + Second);
        (await _app.PostAsync("/msg/get_server_time", "{}", first)).Failed(1506);
    }

    [Fact]
    public async Task A_token_can_be_read()
    {
        var id = await _app.NewUserAsync("u");
        var token = await _app.TokenAsync(id, platform: 7);

        var data = (await _app.PostAsync("/auth/parse_token", new { token })).Succeeded().Data;

        Assert.Equal(id, data.GetProperty("userID").GetString());
        Assert.Equal(7, data.GetProperty("platformID").GetInt32());
        Assert.InRange(
            data.GetProperty("expireTimeSeconds").GetInt64(), Now().AddDays(90).AddMinutes(-1).ToUnixTimeSeconds(), Now().AddDays(90).ToUnixTimeSeconds());
    }

    [Fact]
    public async Task A_wrong_secret_answers_1002() =>
        (await _app.PostAsync("/auth/get_admin_token", new { secret = "wrong", userID = OpenImAppClient.Admin }))
            .Failed(1002, "NoPermissionError", "secret invalid");

    [Fact]
    public async Task A_user_gets_no_token_of_an_administrator() =>
        (await _app.PostAsync("/auth/get_admin_token", new { secret = _app.Secret, userID = await _app.NewUserAsync("u") })).Failed(1001, "ArgsError");

    [Fact]
    public async Task A_user_hands_out_no_tokens()
    {
        var (id, token) = await _app.NewLoginAsync("u");

        (await _app.PostAsync("/auth/get_user_token", new { userID = id, platformID = 5 }, token)).Failed(1002);
        (await _app.PostAsync("/auth/force_logout", new { userID = id, platformID = 5 }, token)).Failed(1002);
    }

    [Fact]
    public async Task The_platform_of_administrators_is_not_for_users() =>
        (await _app.AdminPostAsync("/auth/get_user_token", new { userID = await _app.NewUserAsync("u"), platformID = 10 })).Failed(1002);

    [Fact]
    public async Task An_administrator_gets_no_token_of_a_user() =>
        (await _app.AdminPostAsync("/auth/get_user_token", new { userID = OpenImAppClient.Admin, platformID = 5 }))
            .Failed(1002, "NoPermissionError", "don't get Admin token");

    [Fact]
    public async Task An_unknown_user_gets_no_token() =>
        (await _app.AdminPostAsync("/auth/get_user_token", new { userID = "nobody", platformID = 5 })).Failed(1004, "RecordNotFoundError");

    [Fact]
    public async Task An_account_of_notifications_gets_no_token()
    {
        var id = OpenImAppClient.Unique("u");
        (await _app.AdminPostAsync("/user/user_register", new { users = new[] { new { userID = id, nickname = "n", appMangerLevel = 3 } } })).Succeeded();

        (await _app.AdminPostAsync("/auth/get_user_token", new { userID = id, platformID = 5 })).Failed(1001, "ArgsError", "app account can`t get token");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(-1)]
    public async Task A_logout_of_an_unknown_platform_answers_1001(int platform) =>
        (await _app.AdminPostAsync("/auth/force_logout", new { userID = "u", platformID = platform })).Failed(1001, "ArgsError", "platformID is invalidate");

    private DateTimeOffset Now() => server.Clock.GetUtcNow();

    /// <summary>As the header of a call, and as the token that is asked about.</summary>
    private async Task AssertVerdictAsync(string token, int code, string message)
    {
        (await _app.PostAsync("/user/get_users_info", "{}", token)).Failed(code, message, message);
        (await _app.PostAsync("/auth/parse_token", new { token })).Failed(code, message, message);
    }
}
