using System.Net;
using Dragoman.Engine;
using Dragoman.Engine.Files;
using Dragoman.Engine.Ports;
using Dragoman.Files.S3;
using Dragoman.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dragoman.Storage.Tests.Files;

public sealed class S3FileBytesTests(S3Server server) : FileBytesTests, IAsyncDisposable
{
    private static readonly HttpClient Http = new();
    private readonly Lazy<S3FileBytes> _bytes = new(() => Connect(server.Options));

    protected override IFileBytes Bytes
    {
        get
        {
            Assert.SkipWhen(server.WhyNot is not null, $"skipped: {server.WhyNot}");
            return _bytes.Value;
        }
    }

    private static DateTimeOffset Soon => DateTimeOffset.UtcNow.AddMinutes(5);

    public async ValueTask DisposeAsync()
    {
        if (_bytes.IsValueCreated) await _bytes.Value.DisposeAsync();
    }

    [Fact]
    public async Task Clients_get_no_addresses_of_the_object_storage_unless_configured()
    {
        var upload = await BeginAsync(10);

        Assert.Null(Bytes.SignPart(upload, 1, Soon));
        Assert.Null(Bytes.SignRead(FileOf(upload), Soon));
    }

    [Fact]
    public async Task A_client_may_send_and_read_without_us()
    {
        var upload = await BeginAsync(10);
        await using var presigning = Presigning();
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(presigning.SignPart(upload, 1, Soon)!, Random(10))).StatusCode);
        Assert.True(await presigning.CompleteAsync(upload, await presigning.ListPartsAsync(upload, Ct), Ct));

        using var read = await Http.GetAsync(presigning.SignRead(FileOf(upload), Soon), Ct);

        Assert.Equal(Random(10), await read.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(("text/html", "attachment; filename*=UTF-8''a.html"), (read.Content.Headers.ContentType!.ToString(), read.Content.Headers.ContentDisposition!.ToString()));
    }

    [Fact]
    public async Task An_address_is_good_for_exactly_one_part()
    {
        var upload = await BeginAsync(10);
        await using var presigning = Presigning();
        var url = presigning.SignPart(upload, 1, Soon)!;

        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(url.Replace("partNumber=1", "partNumber=2", StringComparison.Ordinal), Random(10))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(presigning.SignPart(upload, 1, DateTimeOffset.UtcNow.AddSeconds(-5))!, Random(10))).StatusCode);
        Assert.Empty(await Bytes.ListPartsAsync(upload, Ct));
    }

    [Fact]
    public async Task An_address_takes_nothing_after_the_end()
    {
        var upload = await BeginAsync(10);
        await using var presigning = Presigning();
        var url = presigning.SignPart(upload, 1, Soon)!;
        await PutAsync(url, Random(10));
        Assert.True(await presigning.CompleteAsync(upload, await presigning.ListPartsAsync(upload, Ct), Ct));

        Assert.False((await PutAsync(url, new byte[10])).IsSuccessStatusCode);
        Assert.Equal(Random(10), await ReadAsync(upload, 0, 10));
    }

    [Fact]
    public async Task Clients_may_know_the_object_storage_by_another_address()
    {
        var upload = await BeginAsync(10);
        await using var elsewhere = Presigning(publicUrl: "https://files.example");

        Assert.StartsWith("https://files.example/dragoman/1/", elsewhere.SignPart(upload, 1, Soon), StringComparison.Ordinal);
        Assert.StartsWith("https://files.example/dragoman/1/", elsewhere.SignRead(FileOf(upload), Soon), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prefix_keeps_two_servers_of_one_bucket_apart()
    {
        var upload = await BeginAsync(10);
        Assert.True(await Bytes.CompleteAsync(upload, [TestEngine.Value(await PutAsync(upload, 1, Random(10)))], Ct));
        await using var other = Connect(server.With(o => o.Prefix = "other/"));

        Assert.Null(await other.OpenAsync(ContentOf(upload), 0, 10, Ct));
    }

    [Fact]
    public async Task A_wrong_secret_is_a_fault_that_does_not_tell_it()
    {
        var upload = await BeginAsync(10);
        await using var wrong = Connect(server.With(o => o.SecretKey = "QuiteAnotherKey"));

        var fault = await Assert.ThrowsAsync<StorageException>(async () => await wrong.BeginAsync(upload, Ct));
        var alsoFault = await Assert.ThrowsAsync<StorageException>(async () => await wrong.PutPartAsync(upload, 1, new MemoryStream(Random(10)), 10, md5: null, Ct));

        Assert.Contains("403", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("QuiteAnotherKey", fault + alsoFault.ToString(), StringComparison.Ordinal);
    }

    private S3FileBytes Presigning(string publicUrl = "") => Connect(server.With(o => (o.Presign, o.PublicUrl) = (true, publicUrl)));

    private static S3FileBytes Connect(S3Options options) => new(options, NullLogger<S3Reach>.Instance);

    private static async Task<HttpResponseMessage> PutAsync(string url, byte[] bytes) => await Http.PutAsync(url, new ByteArrayContent(bytes), Ct);

    private static StoredFile FileOf(Upload upload) => new()
    {
        App = upload.App,
        Id = new FileId("1"),
        Owner = new UserId("alice"),
        Name = "alice/a.html",
        Content = ContentOf(upload),
        ContentType = "text/html",
    };
}
