using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Dragoman.Engine;
using Dragoman.Engine.Files;
using Dragoman.Engine.Ports;
using Dragoman.Files.S3;
using Dragoman.Testing;
using Microsoft.Extensions.Logging;

namespace Dragoman.Storage.Tests.Files;

/// <summary>The object storage goes away, and comes back.</summary>
public sealed class S3LossTests(S3Server server) : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);
    private readonly RecordingLogger _log = new();
    private CuttingProxy _proxy = null!;
    private S3FileBytes _bytes = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(server.WhyNot is not null, $"skipped: {server.WhyNot}");
        var real = new Uri(server.Options.ServiceUrl);
        var address = IPAddress.TryParse(real.Host, out var ip) ? ip : Dns.GetHostAddresses(real.Host)[0];
        _proxy = new(new IPEndPoint(IPAddress.Loopback, 0), new IPEndPoint(address, real.Port));
        _bytes = new(server.With(o => o.ServiceUrl = $"http://{_proxy.Address}"), _log);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_bytes is not null) await _bytes.DisposeAsync();
        if (_proxy is not null) await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task While_it_is_away_every_call_says_so_and_one_line_is_logged()
    {
        var (upload, file) = await BeginAsync(10);

        _proxy.Shut();

        await Assert.ThrowsAsync<StorageAwayException>(async () => await PutAsync(upload, file));
        await Assert.ThrowsAsync<StorageAwayException>(async () => await _bytes.BeginAsync(upload, Ct));
        await Assert.ThrowsAsync<StorageAwayException>(async () => await _bytes.ListPartsAsync(upload, Ct));
        await Assert.ThrowsAsync<StorageAwayException>(async () => await _bytes.OpenAsync(ContentOf(upload), 0, 10, Ct));
        Assert.StartsWith("Error: The object storage is away", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_it_is_back_that_is_logged_once_and_an_upload_goes_on()
    {
        var (upload, file) = await BeginAsync(10);
        _proxy.Shut();
        await Assert.ThrowsAsync<StorageAwayException>(async () => await _bytes.ListPartsAsync(upload, Ct));

        _proxy.Reopen();

        await _log.HasAsync(2).WaitAsync(Deadline, Ct);
        var part = TestEngine.Value(await PutAsync(upload, file));
        Assert.True(await _bytes.CompleteAsync(upload, [part], Ct));
        Assert.Equal("Information: The object storage is back", _log.Lines[1]);
        Assert.Equal(2, _log.Lines.Count);
    }

    [Fact]
    public async Task A_download_that_is_cut_is_told_as_away()
    {
        var (upload, file) = await BeginAsync(4 * 1024 * 1024);
        Assert.True(await _bytes.CompleteAsync(upload, [TestEngine.Value(await PutAsync(upload, file))], Ct));
        await using var stream = await _bytes.OpenAsync(ContentOf(upload), 0, file.Length, Ct);

        _proxy.Shut();

        await Assert.ThrowsAsync<StorageAwayException>(async () => await stream!.CopyToAsync(Stream.Null, Ct));
        Assert.Single(_log.Lines);
    }

    private static FileContent ContentOf(Upload upload) => new(upload.Location, upload.Size, upload.Checksum);

    private ValueTask<Result<UploadPart>> PutAsync(Upload upload, byte[] file) => _bytes.PutPartAsync(upload, 1, new MemoryStream(file), file.Length, md5: null, Ct);

    private async Task<(Upload Upload, byte[] File)> BeginAsync(int size)
    {
        var upload = new Upload
        {
            App = new AppId(1),
            Id = new UploadId(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))),
            Owner = new UserId("alice"),
            Name = "alice/a.bin",
            Size = size,
            PartSize = size,
            Checksum = FileChecksum.None,
            CreatedAt = 0,
            ExpiresAt = long.MaxValue,
        };
        return (upload with { Handle = await _bytes.BeginAsync(upload, Ct) }, RandomNumberGenerator.GetBytes(size));
    }

    private sealed class RecordingLogger : ILogger<S3Reach>
    {
        private readonly ConcurrentQueue<string> _lines = new();
        private readonly SemaphoreSlim _more = new(0);

        public IReadOnlyList<string> Lines => [.. _lines];

        public async Task HasAsync(int lines)
        {
            while (_lines.Count < lines) await _more.WaitAsync();
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            _lines.Enqueue($"{logLevel}: {formatter(state, exception)}");
            _more.Release();
        }
    }
}
