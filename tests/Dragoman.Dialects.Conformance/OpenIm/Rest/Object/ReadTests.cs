using System.Net;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Rest.Object;

public sealed class AccessUrlTests(ObjectServer server) : IClassFixture<ObjectServer>
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"type":""}""")]
    [InlineData("""{"type":"image","width":"100","height":"100","format":"png"}""")]
    public async Task An_object_has_an_address_for_7_days(string query)
    {
        var (user, file) = (await ObjectUser.NewAsync(server.Demo), ObjectUser.Bytes(100));
        await user.StoreAsync(file, user.Name("a"));

        var data = (await user.PostAsync("/object/access_url", $$"""{"name":"{{user.Name("a")}}","query":{{query}}}""")).Succeeded().Data;

        var left = DateTimeOffset.FromUnixTimeMilliseconds(data.GetProperty("expireTime").GetInt64()) - server.Clock.GetUtcNow();
        Assert.InRange(left, TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1), TimeSpan.FromDays(7));
        Assert.Equal(file, (await ObjectUser.GetAsync(new(data.GetProperty("url").GetString()!))).Bytes);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("")]
    public async Task An_unknown_name_answers_1004(string name) =>
        (await server.Demo.AdminPostAsync("/object/access_url", new { name })).Failed(1004, "RecordNotFoundError");

    [Fact]
    public async Task Another_kind_of_query_answers_1001() =>
        (await server.Demo.AdminPostAsync("/object/access_url", """{"name":"a","query":{"type":"video"}}""")).Failed(1001, "ArgsError", "invalid query type");

    [Fact]
    public async Task An_object_of_another_app_answers_1004()
    {
        var user = await ObjectUser.NewAsync(server.Demo);
        await user.StoreAsync(ObjectUser.Bytes(1), user.Name("a"));

        (await server.App("other").AdminPostAsync("/object/access_url", new { name = user.Name("a") })).Failed(1004);
    }
}

/// <summary><c>GET /object/{name}</c>, which needs no token.</summary>
public sealed class ObjectRedirectTests(ObjectServer server) : IClassFixture<ObjectServer>
{
    [Fact]
    public async Task A_name_leads_to_a_signed_address()
    {
        var (user, file) = (await ObjectUser.NewAsync(server.Demo), ObjectUser.Bytes(100));
        var url = await user.StoreAsync(file, user.Name("a"));

        var reply = await ObjectUser.GetAsync(url);

        Assert.Equal((HttpStatusCode.Found, "no-store", "*"), (reply.Status, reply.Headers["Cache-Control"], reply.Headers["Access-Control-Allow-Origin"]));
        Assert.StartsWith(server.Demo.Uri("/files/").ToString(), reply.Headers["Location"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_proxy_s_word_counts_here_too()
    {
        var user = await ObjectUser.NewAsync(server.Demo);
        var url = await user.StoreAsync(ObjectUser.Bytes(1), user.Name("a"));

        var reply = await ObjectUser.GetAsync(url, headers: h => h.Add("X-Request-Api", "https://im.example/api"));

        Assert.StartsWith("https://im.example/api/files/", reply.Headers["Location"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/object/nobody/nothing", HttpStatusCode.NotFound, "record not found")]
    [InlineData("/object/", HttpStatusCode.BadRequest, "name is empty")]
    [InlineData("/object", HttpStatusCode.BadRequest, "name is empty")]
    [InlineData("/object/a?type=video", HttpStatusCode.BadRequest, "invalid query type")]
    public async Task A_bad_address_answers_a_text(string path, HttpStatusCode status, string text)
    {
        var reply = await ObjectUser.GetAsync(server.Demo.Uri(path));

        Assert.Equal((status, text), (reply.Status, reply.Text));
        Assert.StartsWith("text/plain", reply.Headers["Content-Type"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thumbnail_is_the_image_itself()
    {
        var (user, file) = (await ObjectUser.NewAsync(server.Demo), ObjectUser.Bytes(100));
        var url = await user.StoreAsync(file, user.Name("a"));

        var thumbnail = await ObjectUser.FollowAsync(new(url + "?type=image&width=10&height=10&format=png"));

        Assert.Equal(file, (await ObjectUser.GetAsync(thumbnail)).Bytes);
    }
}

/// <summary>The addresses at which bytes are read.</summary>
public sealed class FileDownloadTests(ObjectServer server) : IClassFixture<ObjectServer>
{
    private const int Size = (2 * ObjectServer.PartSize) + 100;

    [Fact]
    public async Task A_file_comes_with_what_a_browser_needs_to_know()
    {
        var (file, url) = await FileAsync();

        var reply = await ObjectUser.GetAsync(url);

        Assert.Equal((HttpStatusCode.OK, "image/png", "bytes", "nosniff"), (reply.Status, reply.Headers["Content-Type"], reply.Headers["Accept-Ranges"], reply.Headers["X-Content-Type-Options"]));
        Assert.Equal((Size.ToString(), "inline; filename*=UTF-8''a.png"), (reply.Headers["Content-Length"], reply.Headers["Content-Disposition"]));
        Assert.Contains("sandbox", reply.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal("*", reply.Headers["Access-Control-Allow-Origin"]);
        Assert.Equal(file, reply.Bytes);
    }

    [Theory]
    [InlineData("text/html", "text/html")]
    [InlineData("image/svg+xml", "image/svg+xml")]
    [InlineData("no type", "application/octet-stream")]
    [InlineData("a/b\r\nX: y", "application/octet-stream")]
    public async Task What_could_run_a_script_is_only_ever_saved(string declared, string type)
    {
        var (_, url) = await FileAsync(declared);

        var reply = await ObjectUser.GetAsync(url);

        Assert.Equal(type, reply.Headers["Content-Type"]);
        Assert.StartsWith("attachment", reply.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.False(reply.Headers.ContainsKey("X"));
    }

    [Theory]
    [InlineData("bytes=0-9", 0, 10)]
    [InlineData("bytes=100-", 100, Size - 100)]
    [InlineData("bytes=-5", Size - 5, 5)]
    [InlineData("bytes=0-99999999", 0, Size)]
    [InlineData("bytes=16380-16390", 16380, 11)]
    [InlineData("bytes=-99999999", 0, Size)]
    [InlineData("Bytes=7-7", 7, 1)]
    public async Task A_range_is_answered_alone(string range, int offset, int length)
    {
        var (file, url) = await FileAsync();

        var reply = await ObjectUser.GetAsync(url, range);

        Assert.Equal((HttpStatusCode.PartialContent, $"bytes {offset}-{offset + length - 1}/{Size}"), (reply.Status, reply.Headers["Content-Range"]));
        Assert.Equal(file.AsSpan(offset, length).ToArray(), reply.Bytes);
    }

    [Theory]
    [InlineData("bytes=99999999-")]
    [InlineData("bytes=-0")]
    public async Task A_range_behind_the_end_answers_416(string range)
    {
        var (_, url) = await FileAsync();

        var reply = await ObjectUser.GetAsync(url, range);

        Assert.Equal((HttpStatusCode.RequestedRangeNotSatisfiable, $"bytes */{Size}", 0), (reply.Status, reply.Headers["Content-Range"], reply.Bytes.Length));
    }

    [Theory]
    [InlineData("bytes=5-1")]
    [InlineData("bytes=x-")]
    [InlineData("bytes=0-1,3-4")]
    [InlineData("lines=0-1")]
    [InlineData("bytes=")]
    [InlineData("bytes=-")]
    [InlineData("bytes=99999999999999999999-")]
    public async Task A_range_that_is_none_is_passed_over(string range)
    {
        var (file, url) = await FileAsync();

        var reply = await ObjectUser.GetAsync(url, range);

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(file, reply.Bytes);
    }

    [Fact]
    public async Task A_range_of_another_file_is_answered_with_all_of_this_one()
    {
        var (_, url) = await FileAsync();

        Assert.Equal(HttpStatusCode.OK, (await ObjectUser.GetAsync(url, "bytes=0-1", h => h.TryAddWithoutValidation("If-Range", "\"other\""))).Status);
    }

    [Fact]
    public async Task HEAD_has_everything_but_the_bytes()
    {
        var (_, url) = await FileAsync();

        var reply = await ObjectUser.GetAsync(url, method: HttpMethod.Head);

        Assert.Equal((HttpStatusCode.OK, Size.ToString(), "image/png", 0), (reply.Status, reply.Headers["Content-Length"], reply.Headers["Content-Type"], reply.Bytes.Length));
    }

    [Fact]
    public async Task Whoever_has_it_need_not_fetch_it_again()
    {
        var (_, url) = await FileAsync();
        var tag = (await ObjectUser.GetAsync(url)).Headers["ETag"];

        var reply = await ObjectUser.GetAsync(url, headers: h => h.TryAddWithoutValidation("If-None-Match", tag));

        Assert.Equal((HttpStatusCode.NotModified, 0), (reply.Status, reply.Bytes.Length));
    }

    [Fact]
    public async Task An_address_that_was_not_signed_answers_403()
    {
        var (_, url) = await FileAsync();
        Uri[] forged =
        [
            ObjectUser.With(url, "s", "AAAAAAAAAAAAAAAAAAAAAA"),
            ObjectUser.With(url, "e", (ObjectUser.Expiry(url) + 1).ToString()),
            new UriBuilder(url) { Path = url.AbsolutePath[..^1] + "x" }.Uri,
            new UriBuilder(url) { Path = url.AbsolutePath.Replace("/openim/", "/openim/other/") }.Uri,
        ];

        Assert.All(await Task.WhenAll(forged.Select(u => ObjectUser.GetAsync(u))), reply => Assert.Equal((HttpStatusCode.Forbidden, 1002), (reply.Status, reply.ErrCode)));
    }

    [Fact]
    public async Task An_old_address_answers_410()
    {
        var (_, url) = await FileAsync();

        server.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.Gone, (await ObjectUser.GetAsync(url)).Status);
    }

    private async Task<(byte[] File, Uri Url)> FileAsync(string type = "image/png")
    {
        var (user, file) = (await ObjectUser.NewAsync(server.Demo), ObjectUser.Bytes(Size));
        return (file, await ObjectUser.FollowAsync(await user.StoreAsync(file, user.Name("a.png"), type)));
    }
}
