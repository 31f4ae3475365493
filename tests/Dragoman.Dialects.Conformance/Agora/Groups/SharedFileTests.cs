using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Dragoman.Dialects.Conformance.Agora.Host;
using Xunit;
using Operation = Dragoman.Dialects.Agora.Protos.MUCBody.Types.Operation;

namespace Dragoman.Dialects.Conformance.Agora.Groups;

/// <summary>Files on a group's shelf (section 4.9).</summary>
public sealed class SharedFileTests(SharedFileTests.Apps server) : IClassFixture<SharedFileTests.Apps>
{
    private static readonly HttpClient Http = new();
    private readonly AgoraAppClient _app = server.Demo;

    public sealed class Apps : AgoraServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings => [("demo", """{"rateLimit":{"calls":0},"groups":{"fileBytes":100}}""")];
    }

    [Fact]
    public async Task A_file_is_shared_listed_read_and_taken_away()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var bob = await Person.NewAsync(_app, "bob");
        var group = await alice.FoundAsync(members: bob.User);
        await bob.HearAsync(Operation.DirectJoined);

        var (status, uploaded) = await UploadAsync(group, bob.User, "hello");
        Assert.Equal(HttpStatusCode.OK, status);
        var data = uploaded.GetProperty("data");
        var id = data.Text("file_id");
        Assert.Equal((group, "notes.txt", 5), (data.Text("group_id"), data.Text("file_name"), data.GetProperty("file_size").GetInt32()));
        await alice.HearAsync(Operation.UploadFile);

        var listed = (await alice.CallAsync("GET", $"/chatgroups/{group}/share_files?pagenum=1&pagesize=10")).Succeeded().Data.EnumerateArray().Single();
        Assert.Equal((id, "notes.txt", bob.User, 5), (listed.Text("file_id"), listed.Text("file_name"), listed.Text("file_owner"), listed.GetProperty("file_size").GetInt32()));
        Assert.Equal("hello", (await alice.CallAsync("GET", $"/chatgroups/{group}/share_files/{id}")).Succeeded().Text);

        var removed = (await alice.CallAsync("DELETE", $"/chatgroups/{group}/share_files/{id}")).Succeeded().Data;
        Assert.Equal((group, id, true), (removed.Text("group_id"), removed.Text("file_id"), removed.Flag("result")));
        Assert.Equal(id, (await bob.HearAsync(Operation.DeleteFile)).Reason);
        (await alice.CallAsync("GET", $"/chatgroups/{group}/share_files/{id}")).Failed(404, "entity_not_found", "file may not exists");
        Assert.Empty((await alice.CallAsync("GET", $"/chatgroups/{group}/share_files?pagenum=1&pagesize=10")).Succeeded().Data.EnumerateArray());
    }

    [Fact]
    public async Task What_is_not_ones_own_stays_and_strangers_see_nothing()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var bob = await Person.NewAsync(_app, "bob");
        var stranger = await _app.NewUserAsync();
        var token = await _app.UserTokenAsync(stranger);
        var group = await alice.FoundAsync(members: bob.User);
        var id = (await UploadAsync(group, alice.User, "mine")).Body.GetProperty("data").Text("file_id");

        (await bob.CallAsync("DELETE", $"/chatgroups/{group}/share_files/{id}")).Failed(403, "forbidden_op");
        var refusal = $"users [{stranger}] are not members of this group!";
        (await _app.CallAsync("GET", $"/chatgroups/{group}/share_files", token: token)).Failed(403, "forbidden_op", refusal);
        (await _app.CallAsync("GET", $"/chatgroups/{group}/share_files/{id}", token: token)).Failed(403, "forbidden_op", refusal);
        Assert.Equal((HttpStatusCode.Forbidden, refusal), await RefusedAsync(group, stranger, "mine too"));
        Assert.Equal((HttpStatusCode.NotFound, "grpID 999 does not exist!"), await RefusedAsync("999", alice.User, "lost"));
    }

    [Fact]
    public async Task Files_are_neither_too_large_nor_missing()
    {
        await using var alice = await Person.NewAsync(_app);
        var group = await alice.FoundAsync();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await UploadAsync(group, alice.User, new string('x', 101))).Status);
        Assert.Equal(HttpStatusCode.OK, (await UploadAsync(group, alice.User, new string('x', 100))).Status);
        (await alice.CallAsync("POST", $"/chatgroups/{group}/share_files", new { })).Failed(400, "IllegalArgumentException", "file must be provided.");
        Assert.Equal((HttpStatusCode.BadRequest, "file must be provided."), await RefusedAsync(group, alice.User, ""));
    }

    private async Task<(HttpStatusCode Status, string? Description)> RefusedAsync(string group, string user, string content)
    {
        var (status, body) = await UploadAsync(group, user, content);
        return (status, body.Text("error_description"));
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> UploadAsync(string group, string user, string content)
    {
        using var form = new MultipartFormDataContent { { new StringContent(content), "file", "notes.txt" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, _app.Uri($"/chatgroups/{group}/share_files?resource=r")) { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await _app.UserTokenAsync(user));
        using var response = await Http.SendAsync(request);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }
}
