using System.Net;
using System.Text;
using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Rest.Object;

public sealed class InitiateFormDataTests(ObjectServer server) : IClassFixture<ObjectServer>
{
    [Fact]
    public async Task The_answer_has_the_vendors_shape()
    {
        var user = await ObjectUser.NewAsync(server.Demo);

        var data = await FormData.BeginAsync(user, size: 10);

        Assert.Equal(["id", "url", "file", "header", "formData", "expires", "successCodes"], data.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("file", 200), (data.GetProperty("file").GetString(), data.GetProperty("successCodes")[0].GetInt32()));
        var left = DateTimeOffset.FromUnixTimeMilliseconds(data.GetProperty("expires").GetInt64()) - server.Clock.GetUtcNow();
        Assert.InRange(left, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Only_administrators_choose_how_long_it_may_take()
    {
        var user = await ObjectUser.NewAsync(server.Demo);
        var own = (await user.PostAsync("/object/initiate_form_data", new { name = user.Name("a"), size = 1, millisecond = 60_000 })).Succeeded().Data;
        var admins = (await server.Demo.AdminPostAsync("/object/initiate_form_data", new { name = "a", size = 1, millisecond = 60_000, absolute = true })).Succeeded().Data;

        Assert.InRange(Left(own), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        Assert.InRange(Left(admins), TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData("", 1, 1001, "name is empty")]
    [InlineData("x/a", 0, 1001, "size must be greater than 0")]
    [InlineData("/a", 1, 1001, "name cannot start with `/`")]
    [InlineData("x/a", 1, 1002, null)]
    public async Task Bad_arguments_are_refused(string name, int size, int code, string? detail)
    {
        var user = await ObjectUser.NewAsync(server.Demo);

        (await user.PostAsync("/object/initiate_form_data", new { name, size })).Failed(code, detail: detail);
    }

    [Fact]
    public async Task A_form_is_no_larger_than_the_largest_part()
    {
        var user = await ObjectUser.NewAsync(server.Demo);

        (await user.PostAsync("/object/initiate_form_data", new { name = user.Name("a"), size = 4 * ObjectServer.PartSize })).Succeeded();
        (await user.PostAsync("/object/initiate_form_data", new { name = user.Name("a"), size = (4 * ObjectServer.PartSize) + 1 })).Failed(1001);
    }

    private TimeSpan Left(JsonElement data) => DateTimeOffset.FromUnixTimeMilliseconds(data.GetProperty("expires").GetInt64()) - server.Clock.GetUtcNow();
}

public sealed class CompleteFormDataTests(ObjectServer server) : IClassFixture<ObjectServer>
{
    [Fact]
    public async Task A_form_becomes_a_file()
    {
        var (user, file) = (await ObjectUser.NewAsync(server.Demo), ObjectUser.Bytes(3 * ObjectServer.PartSize));
        var form = await FormData.BeginAsync(user, file.Length);
        Assert.Equal(HttpStatusCode.OK, (await FormData.SendAsync(form, file)).Status);

        var url = (await FormData.CompleteAsync(user, form)).Succeeded().Data.GetProperty("url").GetString()!;

        Assert.Equal(server.Demo.Uri("/object/" + user.Name("form.jpg")).ToString(), url);
        var reply = await ObjectUser.GetAsync(await ObjectUser.FollowAsync(new(url)));
        Assert.Equal("image/jpeg", reply.Headers["Content-Type"]);
        Assert.Equal(file, reply.Bytes);
        (await FormData.CompleteAsync(user, form)).Succeeded();
    }

    [Fact]
    public async Task A_form_of_another_size_answers_90007()
    {
        var user = await ObjectUser.NewAsync(server.Demo);
        var form = await FormData.BeginAsync(user, size: 10);
        Assert.Equal(HttpStatusCode.OK, (await FormData.SendAsync(form, ObjectUser.Bytes(9))).Status);

        (await FormData.CompleteAsync(user, form)).Failed(90007, "DataError", "file size mismatch");
    }

    [Fact]
    public async Task A_form_that_is_too_large_answers_413()
    {
        var user = await ObjectUser.NewAsync(server.Demo);
        var form = await FormData.BeginAsync(user, size: 10);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await FormData.SendAsync(form, ObjectUser.Bytes(11))).Status);
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("multipart/form-data", "x")]
    [InlineData("multipart/form-data; boundary=b", "")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nvalue\r\n--b--\r\n")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nno header")]
    [InlineData("nonsense", "x")]
    public async Task What_is_no_form_with_a_file_answers_400(string type, string body)
    {
        var form = await FormData.BeginAsync(await ObjectUser.NewAsync(server.Demo), size: 10);
        using var request = new HttpRequestMessage(HttpMethod.Post, form.GetProperty("url").GetString()) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);

        Assert.Equal(HttpStatusCode.BadRequest, (await ObjectUser.SendAsync(request)).Status);
    }

