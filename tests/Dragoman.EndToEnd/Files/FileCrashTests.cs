using System.Security.Cryptography;
using Dragoman.Load.OpenIm;

namespace Dragoman.EndToEnd.Files;

/// <summary>What was acknowledged of a file is on disk: the server is killed in the middle of an upload, and the client goes on.</summary>
public sealed class FileCrashTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Name = "crash/file.bin";
    private const int Parts = 10;
    private const int Kills = 3;

    private readonly ServerUnderTest _server = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact(Timeout = 120_000)]
    public async Task An_upload_goes_on_after_each_kill_and_sends_nothing_twice_that_was_acknowledged()
    {
        var seed = Environment.TickCount & 0xffff;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        byte[][] file = [.. Enumerable.Range(1, Parts).Select(n => FileClient.Part(n, seed))];
        string[] sums = [.. file.Select(FileClient.Md5)];
        await _server.StartAsync(Ct);
        using var rest = new OpenImRest(_server.OpenIm);
        using var client = new FileClient(rest);
        await rest.LogInAsync(_server.Secret, ServerUnderTest.Admin, Ct);
        var upload = await client.BeginAsync(Name, sums, Ct);

        var missing = Enumerable.Range(0, Parts).ToHashSet();
        for (var kill = 0; kill < Kills; kill++)
        {
            var numbers = missing.OrderBy(_ => random.Next()).Take(3).ToArray();
            Assert.True(await client.PutAsync(upload.Parts[numbers[0]], file[numbers[0]], Ct));
            missing.Remove(numbers[0]);

            // One is stuck half way until after the kill, and one is anywhere.
            using var half = new HalfSentContent(file[numbers[1]]);
            var stuck = client.PutAsync(upload.Parts[numbers[1]], half, Ct);
            await half.Sent.WaitAsync(Ct);
            var anywhere = client.PutAsync(upload.Parts[numbers[2]], file[numbers[2]], Ct);
            _server.Kill();
            half.GoOn();

            Assert.False(await stuck);
            if (await anywhere) missing.Remove(numbers[2]);
            await _server.StartAsync(Ct);
        }

        output.WriteLine($"{Parts - missing.Count} of {Parts} parts were acknowledged before the last kill");
        Assert.InRange(missing.Count, 1, Parts - Kills);
        foreach (var number in missing) Assert.True(await client.PutAsync(upload.Parts[number], file[number], Ct));
        var url = await client.CompleteAsync(upload, Name, sums, Ct);

        _server.Kill();
        await _server.StartAsync(Ct);

        Assert.Equal(((long)Parts * FileClient.PartSize, Convert.ToHexStringLower(MD5.HashData([.. file.SelectMany(p => p)]))), await client.DownloadAsync(url, Ct));
        Assert.DoesNotContain(Directory.GetDirectories(Path.Combine(_server.DataDirectory, "files", "uploads"), "*", SearchOption.AllDirectories), d => Directory.GetFiles(d).Length > 0);
    }
}
