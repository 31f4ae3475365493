using System.Net;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Rest.Object;

public sealed class AuthSignTests(ObjectServer server) : IClassFixture<ObjectServer>
{
    [Fact]
    public async Task Further_parts_are_signed()
    {
        var (user, file) = (await ObjectUser.NewAsync(server.Demo), ObjectUser.Bytes(3 * ObjectServer.PartSize));
        var upload = await user.UploadAsync(file, user.Name("a"), maxParts: 1);
        await ObjectUser.SendAllAsync(upload, file);

        var data = (await SignAsync(user, upload.GetProperty("uploadID").GetString()!, 3, 2)).Succeeded().Data;

        Assert.Equal(["url", "query", "header", "parts"], data.EnumerateObject().Select(p => p.Name));
        var urls = ObjectUser.PartUrls(data).ToArray();
        Assert.Equal(HttpStatusCode.OK, (await ObjectUser.PutAsync(urls[0], file[(2 * ObjectServer.PartSize)..])).Status);
        Assert.Equal(HttpStatusCode.OK, (await ObjectUser.PutAsync(urls[1], file[ObjectServer.PartSize..(2 * ObjectServer.PartSize)])).Status);
        (await user.CompleteAsync(upload, file, user.Name("a"))).Succeeded();
    }

    [Fact]
    public async Task A_file_of_one_part_answers_500_as_upstream()
    {
        var user = await ObjectUser.NewAsync(server.Demo);
        var upload = await user.UploadAsync(ObjectUser.Bytes(10), user.Name("a"));

        (await SignAsync(user, upload.GetProperty("uploadID").GetString()!, 1)).Failed(500, "presigned id not support auth sign");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(3)]
    public async Task A_part_that_is_not_there_answers_1001(int number)
    {
        var user = await ObjectUser.NewAsync(server.Demo);
        var upload = await user.UploadAsync(ObjectUser.Bytes(ObjectServer.PartSize + 1), user.Name("a"));

        (await SignAsync(user, upload.GetProperty("uploadID").GetString()!, number)).Failed(1001, "ArgsError");
    }

    [Fact]
    public async Task More_parts_than_there_may_be_answer_1001()
    {
        var user = await ObjectUser.NewAsync(server.Demo);
        var upload = await user.UploadAsync(ObjectUser.Bytes(ObjectServer.PartSize + 1), user.Name("a"));
        var id = upload.GetProperty("uploadID").GetString()!;

        (await SignAsync(user, id, [.. Enumerable.Repeat(1, ObjectServer.MaxParts)])).Succeeded();
        (await SignAsync(user, id, [.. Enumerable.Repeat(1, ObjectServer.MaxParts + 1)])).Failed(1001);
    }

    [Fact]
    public async Task An_unknown_upload_answers_1004() =>
        (await SignAsync(await ObjectUser.NewAsync(server.Demo), "none", 1)).Failed(1004, "RecordNotFoundError");

    [Fact]
    public async Task Somebody_elses_upload_answers_1002()
    {
        var user = await ObjectUser.NewAsync(server.Demo);
        var upload = await user.UploadAsync(ObjectUser.Bytes(ObjectServer.PartSize + 1), user.Name("a"));

        (await SignAsync(await ObjectUser.NewAsync(server.Demo), upload.GetProperty("uploadID").GetString()!, 1)).Failed(1002);
    }

    [Fact]
    public async Task An_upload_of_another_app_answers_1004()
    {
        var user = await ObjectUser.NewAsync(server.Demo);
        var upload = await user.UploadAsync(ObjectUser.Bytes(ObjectServer.PartSize + 1), user.Name("a"));

        (await SignAsync(await ObjectUser.NewAsync(server.App("other")), upload.GetProperty("uploadID").GetString()!, 1)).Failed(1004);
    }

    [Fact]
    public async Task An_expired_upload_answers_1701()
    {
        var user = await ObjectUser.NewAsync(server.App("brief"));
        var upload = await user.UploadAsync(ObjectUser.Bytes(ObjectServer.PartSize + 1), user.Name("a"));

        server.Clock.Advance(TimeSpan.FromSeconds(2));

        (await SignAsync(user, upload.GetProperty("uploadID").GetString()!, 1)).Failed(1701, "FileUploadedExpiredError", "FileUploadedExpiredError");
    }

    private static Task<ApiReply> SignAsync(ObjectUser user, string uploadID, params int[] partNumbers) =>
        user.PostAsync("/object/auth_sign", new { uploadID, partNumbers });
}