    [Fact]
    public async Task A_form_that_ends_in_the_middle_answers_400_and_may_come_again()
    {
        var user = await ObjectUser.NewAsync(server.Demo);
        var form = await FormData.BeginAsync(user, size: 10);
        using var request = new HttpRequestMessage(HttpMethod.Post, form.GetProperty("url").GetString())
        {
            Content = new ByteArrayContent("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n12345"u8.ToArray()),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");

        Assert.Equal(HttpStatusCode.BadRequest, (await ObjectUser.SendAsync(request)).Status);
        Assert.Equal(HttpStatusCode.OK, (await FormData.SendAsync(form, ObjectUser.Bytes(10))).Status);
        (await FormData.CompleteAsync(user, form)).Succeeded();
    }

    [Fact]
    public async Task An_expired_form_answers_1701()
    {
        var user = await ObjectUser.NewAsync(server.Demo);
        var form = await FormData.BeginAsync(user, size: 10);

        server.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal((HttpStatusCode.Gone, 1701), (await FormData.SendAsync(form, ObjectUser.Bytes(10))) is var reply ? (reply.Status, reply.ErrCode) : default);
        (await FormData.CompleteAsync(user, form)).Failed(1701);
    }

    [Theory]
    [InlineData("", 1001, "id is empty")]
    [InlineData("nonsense", 1001, "invalid id")]
    [InlineData("00000000000000000000000000000000", 1004, null)]
    public async Task A_bad_id_is_refused(string id, int code, string? detail)
    {
        var user = await ObjectUser.NewAsync(server.Demo);

        (await user.PostAsync("/object/complete_form_data", new { id })).Failed(code, detail: detail);
    }

    [Fact]
    public async Task An_upload_in_parts_is_no_form()
    {
        var user = await ObjectUser.NewAsync(server.Demo);
        var upload = await user.UploadAsync(ObjectUser.Bytes(10), user.Name("a"));

        (await user.PostAsync("/object/complete_form_data", new { id = upload.GetProperty("uploadID").GetString() })).Failed(1001, "ArgsError", "invalid id");
    }

    [Fact]
    public async Task Somebody_elses_form_answers_1002()
    {
        var form = await FormData.BeginAsync(await ObjectUser.NewAsync(server.Demo), size: 10);

        (await FormData.CompleteAsync(await ObjectUser.NewAsync(server.Demo), form)).Failed(1002);
    }
}

/// <summary>What a mini program does.</summary>
internal static class FormData
{
    public static async Task<JsonElement> BeginAsync(ObjectUser user, int size) => (await user.PostAsync(
        "/object/initiate_form_data", new { name = user.Name("form.jpg"), size, contentType = "image/jpeg", group = "g" })).Succeeded().Data;

    public static Task<RawReply> SendAsync(JsonElement form, byte[] file)
    {
        // A field before the file, as forms for object storages have them.
        var content = new MultipartFormDataContent { { new StringContent("value"), "key" }, { new ByteArrayContent(file), form.GetProperty("file").GetString()!, "x.jpg" } };
        return ObjectUser.SendAsync(new HttpRequestMessage(HttpMethod.Post, form.GetProperty("url").GetString()) { Content = content });
    }

    public static Task<ApiReply> CompleteAsync(ObjectUser user, JsonElement form) =>
        user.PostAsync("/object/complete_form_data", new { id = form.GetProperty("id").GetString() });
}
