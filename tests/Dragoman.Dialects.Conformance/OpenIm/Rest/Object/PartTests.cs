using System.Net;
using System.Net.Sockets;
using System.Text;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Rest.Object;

public sealed class PartLimitTests(SharedServer server)
{
    [Fact]
    public async Task The_vendors_limits_are_answered() => Assert.Equal(
        """{"errCode":0,"errMsg":"","errDlt":"","data":{"minPartSize":5242880,"maxPartSize":5368709120,"maxNumSize":10000}}""",
        (await server.Demo.AdminPostAsync("/object/part_limit", new { })).Text);
}

public sealed class PartSizeTests(SharedServer server)
{
    [Theory]
    [InlineData(1, 5_242_880)]
    [InlineData(52_428_800_000, 5_242_880)]
    [InlineData(52_428_800_001, 5_242_881)]
    [InlineData(53_687_091_200_000, 5_368_709_120)]
    public async Task Parts_grow_when_there_would_be_too_many(long size, long partSize) =>
        Assert.Equal(partSize, (await server.Demo.AdminPostAsync("/object/part_size", new { size })).Succeeded().Data.GetProperty("size").GetInt64());

    [Theory]
    [InlineData(0, "size must be greater than 0")]
    [InlineData(-1, "size must be greater than 0")]
    [InlineData(53_687_091_200_001, "size must be less than the maximum allowed limit")]
    public async Task A_size_that_no_file_has_answers_500(long size, string message) =>
        (await server.Demo.AdminPostAsync("/object/part_size", new { size })).Failed(500, message, message);
}

/// <summary>The addresses to which parts are sent. They need neither a token nor an operation id.</summary>
public sealed class PutPartTests(ObjectServer server) : IClassFixture<ObjectServer>
{
    [Fact]
    public async Task A_part_is_answered_with_its_md5()
    {
        var (file, url) = await PartAsync();

        var reply = await ObjectUser.PutAsync(url, file);

        Assert.Equal((HttpStatusCode.OK, $"\"{ObjectUser.Md5(file)}\"", ""), (reply.Status, reply.Headers["ETag"], reply.Text));
        Assert.Equal("*", reply.Headers["Access-Control-Allow-Origin"]);
    }

