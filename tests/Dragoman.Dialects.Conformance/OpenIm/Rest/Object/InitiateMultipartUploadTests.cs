using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Rest.Object;

public sealed class InitiateMultipartUploadTests(ObjectServer server) : IClassFixture<ObjectServer>
{
    [Fact]
    public async Task The_answer_has_the_vendors_shape()
    {
        var user = await ObjectUser.NewAsync(server.Demo);

        var data = (await user.InitiateAsync(ObjectUser.Bytes(10), user.Name("a"))).Succeeded().Data;

        Assert.Equal(["url", "upload"], data.EnumerateObject().Select(p => p.Name));
        Assert.Equal("", data.GetProperty("url").GetString());
        var upload = data.GetProperty("upload");
        Assert.Equal(["uploadID", "partSize", "sign", "expireTime"], upload.EnumerateObject().Select(p => p.Name));
        Assert.Equal(ObjectServer.PartSize, upload.GetProperty("partSize").GetInt64());
        var sign = upload.GetProperty("sign");
        Assert.Equal(["url", "query", "header", "parts"], sign.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["partNumber", "url", "query", "header"], sign.GetProperty("parts")[0].EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task An_upload_lives_7_days()
    {
        var user = await ObjectUser.NewAsync(server.Demo);

        var upload = await user.UploadAsync(ObjectUser.Bytes(10), user.Name("a"));

        var left = DateTimeOffset.FromUnixTimeMilliseconds(upload.GetProperty("expireTime").GetInt64()) - server.Clock.GetUtcNow();
        Assert.InRange(left, TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1), TimeSpan.FromDays(7));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(5, 5)]
    [InlineData(20, 5)]
    [InlineData(-1, 5)]
    [InlineData(0, 1)]
    public async Task Parts_are_signed_as_asked(int maxParts, int signed)
    {
        var user = await ObjectUser.NewAsync(server.Demo);

        var upload = await user.UploadAsync(ObjectUser.Bytes((4 * ObjectServer.PartSize) + 1), user.Name("a"), maxParts);

        Assert.Equal(Enumerable.Range(1, signed), upload.GetProperty("sign").GetProperty("parts").EnumerateArray().Select(p => p.GetProperty("partNumber").GetInt32()));
    }

    [Fact]
    public async Task Bytes_that_are_there_need_no_upload()
    {
        var (user, other, file) = (await ObjectUser.NewAsync(server.Demo), await ObjectUser.NewAsync(server.Demo), ObjectUser.Bytes(10));
        await user.StoreAsync(file, user.Name("a"));

        var data = (await other.InitiateAsync(file, other.Name("b"))).Succeeded().Data;

        Assert.Equal((JsonValueKind.Null, server.Demo.Uri("/object/" + other.Name("b")).ToString()), (data.GetProperty("upload").ValueKind, data.GetProperty("url").GetString()));
        Assert.Equal(file, (await ObjectUser.GetAsync(await ObjectUser.FollowAsync(new(data.GetProperty("url").GetString()!)))).Bytes);
    }

    [Fact]
    public async Task Bytes_of_another_app_are_not_there()
    {
        var (user, stranger, file) = (await ObjectUser.NewAsync(server.Demo), await ObjectUser.NewAsync(server.App("other")), ObjectUser.Bytes(10));
        await user.StoreAsync(file, user.Name("a"));

        Assert.Equal(JsonValueKind.Object, (await stranger.UploadAsync(file, stranger.Name("a"))).ValueKind);
    }

    [Theory]
    [InlineData("", 1001, "name is empty")]
    [InlineData("/a", 1001, "name cannot start with `/`")]
    [InlineData("  ", 1001, "object name cannot be empty")]
    [InlineData("a", 1002, null)]
    [InlineData("somebody/a", 1002, null)]
    public async Task A_bad_name_is_refused(string name, int code, string? detail)
    {
        var user = await ObjectUser.NewAsync(server.Demo);

        (await user.InitiateAsync([1], name)).Failed(code, detail: detail);
    }

    [Fact]
    public async Task A_name_of_more_than_1024_bytes_answers_1001()
    {
        var user = await ObjectUser.NewAsync(server.Demo);
        var longest = user.Name(new string('a', 1024 - user.Id.Length - 1));

        (await user.InitiateAsync([1], longest)).Succeeded();
        (await user.InitiateAsync([2], longest + "a")).Failed(1001, "ArgsError", "object name cannot be longer than 1024 characters");
        (await user.InitiateAsync([3], user.Name(new string('é', 512)))).Failed(1001, "ArgsError", "object name cannot be longer than 1024 characters");
    }

    [Fact]
    public async Task A_foreign_name_says_what_it_must_start_with()
    {
        var user = await ObjectUser.NewAsync(server.Demo);

        (await user.InitiateAsync([1], "x/a")).Failed(1002, "NoPermissionError", $"name must start with `{user.Id}/`");
    }

    [Fact]
    public async Task An_administrator_may_use_any_name() =>
        (await server.Demo.AdminPostAsync("/object/initiate_multipart_upload", new { hash = ObjectUser.HashOf([7]), size = 1, maxParts = 1, name = "logo.png" })).Succeeded();

    [Theory]
    [InlineData("zz", "encoding/hex: invalid byte: U+007A 'z'")]
    [InlineData("0", "encoding/hex: odd length hex string")]
    [InlineData("", "invalid md5")]
    [InlineData("00", "invalid md5")]
    public async Task A_hash_that_is_none_answers_500_in_the_vendors_words(string hash, string message)
    {
        var user = await ObjectUser.NewAsync(server.Demo);

        (await user.PostAsync("/object/initiate_multipart_upload", new { hash, size = 1, maxParts = 1, name = user.Name("a") })).Failed(500, message, message);
    }

    [Theory]
    [InlineData(-1, "invalid size")]
    [InlineData(0, "size must be greater than 0")]
    public async Task A_size_that_no_file_has_answers_500(int size, string message)
    {
        var user = await ObjectUser.NewAsync(server.Demo);

        (await user.PostAsync("/object/initiate_multipart_upload", new { hash = ObjectUser.HashOf([1]), size, maxParts = 1, name = user.Name("a") })).Failed(500, message);
    }

    [Fact]
    public async Task A_file_that_is_too_large_answers_1001()
    {
        var user = await ObjectUser.NewAsync(server.App("narrow"));

        (await user.InitiateAsync(ObjectUser.Bytes(1000), user.Name("a"))).Succeeded();
        (await user.InitiateAsync(ObjectUser.Bytes(1001), user.Name("b"))).Failed(1001, "ArgsError", "the file is too large");
    }

    [Fact]
    public async Task An_app_that_is_full_answers_500()
    {
        var user = await ObjectUser.NewAsync(server.App("full"));
        (await user.InitiateAsync(ObjectUser.Bytes(1000), user.Name("a"))).Succeeded();

        (await user.InitiateAsync(ObjectUser.Bytes(501), user.Name("b"))).Failed(500, "the storage of the app is full");
        (await user.InitiateAsync(ObjectUser.Bytes(500), user.Name("b"))).Succeeded();
    }

    [Fact]
    public async Task Too_many_open_uploads_answer_1001()
    {
        var user = await ObjectUser.NewAsync(server.Demo);
        for (var i = 0; i < 3; i++) (await user.InitiateAsync(ObjectUser.Bytes(10), user.Name("a"))).Succeeded();

        (await user.InitiateAsync(ObjectUser.Bytes(10), user.Name("a"))).Failed(1001, "ArgsError", "too many unfinished uploads");
    }

    [Fact]
    public async Task A_type_that_is_too_long_answers_1001()
    {
        var user = await ObjectUser.NewAsync(server.Demo);

        (await user.InitiateAsync([1], user.Name("a"), type: new string('a', 256))).Failed(1001, "ArgsError");
    }

    [Theory]
    [InlineData("https://im.example/api", "https://im.example/api/object/", "https://im.example/api/files/")]
    [InlineData("https://im.example/api/", "https://im.example/api/object/", "https://im.example/api/files/")]
    public async Task What_the_proxy_says_counts(string proxy, string prefix, string files)
    {
        var (user, file) = (await ObjectUser.NewAsync(server.Demo), ObjectUser.Bytes(10));
        await user.StoreAsync(file, user.Name("a"));

        var existing = await InitiateBehindAsync(user, proxy, file);
        var fresh = await InitiateBehindAsync(user, proxy, ObjectUser.Bytes(10));

        Assert.Equal(prefix + user.Name("b"), existing.GetProperty("url").GetString());
        Assert.StartsWith(files, fresh.GetProperty("upload").GetProperty("sign").GetProperty("parts")[0].GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_says_nonsense_does_not_spoil_the_addresses_of_parts()
    {
        var user = await ObjectUser.NewAsync(server.Demo);

        var fresh = await InitiateBehindAsync(user, "nonsense", ObjectUser.Bytes(10));

        Assert.StartsWith(server.Demo.Uri("/files/").ToString(), fresh.GetProperty("upload").GetProperty("sign").GetProperty("parts")[0].GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> InitiateBehindAsync(ObjectUser user, string proxy, byte[] file)
    {
        var body = new { hash = ObjectUser.HashOf(file), size = file.Length, maxParts = 1, name = user.Name("b") };
        return (await user.PostBehindAsync(proxy, "/object/initiate_multipart_upload", body)).Succeeded().Data;
    }
}
