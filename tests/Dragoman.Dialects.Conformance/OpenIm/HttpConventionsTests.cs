using System.Net;
using System.Text;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm;

/// <summary>Section 2: what holds for every route.</summary>
public sealed class HttpConventionsTests(OpenImServer server) : IClassFixture<OpenImServer>
{
    private const string Malformed = "{\"userIDs\":";
    private readonly OpenImAppClient _app = server.Demo;

    [Fact]
    public async Task The_operation_id_is_checked_first() =>
        (await _app.PostAsync("/user/get_users_info", Malformed, operationId: null, token: null))
            .Failed(1001, "ArgsError", "header must have operationID");

    [Fact]
    public async Task The_presence_of_a_token_is_checked_second() =>
        (await _app.PostAsync("/user/get_users_info", Malformed)).Failed(1001, "ArgsError", "header must have token");

    [Fact]
    public async Task The_token_is_verified_third() =>
        (await _app.PostAsync("/user/get_users_info", Malformed, token: "abc")).Failed(1503, "TokenMalformedError");

    [Fact]
    public async Task The_json_is_parsed_fourth()
    {
        var (_, token) = await _app.NewLoginAsync("u");

        (await _app.PostAsync("/user/user_register", Malformed, token)).Failed(1001, detail: "");
    }

    [Fact]
    public async Task Fields_are_validated_before_the_permission()
    {
        var (_, token) = await _app.NewLoginAsync("u");

        (await _app.PostAsync("/user/user_register", "{}", token)).Failed(1001, "ArgsError", "users are empty");
    }

    [Fact]
    public async Task A_logout_without_a_user_is_refused_before_the_permission()
    {
        var (_, token) = await _app.NewLoginAsync("u");

        (await _app.PostAsync("/auth/force_logout", new { platformID = 5 }, token)).Failed(1001, "ArgsError", "userID is empty");
    }

    [Fact]
    public async Task An_illegal_user_id_is_refused_before_the_permission()
    {
        var (_, token) = await _app.NewLoginAsync("u");

        (await _app.PostAsync("/user/user_register", new { users = new[] { new { userID = "a:b", nickname = "n" } } }, token))
            .Failed(1001, "ArgsError", "userID is legal");
    }

    [Fact]
    public async Task The_permission_is_checked_last()
    {
        var (id, token) = await _app.NewLoginAsync("u");

        (await _app.PostAsync("/user/user_register", new { users = new[] { new { userID = "x", nickname = "x" } } }, token))
            .Failed(1002, "NoPermissionError", $"user {id} is not admin userID");
    }

    [Fact]
    public async Task The_routes_of_tokens_need_no_token() =>
        (await _app.PostAsync("/auth/parse_token", new { token = "" })).Failed(1001, "ArgsError", "userID is empty");

    [Fact]
    public async Task An_unknown_path_first_wants_its_headers()
    {
        (await _app.PostAsync("/no/such", "{}", operationId: null, token: null)).Failed(1001, "ArgsError", "header must have operationID");
        (await _app.PostAsync("/no/such", "{}")).Failed(1001, "ArgsError", "header must have token");
        (await _app.PostAsync("/no/such", "{}", token: "abc")).Failed(1503);
    }