    [Fact]
    public async Task A_browser_may_ask_first()
    {
        var (_, url) = await PartAsync();
        var request = new HttpRequestMessage(HttpMethod.Options, url);
        request.Headers.Add("Origin", "https://app.example");
        request.Headers.Add("Access-Control-Request-Method", "PUT");

        var reply = await ObjectUser.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, "\"Options Request!\"", "*"), (reply.Status, reply.Text, reply.Headers["Access-Control-Allow-Methods"]));
    }

    [Fact]
    public async Task An_address_that_was_not_signed_answers_403()
    {
        var (file, url) = await PartAsync();
        var path = url.AbsolutePath;
        Uri[] forged =
        [
            ObjectUser.With(url, "s", "AAAAAAAAAAAAAAAAAAAAAA"),
            ObjectUser.With(url, "s", ""),
            ObjectUser.With(url, "e", "99999999999"),
            ObjectUser.With(url, "e", "x"),
            new UriBuilder(url) { Path = path[..^1] + "2" }.Uri,
            new UriBuilder(url) { Path = path[..^1] + "0" }.Uri,
            new UriBuilder(url) { Path = path[..^1] + "99999999999" }.Uri,
            new UriBuilder(url) { Path = path.Replace("/openim/", "/openim/other/") }.Uri,
            new UriBuilder(url) { Path = path[..^3] + "xx" }.Uri,
            new UriBuilder(url) { Query = "" }.Uri,
            new UriBuilder(url) { Path = "/openim/files" }.Uri,
        ];

        Assert.All(await Task.WhenAll(forged.Select(u => ObjectUser.PutAsync(u, file))), reply => Assert.Equal((HttpStatusCode.Forbidden, 1002), (reply.Status, reply.ErrCode)));
        Assert.Equal(HttpStatusCode.OK, (await ObjectUser.PutAsync(url, file)).Status);
    }

    [Fact]
    public async Task The_address_of_another_upload_does_not_fit()
    {
        var ((file, one), (_, other)) = (await PartAsync(), await PartAsync());

        var mixed = new UriBuilder(one) { Path = other.AbsolutePath }.Uri;

        Assert.Equal(HttpStatusCode.Forbidden, (await ObjectUser.PutAsync(mixed, file)).Status);
    }

    [Fact]
    public async Task An_old_address_answers_410()
    {
        var (file, url) = await PartAsync();

        server.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(2)); // addresses end at whole seconds

        Assert.Equal((HttpStatusCode.Gone, 1002), (await ObjectUser.PutAsync(url, file)) is var reply ? (reply.Status, reply.ErrCode) : default);
    }

    [Fact]
    public async Task A_part_for_an_expired_upload_answers_1701()
    {
        var (file, url) = await PartAsync(server.App("brief"));

        server.Clock.Advance(TimeSpan.FromSeconds(2));

        var reply = await ObjectUser.PutAsync(url, file);
        Assert.Equal((HttpStatusCode.Gone, """{"errCode":1701,"errMsg":"FileUploadedExpiredError","errDlt":"FileUploadedExpiredError"}"""), (reply.Status, reply.Text));
    }

    [Fact]
    public async Task A_part_that_is_too_large_answers_413()
    {
        var (_, url) = await PartAsync();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await ObjectUser.PutAsync(url, ObjectUser.Bytes(ObjectServer.PartSize + 1))).Status);
        using var endless = new HttpRequestMessage(HttpMethod.Put, url) { Content = new StreamContent(new MemoryStream(ObjectUser.Bytes(ObjectServer.PartSize + 1))) };
        endless.Headers.TransferEncodingChunked = true;
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await ObjectUser.SendAsync(endless)).Status);
    }

    [Fact]
    public async Task A_body_beyond_every_part_answers_413()
    {
        var (_, url) = await PartAsync();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await ObjectUser.PutAsync(url, ObjectUser.Bytes((4 * ObjectServer.PartSize) + 1))).Status);
    }

    [Fact]
    public async Task A_content_md5_is_checked()
    {
        var (file, url) = await PartAsync();
        var right = Convert.ToBase64String(Convert.FromHexString(ObjectUser.Md5(file)));
        var wrong = Convert.ToBase64String(Convert.FromHexString(ObjectUser.Md5([1])));

        Assert.Equal(HttpStatusCode.BadRequest, (await ObjectUser.PutAsync(url, file, wrong)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ObjectUser.PutAsync(url, file, "no base64!")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ObjectUser.PutAsync(url, file, right)).Status);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Another_method_answers_405(string method)
    {
        var (_, url) = await PartAsync();

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await ObjectUser.GetAsync(url, method: new HttpMethod(method))).Status);
    }

    [Fact]
    public async Task A_client_that_breaks_off_leaves_the_upload_usable()
    {
        var (file, url) = await PartAsync();
        using (var broken = new TcpClient(url.Host, url.Port))
        {
            await broken.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"PUT {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Length: {file.Length}\r\n\r\nonly this"), TestContext.Current.CancellationToken);
        }

        Assert.Equal(HttpStatusCode.OK, (await ObjectUser.PutAsync(url, file)).Status);
    }

    private async Task<(byte[] File, Uri Url)> PartAsync(OpenImAppClient? app = null)
    {
        var (user, file) = (await ObjectUser.NewAsync(app ?? server.Demo), ObjectUser.Bytes(100));
        var upload = await user.UploadAsync(file, user.Name("a.png"));
        return (file, Assert.Single(ObjectUser.PartUrls(upload.GetProperty("sign"))));
    }
}
