using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Dragoman.Dialects.Conformance.Agora.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.Agora;

/// <summary>Section 12.9: files that go with messages.</summary>
public sealed class FilesTests(FilesTests.Apps server) : IClassFixture<FilesTests.Apps>
{
    private const int PartBytes = 5 * 1024 * 1024;
    private readonly AgoraAppClient _app = server.Demo;

    public sealed class Apps : AgoraServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
            [("demo", """{"rateLimit":{"calls":0}}"""), ("large", """{"rateLimit":{"calls":0},"files":{"bytes":12000000,"days":0}}"""), ("brief", """{"files":{"bytes":1000,"days":1}}""")];
    }

    [Fact]
    public async Task A_file_is_read_with_its_secret()
    {
        var token = await TokenAsync(_app);
        var sent = (await UploadAsync(_app, "/chatfiles?chat-type=CHAT&chat-target=bob", token, "hello", name: "a b.txt", type: "text/plain")).Succeeded();

        Assert.Equal("/chatfiles", sent.TextOf("path"));
        var entity = sent.Entities.Single();
        Assert.Equal(("chatfile", 5), (entity.GetProperty("type").GetString(), entity.GetProperty("file-metadata").GetProperty("content-length").GetInt32()));
        var (uuid, secret) = (entity.GetProperty("uuid").GetString()!, entity.GetProperty("share-secret").GetString()!);
        Assert.True(Guid.TryParseExact(uuid, "D", out _));

        Assert.Equal("hello", (await _app.CallAsync("GET", $"/chatfiles/{uuid}?em-redirect=true&share-secret={secret}")).Succeeded().Text);
        Assert.Equal("hello", (await _app.CallAsync("GET", $"/chatfiles/{uuid}?share-secret={secret}&thumbnail=true")).Succeeded().Text);
        var twice = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, $"/agora/agora/org/demo/chatfiles/{uuid}?share-secret={secret}")); // as clients spell it
        Assert.Equal("hello", (await AgoraAppClient.SendAsync(twice)).Succeeded().Text);
        var byHeader = (await GetAsync($"/chatfiles/{uuid}", token, ("share-secret", secret), ("Range", "bytes=1-3")));
        Assert.Equal((206, "ell", "text/plain"), ((int)byHeader.Status, byHeader.Text, byHeader.Headers["Content-Type"]));
        Assert.Contains("a%20b.txt", byHeader.Headers["Content-Disposition"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_reads_a_file_without_its_secret()
    {
        var token = await TokenAsync(_app);
        var entity = (await UploadAsync(_app, "/chatfiles", token, "hello")).Succeeded().Entities.Single();
        var path = $"/chatfiles/{entity.GetProperty("uuid").GetString()}";

        (await _app.CallAsync("GET", path)).Failed(401, "unauthorized");
        (await _app.CallAsync("GET", $"{path}?share-secret=wrong")).Failed(403, "forbidden_op", "chatfile no permission");
        (await _app.CallAsync("GET", path, token: await TokenAsync(_app))).Failed(403, "forbidden_op", "chatfile no permission");
        (await _app.CallAsync("GET", path, token: token)).Succeeded(); // its own sender
        (await _app.AdminAsync("GET", path)).Succeeded();
        (await server.App("large").CallAsync("GET", $"{path}?share-secret={entity.GetProperty("share-secret").GetString()}")).Failed(403, "forbidden_op");
    }

    [Fact]
    public async Task What_is_not_restricted_everybody_reads()
    {
        var sent = (await UploadAsync(_app, "/chatfiles", await TokenAsync(_app), "hello", restrict: "false")).Succeeded().Entities.Single();
        Assert.False(sent.TryGetProperty("share-secret", out _));
        Assert.Equal("hello", (await _app.CallAsync("GET", $"/chatfiles/{sent.GetProperty("uuid").GetString()}")).Succeeded().Text);
    }

    [Fact]
    public async Task What_is_not_there_is_404()
    {
        (await _app.CallAsync("GET", $"/chatfiles/{Guid.NewGuid()}")).Failed(404, "entity_not_found", "file may not exists");
        (await _app.CallAsync("GET", "/chatfiles/nonsense")).Failed(404, "entity_not_found", "file may not exists");
        (await _app.CallAsync("GET", "/chatfiles/n-!!")).Failed(404, "entity_not_found", "file may not exists");
        (await _app.CallAsync("GET", $"/chatfiles/{Guid.NewGuid()}?vframe=true")).Failed(404, "entity_not_found");
    }

    [Fact]
    public async Task A_file_is_as_large_as_the_app_allows_and_no_larger()
    {
        var app = server.App("brief");
        var token = await TokenAsync(app);
        (await UploadAsync(app, "/chatfiles", token, new string('a', 1000))).Succeeded();
        (await UploadAsync(app, "/chatfiles", token, new string('a', 1001))).Failed(413, "file exceeding maximum limit", "the file size exceeds the maximum limit.");
        (await UploadAsync(app, "/chatfiles", token, new string('a', 600_000))).Failed(413, "file exceeding maximum limit");
    }

    [Fact]
    public async Task A_file_that_is_none_is_refused_with_another_status_to_users()
    {
        var token = await TokenAsync(_app);
        (await UploadAsync(_app, "/chatfiles", token, "")).Failed(403, "illegal_argument", "file must be provided.");
        (await UploadAsync(_app, "/chatfiles", await _app.TokenAsync(), "")).Failed(400, "illegal_argument", "file must be provided.");
        (await _app.CallAsync("POST", "/chatfiles", new { }, token)).Failed(403, "illegal_argument", "file must be provided.");
        (await UploadAsync(_app, "/chatfiles", "nonsense", "a")).Failed(401, "auth_bad_access_token");
    }

    [Fact]
    public async Task A_file_is_there_until_its_time_is_over()
    {
        await using var own = new Apps();
        await own.InitializeAsync();
        var app = own.App("brief");
        var entity = (await UploadAsync(app, "/chatfiles", await TokenAsync(app), "hello")).Succeeded().Entities.Single();
        var (uuid, secret) = (entity.GetProperty("uuid").GetString(), entity.GetProperty("share-secret").GetString());
        var path = $"/chatfiles/{uuid}?share-secret={secret}";

        own.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        (await app.CallAsync("GET", path)).Succeeded();
        own.Clock.Advance(TimeSpan.FromSeconds(1));
        (await app.CallAsync("GET", path)).Failed(404, "file_expired", $"file {uuid} is expired");
    }

    [Fact]
    public async Task A_large_file_comes_in_parts()
    {
        var app = server.App("large");
        var token = await TokenAsync(app);
        var begun = (await app.CallAsync("POST", "/sdk/chatfiles/part-upload", new { }, token)).Succeeded().Entities.Single();
        Assert.Equal((12_000_000, PartBytes), (begun.GetProperty("file_upper_limit").GetInt64(), begun.GetProperty("part_lower_limit").GetInt32()));

        var path = $"/sdk/chatfiles/part-upload/{begun.GetProperty("uuid").GetString()}";
        var bytes = new byte[PartBytes + 1000];
        new Random(1).NextBytes(bytes);
        (await PartAsync(app, path, token, bytes[PartBytes..], 2)).Succeeded();
        (await PartAsync(app, path, token, bytes[..PartBytes], 1)).Succeeded();
        (await PartAsync(app, path, await TokenAsync(app), bytes[..10], 1)).Failed(401, "unauthorized"); // somebody else's
        (await PartAsync(app, path, token, bytes[..10], 4)).Failed(400, "illegal_argument");
        (await PartAsync(app, path, token, [.. bytes, 1, 2, 3], 1)).Failed(413, "file exceeding maximum limit");

        var entity = (await app.CallAsync("POST", $"{path}?restrict-access=true&chat-type=CHAT&chat-target=bob", token: token)).Succeeded().Entities.Single();
        Assert.Equal(bytes.Length, entity.GetProperty("file-metadata").GetProperty("content-length").GetInt32());
        var address = app.Uri($"/chatfiles/{entity.GetProperty("uuid").GetString()}?share-secret={entity.GetProperty("share-secret").GetString()}");
        using var http = new HttpClient();
        Assert.Equal(bytes, await http.GetByteArrayAsync(address, TestContext.Current.CancellationToken));
        (await app.CallAsync("POST", path, token: token)).Failed(404, "resource_not_found");
    }

    [Fact]
    public async Task A_hole_is_no_file_and_what_is_given_up_is_gone()
    {
        var app = server.App("large");
        var token = await TokenAsync(app);
        async Task<string> BeginAsync() =>
            $"/sdk/chatfiles/part-upload/{(await app.CallAsync("POST", "/sdk/chatfiles/part-upload", new { }, token)).Succeeded().Entities[0].GetProperty("uuid").GetString()}";

        var path = await BeginAsync();
        (await app.CallAsync("POST", path, token: token)).Failed(400, "illegal_argument");
        (await PartAsync(app, path, token, [1, 2, 3], 2)).Succeeded();
        (await app.CallAsync("POST", path, token: token)).Failed(400, "illegal_argument");
        (await app.CallAsync("DELETE", path, token: token)).Succeeded();
        (await PartAsync(app, path, token, [1, 2, 3], 1)).Failed(404, "resource_not_found");
        (await app.CallAsync("PUT", await BeginAsync(), new { }, token)).Failed(400, "illegal_argument");
        (await app.CallAsync("DELETE", "/sdk/chatfiles/part-upload/nonsense", token: token)).Failed(404, "resource_not_found");
    }

    private static async Task<string> TokenAsync(AgoraAppClient app) => await app.UserTokenAsync(await app.NewUserAsync());

    private async Task<RestReply> GetAsync(string path, string token, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, _app.Uri(path));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await AgoraAppClient.SendAsync(request, token: token);
    }

    private static Task<RestReply> UploadAsync(
        AgoraAppClient app, string path, string token, string content, string name = "a.txt", string type = "text/plain", string? restrict = "true")
    {
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        var form = new MultipartFormDataContent { { new StringContent("170"), "thumbnail-width" }, { file, "file", name } };
        var request = new HttpRequestMessage(HttpMethod.Post, app.Uri(path)) { Content = form };
        if (restrict is not null) request.Headers.Add("restrict-access", restrict);
        return AgoraAppClient.SendAsync(request, token: token);
    }

    private static Task<RestReply> PartAsync(AgoraAppClient app, string path, string token, byte[] bytes, int number)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "part_file", "blob" }, { new StringContent($"{number}"), "part_number" } };
        return AgoraAppClient.SendAsync(new HttpRequestMessage(HttpMethod.Put, app.Uri(path)) { Content = form }, token: token);
    }
}
