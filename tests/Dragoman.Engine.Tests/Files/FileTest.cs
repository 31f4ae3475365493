using System.Security.Cryptography;
using System.Text;
using Dragoman.Engine.Files;
using Dragoman.Engine.Ports;
using Dragoman.Testing;

namespace Dragoman.Engine.Tests.Files;

/// <summary>A test with small parts: 1 KiB each, at most 8 of them.</summary>
public abstract class FileTest : EngineTest
{
    protected const int Part = 1024;

    protected FileLimits Limits => Engine.Get<FileLimits>();

    protected override void Configure()
    {
        Limits.MinPart = Part;
        Limits.MaxPart = 2 * Part;
        Limits.MaxParts = 8;
        Limits.MaxBytes = 10 * Part;
    }

    protected static byte[] Bytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    protected static string[] SumsOf(byte[] file) => [.. file.Chunk(Part).Select(Md5)];

    protected static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));

    protected static FileChecksum ChecksumOf(byte[] file) => new(ChecksumKind.PartsMd5, Md5(Encoding.UTF8.GetBytes(string.Join(',', SumsOf(file)))));

    protected static FileDraft Draft(byte[] file, string name = "alice/a.bin") => new()
    {
        Name = name,
        Size = file.Length,
        Checksum = ChecksumOf(file),
        ContentType = "image/png",
        SignedParts = int.MaxValue,
    };

    protected ValueTask<Result<BegunUpload>> BeginAsync(FileDraft draft, string user = "alice") =>
        Engine.Get<BeginUpload>().RunAsync(TestEngine.As(user), draft, Ct);

    protected async Task<BegunUpload> BegunAsync(byte[] file, string name = "alice/a.bin", string user = "alice") =>
        TestEngine.Value(await BeginAsync(Draft(file, name), user));

    protected ValueTask<Result<UploadPart>> SendAsync(SignedLink link, byte[] part, string? md5 = null) =>
        Engine.Get<ReceivePart>().RunAsync(link, new MemoryStream(part), part.Length, md5, Ct);

    protected async Task SendAllAsync(BegunUpload begun, byte[] file)
    {
        foreach (var (part, bytes) in begun.Parts.Zip(file.Chunk(Part))) TestEngine.Value(await SendAsync(part.Address.Link, bytes));
    }

    protected ValueTask<Result<StoredFile>> CompleteAsync(BegunUpload begun, IReadOnlyList<string>? sums, string user = "alice", string? name = null) =>
        Engine.Get<CompleteUpload>().RunAsync(TestEngine.As(user), begun.Upload!.Id, new UploadCompletion(sums, name), Ct);

    protected async Task<StoredFile> StoredAsync(byte[] file, string name = "alice/a.bin", string user = "alice")
    {
        var begun = await BegunAsync(file, name, user);
        await SendAllAsync(begun, file);
        return TestEngine.Value(await CompleteAsync(begun, SumsOf(file), user));
    }

    protected async Task<byte[]?> ReadAsync(StoredFile file, long offset = 0, long? length = null)
    {
        await using var stream = await Engine.Get<IFileBytes>().OpenAsync(file.Content, offset, length ?? file.Content.Size - offset, Ct);
        if (stream is null) return null;
        using var read = new MemoryStream();
        await stream.CopyToAsync(read, Ct);
        return read.ToArray();
    }

    protected ValueTask<StoredFile?> FindAsync(string name) => Engine.Get<IFileStore>().FindAsync(TestEngine.App, name, Ct);

    protected Task SweepAsync() => Engine.Get<CollectFiles>().RunAsync(Ct);
}
