using System.Security.Cryptography;
using Dragoman.Load.OpenIm;

namespace Dragoman.EndToEnd.Files;

/// <summary>Files stream through the server: it never holds one.</summary>
public sealed class FileMemoryTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Parts = 20; // 100 MiB
    private const int AtATime = 4;
    private const double AllowedGrowthMiB = 48;

    private readonly ServerUnderTest _server = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact(Timeout = 180_000)]
    public async Task A_file_of_100_MB_goes_in_and_out_in_bounded_memory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "skipped: reads /proc");
        await _server.StartAsync(Ct);
        using var rest = new OpenImRest(_server.OpenIm);
        using var client = new FileClient(rest);
        await rest.LogInAsync(_server.Secret, ServerUnderTest.Admin, Ct);
        await UploadAsync(client, "warm/up", parts: 1, seed: 1); // what the runtime needs anyway
        var before = _server.Process.Probe.RssMiB;

        var (url, md5) = await UploadAsync(client, "big/parts", Parts, seed: 2);
        Assert.Equal(((long)Parts * FileClient.PartSize, md5), await client.DownloadAsync(url, Ct));
        var form = await client.SendFormAsync("big/form", new RepeatingStream((long)Parts * FileClient.PartSize), (long)Parts * FileClient.PartSize, Ct);
        Assert.Equal((long)Parts * FileClient.PartSize, (await client.DownloadAsync(form, Ct)).Size);

        var growth = _server.Process.Probe.PeakRssMiB - before;
        output.WriteLine($"the server's memory grew from {before:f0} MiB by {growth:f0} MiB at most");
        Assert.InRange(growth, double.MinValue, AllowedGrowthMiB);
    }

    private static async Task<(Uri Url, string Md5)> UploadAsync(FileClient client, string name, int parts, int seed)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var sums = new string[parts];
        for (var i = 0; i < parts; i++)
        {
            var part = FileClient.Part(i + 1, seed);
            sums[i] = FileClient.Md5(part);
            whole.AppendData(part);
        }

        var upload = await client.BeginAsync(name, sums, Ct);
        await Parallel.ForAsync(0, parts, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = Ct }, async (i, ct) =>
            Assert.True(await client.PutAsync(upload.Parts[i], FileClient.Part(i + 1, seed), ct)));
        return (await client.CompleteAsync(upload, name, sums, Ct), Convert.ToHexStringLower(whole.GetHashAndReset()));
    }

    /// <summary>So many bytes, made while they are read.</summary>
    private sealed class RepeatingStream(long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, _left);
            buffer.AsSpan(offset, read).Fill((byte)_left);
            _left -= read;
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
