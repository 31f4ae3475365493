using System.Security.Cryptography;
using Dragoman.Engine;
using Dragoman.Engine.Files;
using Dragoman.Engine.Ports;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Files;

/// <summary>What every storage of bytes does.</summary>
public abstract class FileBytesTests
{
    /// <summary>The least that an object storage takes for a part that is not the last one.</summary>
    protected const int Part = 5 * 1024 * 1024;

    private readonly Dictionary<int, byte[]> _random = [];

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The storage under test; skips the test where it cannot run.</summary>
    protected abstract IFileBytes Bytes { get; }

    [Fact]
    public async Task A_part_is_answered_with_its_size_and_md5_and_listed()
    {
        var upload = await BeginAsync(100);

        var part = TestEngine.Value(await PutAsync(upload, 1, Random(100)));

        Assert.Equal(new UploadPart(1, 100, Md5(Random(100))), part);
        Assert.Equal([part], await Bytes.ListPartsAsync(upload, Ct));
    }

    [Fact]
    public async Task Nothing_is_listed_before_anything_came() => Assert.Empty(await Bytes.ListPartsAsync(await BeginAsync(100), Ct));

    [Fact]
    public async Task Parts_become_one_content()
    {
        var file = Random((2 * Part) + 100);
        var upload = await BeginAsync(file.Length);
        foreach (var number in new[] { 3, 1, 2 }) TestEngine.Value(await PutAsync(upload, number, file[((number - 1) * Part)..Math.Min(number * Part, file.Length)]));
        var parts = await Bytes.ListPartsAsync(upload, Ct);

        Assert.True(await Bytes.CompleteAsync(upload, parts, Ct));

        Assert.Equal([1, 2, 3], parts.Select(p => p.Number));
        Assert.Equal(file, await ReadAsync(upload, 0, file.Length));
        Assert.Equal(file[(Part - 10)..(Part + 10)], await ReadAsync(upload, Part - 10, 20));
        Assert.Equal(file[^1..], await ReadAsync(upload, file.Length - 1, 1));
    }

    [Fact]
    public async Task Completing_can_be_repeated()
    {
        var upload = await BeginAsync(10);
        var part = TestEngine.Value(await PutAsync(upload, 1, Random(10)));

        Assert.True(await Bytes.CompleteAsync(upload, [part], Ct));
        Assert.True(await Bytes.CompleteAsync(upload, [part], Ct));

        Assert.Equal(Random(10), await ReadAsync(upload, 0, 10));
    }

    [Fact]
    public async Task A_part_that_is_sent_again_can_be_told_from_the_one_before()
    {
        var upload = await BeginAsync(10);
        await PutAsync(upload, 1, new byte[10]);
        var part = TestEngine.Value(await PutAsync(upload, 1, Random(10)));

        Assert.Contains(part, await Bytes.ListPartsAsync(upload, Ct));
        Assert.True(await Bytes.CompleteAsync(upload, [part], Ct));
        Assert.Equal(Random(10), await ReadAsync(upload, 0, 10));
    }

    [Fact]
    public async Task Parts_that_never_came_complete_nothing()
    {
        var upload = await BeginAsync(10);
        await PutAsync(upload, 1, new byte[10]);

        Assert.False(await Bytes.CompleteAsync(upload, [new UploadPart(1, 10, Md5(Random(10)))], Ct));
        Assert.Null(await Bytes.OpenAsync(ContentOf(upload), 0, 10, Ct));
    }

    [Fact]
    public async Task A_stream_of_unknown_length_is_taken()
    {
        var upload = await BeginAsync(100);

        var part = TestEngine.Value(await Bytes.PutPartAsync(upload, 1, new MemoryStream(Random(100)), length: null, md5: null, Ct));

        Assert.Equal(Md5(Random(100)), part.Md5);
        Assert.Equal([part], await Bytes.ListPartsAsync(upload, Ct));
    }

    [Fact]
    public async Task A_stream_that_goes_on_too_long_is_not_taken()
    {
        var upload = await BeginAsync(100, partSize: 50);

        var refused = await Bytes.PutPartAsync(upload, 1, new MemoryStream(Random(51)), length: null, md5: null, Ct);

        Assert.Equal(Condition.PartTooLarge, TestEngine.ConditionOf(refused));
        Assert.Empty(await Bytes.ListPartsAsync(upload, Ct));
    }

