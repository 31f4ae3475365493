using System.Net;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Rest.Object;

public sealed class CompleteMultipartUploadTests(ObjectServer server) : IClassFixture<ObjectServer>
{
    [Theory]
    [InlineData(1)]
    [InlineData(ObjectServer.PartSize)]
    [InlineData((3 * ObjectServer.PartSize) + 7)]
    public async Task A_file_comes_back_as_it_was_sent(int size)
    {
        var (user, file) = (await ObjectUser.NewAsync(server.Demo), ObjectUser.Bytes(size));

        var url = await user.StoreAsync(file, user.Name("a.png"));

        Assert.Equal(server.Demo.Uri($"/object/{user.Id}/a.png"), url);
        var reply = await ObjectUser.GetAsync(await ObjectUser.FollowAsync(url));
        Assert.Equal("image/png", reply.Headers["Content-Type"]);
        Assert.Equal(file, reply.Bytes);
    }

    [Fact]
    public async Task Completing_again_answers_the_same()
    {
        var (user, file) = (await ObjectUser.NewAsync(server.Demo), ObjectUser.Bytes(100));
        var upload = await user.UploadAsync(file, user.Name("a"));
        await ObjectUser.SendAllAsync(upload, file);

        var first = await user.CompleteAsync(upload, file, user.Name("a"));
        var second = await user.CompleteAsync(upload, file, user.Name("a"));

        Assert.Equal(first.Succeeded().Text, second.Text);
    }

    [Fact]
    public async Task A_name_with_blanks_and_marks_is_found_again()
    {
        var (user, file) = (await ObjectUser.NewAsync(server.Demo), ObjectUser.Bytes(10));

        var url = await user.StoreAsync(file, user.Name("你好 + 100%25/a b.png"));

        Assert.Equal(file, (await ObjectUser.GetAsync(await ObjectUser.FollowAsync(server.Demo.Uri("/object/" + Uri.EscapeDataString(user.Name("你好 + 100%25/a b.png")).Replace("%2F", "/"))))).Bytes);
        Assert.StartsWith(server.Demo.Uri("/object/").ToString(), url.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checksums_of_other_parts_answer_500_md5_mismatching()
    {
        var (user, file) = (await ObjectUser.NewAsync(server.Demo), ObjectUser.Bytes(100));
        var upload = await user.UploadAsync(file, user.Name("a"));
        await ObjectUser.SendAllAsync(upload, file);

        (await user.CompleteAsync(upload, file, user.Name("a"), parts: [ObjectUser.Md5([1])])).Failed(500, "md5 mismatching", "md5 mismatching");
        (await user.CompleteAsync(upload, file, user.Name("a"), parts: [])).Failed(500, "md5 mismatching");
    }

    [Fact]
    public async Task Parts_of_another_size_answer_500_upload_size_mismatching()
    {
        var (user, file) = (await ObjectUser.NewAsync(server.Demo), ObjectUser.Bytes(100));
        var upload = await user.UploadAsync(file, user.Name("a"));

        (await user.CompleteAsync(upload, file, user.Name("a"))).Failed(500, "upload size mismatching", "upload size mismatching");
        await ObjectUser.PutAsync(ObjectUser.PartUrls(upload.GetProperty("sign")).First(), file[..99]);
        (await user.CompleteAsync(upload, file, user.Name("a"))).Failed(500, "upload size mismatching");
        await ObjectUser.PutAsync(ObjectUser.PartUrls(upload.GetProperty("sign")).First(), [.. file, 1]);
        (await user.CompleteAsync(upload, file, user.Name("a"))).Failed(500, "upload size mismatching");
        await ObjectUser.SendAllAsync(upload, file);
        (await user.CompleteAsync(upload, file, user.Name("a"))).Succeeded();
    }

    [Fact]
    public async Task Other_bytes_answer_500()
    {
        var (user, file) = (await ObjectUser.NewAsync(server.Demo), ObjectUser.Bytes(100));
        var upload = await user.UploadAsync(file, user.Name("a"));
        await ObjectUser.SendAllAsync(upload, ObjectUser.Bytes(100));

        (await user.CompleteAsync(upload, file, user.Name("a"))).Failed(500, "part md5 mismatching");
    }

    [Fact]
    public async Task An_unknown_upload_answers_1004()
    {
        var user = await ObjectUser.NewAsync(server.Demo);

        (await user.PostAsync("/object/complete_multipart_upload", new { uploadID = "none", parts = Array.Empty<string>(), name = user.Name("a") })).Failed(1004, "RecordNotFoundError");
    }

    [Fact]
    public async Task Somebody_elses_upload_answers_1002()
    {
        var (user, mallory, file) = (await ObjectUser.NewAsync(server.Demo), await ObjectUser.NewAsync(server.Demo), ObjectUser.Bytes(100));
        var upload = await user.UploadAsync(file, user.Name("a"));

        (await mallory.CompleteAsync(upload, file, mallory.Name("a"))).Failed(1002, "NoPermissionError");
        (await user.CompleteAsync(upload, file, mallory.Name("a"))).Failed(1002, "NoPermissionError", $"name must start with `{user.Id}/`");
        (await user.CompleteAsync(upload, file, "")).Failed(1001, "ArgsError", "name is empty");
    }

    [Fact]
    public async Task An_expired_upload_answers_1701()
    {
        var (user, file) = (await ObjectUser.NewAsync(server.App("brief")), ObjectUser.Bytes(100));
        var upload = await user.UploadAsync(file, user.Name("a"));
        await ObjectUser.SendAllAsync(upload, file);

        server.Clock.Advance(TimeSpan.FromSeconds(2));

        (await user.CompleteAsync(upload, file, user.Name("a"))).Failed(1701, "FileUploadedExpiredError", "FileUploadedExpiredError");
    }

    [Fact]
    public async Task A_new_file_replaces_the_old_one_of_its_name()
    {
        var (user, old, fresh) = (await ObjectUser.NewAsync(server.Demo), ObjectUser.Bytes(100), ObjectUser.Bytes(200));
        var url = await user.StoreAsync(old, user.Name("a"));
        var oldBytes = await ObjectUser.FollowAsync(url);

        await user.StoreAsync(fresh, user.Name("a"));

        Assert.Equal(fresh, (await ObjectUser.GetAsync(await ObjectUser.FollowAsync(url))).Bytes);
        Assert.Equal(HttpStatusCode.NotFound, (await ObjectUser.GetAsync(oldBytes)).Status);
    }

    [Fact]
    public async Task A_file_is_there_after_a_restart()
    {
        var (user, file) = (await ObjectUser.NewAsync(server.Demo), ObjectUser.Bytes(ObjectServer.PartSize + 1));
        var url = await user.StoreAsync(file, user.Name("a"));
        var signed = await ObjectUser.FollowAsync(url);

        await server.RestartAsync();

        var moved = new UriBuilder(signed) { Port = server.Address.Port }.Uri;
        Assert.Equal(file, (await ObjectUser.GetAsync(moved)).Bytes);
    }
}