    [Fact]
    public async Task An_unknown_path_is_then_answered_with_a_text()
    {
        var reply = await _app.AdminPostAsync("/no/such", "{}");

        Assert.Equal((HttpStatusCode.NotFound, "404 page not found"), (reply.Status, reply.Text));
        Assert.StartsWith("text/plain", reply.Headers["Content-Type"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_header_counts_as_missing() =>
        (await _app.PostAsync("/user/get_users_info", "{}", operationId: "", token: null)).Failed(1001, "ArgsError", "header must have operationID");

    [Theory]
    [InlineData("/user/get_users_info")]
    [InlineData("/auth/get_admin_token")]
    [InlineData("/no/such")]
    public async Task Every_answer_may_be_read_by_browsers(string route) => AssertCors(await _app.PostAsync(route, "{}"));

    [Fact]
    public async Task A_404_may_be_read_by_browsers() => AssertCors(await _app.AdminPostAsync("/no/such", "{}"));

    [Theory]
    [InlineData("/msg/send_msg")]
    [InlineData("/auth/get_admin_token")]
    [InlineData("/no/such")]
    public async Task Any_preflight_is_answered(string route)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, _app.Uri(route));
        request.Headers.Add("Origin", "https://app.example");
        request.Headers.Add("Access-Control-Request-Headers", "operationid,token");

        var reply = await OpenImAppClient.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, "\"Options Request!\""), (reply.Status, reply.Text));
        AssertCors(reply);
    }

    [Fact]
    public async Task Answers_are_json() =>
        Assert.Equal("application/json; charset=utf-8", (await _app.PostAsync("/auth/parse_token", "{}")).Headers["Content-Type"]);

    [Fact]
    public async Task Names_of_members_match_in_any_case()
    {
        var reply = await _app.PostAsync("/auth/get_admin_token", $$"""{"SECRET":"{{_app.Secret}}","userid":"imAdmin"}""");

        Assert.Equal(7_776_000, reply.Succeeded().Data.GetProperty("expireTimeSeconds").GetInt32());
    }

    [Fact]
    public async Task Names_of_headers_match_in_any_case()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _app.Uri("/msg/get_server_time")) { Content = new StringContent("{}") };
        request.Headers.Add("OPERATIONID", "op");
        request.Headers.Add("Token", await _app.AdminTokenAsync());

        (await OpenImAppClient.SendAsync(request)).Succeeded();
    }

    [Fact]
    public async Task Unknown_members_are_passed_over()
    {
        var user = await _app.NewUserAsync("u");

        var reply = await _app.AdminPostAsync("/user/get_users_info", new { userIDs = new[] { user }, more = new { of = new[] { "it" } } });

        Assert.Equal(user, reply.Succeeded().Data.GetProperty("usersInfo")[0].GetProperty("userID").GetString());
    }

    [Fact]
    public async Task A_value_of_the_wrong_type_answers_1001_in_the_words_of_the_parser()
    {
        var reply = (await _app.AdminPostAsync("/user/get_users_info", """{"userIDs":"u1"}""")).Failed(1001, detail: "");

        Assert.Equal("json: cannot unmarshal string into Go struct field getDesignateUsersReq.userIDs of type []string", reply.ErrMsg);
    }

    [Fact]
    public async Task A_number_in_quotes_is_no_number() =>
        (await _app.AdminPostAsync("/auth/get_user_token", """{"userID":"u","platformID":"5"}""")).Failed(1001, detail: "");

    [Fact]
    public async Task A_number_with_a_fraction_is_no_integer() =>
        (await _app.AdminPostAsync("/auth/get_user_token", """{"userID":"u","platformID":5.5}""")).Failed(1001, detail: "");

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"userIDs\":[\"u\"]")]
    [InlineData("{\"userIDs\":[\"u\"]} and more")]
    [InlineData("{'userIDs':[]}")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"userIDs\":[\"\\ud800\"]}")]
    public async Task A_body_that_is_no_json_object_answers_1001(string body)
    {
        var reply = (await _app.AdminPostAsync("/user/get_users_info", body)).Failed(1001, detail: "");

        Assert.NotEqual("", reply.ErrMsg);
    }

    [Fact]
    public async Task A_body_that_is_no_utf8_answers_1001()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _app.Uri("/user/get_users_info"));
        request.Content = new ByteArrayContent([.. "{\"userIDs\":[\""u8, 0xff, 0xfe, .. "\"]}"u8]);
        request.Headers.Add("operationID", "op");
        request.Headers.Add("token", await _app.AdminTokenAsync());

        (await OpenImAppClient.SendAsync(request)).Failed(1001, detail: "");
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public async Task Deep_nesting_answers_1001(string open, string close)
    {
        const int depth = 20_000;
        var nested = string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));

        (await _app.AdminPostAsync("/user/get_users_info", $$"""{"userIDs":[],"x":{{nested}}}""")).Failed(1001, detail: "");
    }

    [Fact]
    public async Task A_body_of_more_than_10_MiB_answers_1001() =>
        (await _app.AdminPostAsync("/user/get_users_info", new string(' ', (10 * 1024 * 1024) + 1))).Failed(1001);

    [Fact]
    public async Task A_body_of_more_than_10_MiB_without_a_length_answers_1001()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _app.Uri("/user/get_users_info"));
        request.Content = new StreamContent(new MemoryStream(new byte[(10 * 1024 * 1024) + 1]));
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Add("operationID", "op");
        request.Headers.Add("token", await _app.AdminTokenAsync());

        (await OpenImAppClient.SendAsync(request)).Failed(1001);
    }

    [Fact]
    public async Task An_answer_without_fields_has_no_data()
    {
        var user = OpenImAppClient.Unique("u");

        var reply = await _app.AdminPostAsync("/user/user_register", new { users = new[] { new { userID = user, nickname = "n" } } });

        Assert.Equal("""{"errCode":0,"errMsg":"","errDlt":""}""", reply.Text);
    }

    [Fact]
    public async Task An_error_without_a_detail_repeats_its_message() =>
        (await _app.PostAsync("/user/get_users_info", "{}", token: "abc")).Failed(1503, "TokenMalformedError", "TokenMalformedError");

    [Fact]
    public async Task Every_declared_field_is_there()
    {
        var user = await _app.NewUserAsync("u");

        var reply = await _app.AdminPostAsync("/user/get_users_info", new { userIDs = new[] { user } });

        string[] names = [.. reply.Succeeded().Data.GetProperty("usersInfo")[0].EnumerateObject().Select(p => p.Name)];
        Assert.Equal(["userID", "nickname", "faceURL", "ex", "createTime", "appMangerLevel", "globalRecvMsgOpt"], names);
    }

    [Fact]
    public async Task A_page_below_1_answers_1001() => (await _app.AdminPostAsync(
        "/group/get_joined_group_list", new { fromUserID = "u", pagination = new { pageNumber = 0, showNumber = 10 } }))
        .Failed(1001, "ArgsError", "pageNumber is invalid");

    [Fact]
    public async Task No_pagination_answers_1001() =>
        (await _app.AdminPostAsync("/group/get_joined_group_list", new { fromUserID = "u" })).Failed(1001, "ArgsError", "pagination is empty");

    [Fact]
    public async Task A_second_registration_answers_1102_and_creates_nobody()
    {
        var (known, fresh) = (await _app.NewUserAsync("u"), OpenImAppClient.Unique("u"));
        var users = new[] { new { userID = fresh, nickname = "n" }, new { userID = known, nickname = "n" } };

        (await _app.AdminPostAsync("/user/user_register", new { users })).Failed(1102, "RegisteredAlreadyError", "userID registered already");

        (await _app.AdminPostAsync("/auth/get_user_token", new { userID = fresh, platformID = 5 })).Failed(1004, "RecordNotFoundError");
    }

    private static void AssertCors(ApiReply reply)
    {
        Assert.Equal("*", reply.Headers["Access-Control-Allow-Origin"]);
        Assert.Equal("*", reply.Headers["Access-Control-Allow-Methods"]);
        Assert.Equal("*", reply.Headers["Access-Control-Allow-Headers"]);
        Assert.Equal(
            "Content-Length, Access-Control-Allow-Origin, Access-Control-Allow-Headers,Cache-Control,Content-Language,Content-Type,Expires,Last-Modified,Pragma,FooBar",
            reply.Headers["Access-Control-Expose-Headers"]);
        Assert.Equal("172800", reply.Headers["Access-Control-Max-Age"]);
        Assert.Equal("false", reply.Headers["Access-Control-Allow-Credentials"]);
    }
}