    [Fact]
    public async Task A_part_with_another_md5_than_said_is_not_taken()
    {
        var upload = await BeginAsync(10);

        Assert.Equal(Condition.PartChecksumMismatch, TestEngine.ConditionOf(await PutAsync(upload, 1, Random(10), Md5(new byte[10]))));
        TestEngine.Value(await PutAsync(upload, 1, Random(10), Md5(Random(10))));
    }

    [Fact]
    public async Task A_stream_that_breaks_throws_what_it_threw_and_leaves_nothing()
    {
        var upload = await BeginAsync(Part);

        await Assert.ThrowsAsync<EndOfStreamException>(async () => await Bytes.PutPartAsync(upload, 1, new BrokenStream(), Part, md5: null, Ct));

        Assert.Empty(await Bytes.ListPartsAsync(upload, Ct));
    }

    [Fact]
    public async Task An_aborted_upload_is_gone_and_can_be_aborted_again()
    {
        var upload = await BeginAsync(10);
        await PutAsync(upload, 1, Random(10));

        await Bytes.AbortAsync(upload, Ct);
        await Bytes.AbortAsync(upload, Ct);

        Assert.Empty(await Bytes.ListPartsAsync(upload, Ct));
    }

    [Fact]
    public async Task Aborting_takes_a_content_whose_row_was_never_written()
    {
        var upload = await BeginAsync(10);
        Assert.True(await Bytes.CompleteAsync(upload, [TestEngine.Value(await PutAsync(upload, 1, Random(10)))], Ct));

        await Bytes.AbortAsync(upload, Ct);

        Assert.Null(await Bytes.OpenAsync(ContentOf(upload), 0, 10, Ct));
    }

    [Fact]
    public async Task A_part_that_comes_after_the_end_changes_nothing()
    {
        var upload = await BeginAsync(10);
        Assert.True(await Bytes.CompleteAsync(upload, [TestEngine.Value(await PutAsync(upload, 1, Random(10)))], Ct));

        Assert.Equal(Condition.UploadNotFound, TestEngine.ConditionOf(await PutAsync(upload, 1, new byte[10])));
        Assert.Equal(Random(10), await ReadAsync(upload, 0, 10));
    }

    [Fact]
    public async Task A_deleted_content_is_gone_and_can_be_deleted_again()
    {
        var upload = await BeginAsync(10);
        Assert.True(await Bytes.CompleteAsync(upload, [TestEngine.Value(await PutAsync(upload, 1, Random(10)))], Ct));

        await Bytes.DeleteAsync(upload.Location, Ct);
        await Bytes.DeleteAsync(upload.Location, Ct);

        Assert.Null(await Bytes.OpenAsync(ContentOf(upload), 0, 10, Ct));
        await Bytes.TidyAsync(Ct);
    }

    protected async Task<Upload> BeginAsync(int size, int partSize = Part)
    {
        var upload = new Upload
        {
            App = new AppId(1),
            Id = new UploadId(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))),
            Owner = new UserId("alice"),
            Name = "alice/../../a b?.bin",
            Size = size,
            PartSize = partSize,
            Checksum = FileChecksum.None,
            CreatedAt = 0,
            ExpiresAt = long.MaxValue,
        };
        return upload with { Handle = await Bytes.BeginAsync(upload, Ct) };
    }

    protected ValueTask<Result<UploadPart>> PutAsync(Upload upload, int number, byte[] part, string? md5 = null) =>
        Bytes.PutPartAsync(upload, number, new MemoryStream(part), part.Length, md5, Ct);

    protected async Task<byte[]> ReadAsync(Upload upload, long offset, long length)
    {
        await using var stream = await Bytes.OpenAsync(ContentOf(upload), offset, length, Ct);
        Assert.NotNull(stream);
        using var read = new MemoryStream();
        await stream.CopyToAsync(read, Ct);
        return read.ToArray();
    }

    protected static FileContent ContentOf(Upload upload) => new(upload.Location, upload.Size, upload.Checksum);

    protected static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));

    /// <summary>The same random bytes each time that this test asks.</summary>
    protected byte[] Random(int count)
    {
        if (!_random.TryGetValue(count, out var bytes)) _random.Add(count, bytes = RandomNumberGenerator.GetBytes(count));
        return bytes;
    }

    private sealed class BrokenStream : MemoryStream
    {
        public BrokenStream()
            : base(new byte[1000])
        {
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            return read > 0 ? read : throw new EndOfStreamException("the client is gone");
        }
    }
}
