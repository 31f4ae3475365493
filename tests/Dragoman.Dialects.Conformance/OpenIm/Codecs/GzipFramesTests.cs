using System.Buffers;
using System.IO.Compression;
using System.Text;
using Dragoman.Dialects.OpenIm.Frames;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Codecs;

public sealed class GzipFramesTests
{
    private const int MaxBytes = 51200;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(200_000)]
    public void What_we_deflate_any_gzip_inflates(int length)
    {
        var content = Text(length);

        Assert.Equal(content, Gunzip(GzipFrames.Deflate(content)));
    }

    [Theory]
    [InlineData(1)] // the class library writes nothing at all for nothing
    [InlineData(400)]
    [InlineData(MaxBytes)]
    public void What_any_gzip_deflates_we_inflate(int length)
    {
        var content = Text(length);

        Assert.Equal(content, Inflate(Gzip(content, CompressionLevel.NoCompression)));
        Assert.Equal(content, Inflate(Gzip(content, CompressionLevel.Fastest)));
        Assert.Equal(content, Inflate(Gzip(content, CompressionLevel.SmallestSize)));
    }

    [Fact]
    public void An_empty_member_inflates_to_nothing() => Assert.Empty(Inflate(GzipFrames.Deflate([]))!);

    [Fact]
    public void The_checksum_is_the_one_of_the_standard() => Assert.Equal(0xcbf43926, Crc32.Compute("123456789"u8));

    [Fact]
    public void A_member_that_announces_too_much_is_refused() => Assert.Null(Inflate(Gzip(Text(MaxBytes + 1), CompressionLevel.Fastest)));

    [Fact]
    public void A_bomb_that_lies_about_its_length_is_refused()
    {
        var bomb = Gzip(new byte[10_000_000], CompressionLevel.SmallestSize);
        BitConverter.GetBytes(100).CopyTo(bomb, bomb.Length - 4);

        Assert.Null(Inflate(bomb));
    }

    [Fact]
    public void A_wrong_checksum_is_refused()
    {
        var member = Gzip(Text(400), CompressionLevel.Fastest);
        member[^5] ^= 1;

        Assert.Null(Inflate(member));
    }

    [Fact]
    public void A_member_cut_short_anywhere_is_refused()
    {
        var member = Gzip(Text(400), CompressionLevel.Fastest);

        Assert.All(Enumerable.Range(0, member.Length), length => Assert.Null(Inflate(member[..length])));
    }

    [Fact]
    public void Bytes_behind_the_member_are_refused() => Assert.Null(Inflate([.. Gzip(Text(400), CompressionLevel.Fastest), 1]));

    [Fact]
    public void Bad_frames_are_refused_without_a_fault()
    {
        byte[][] valid = [Gzip(Text(400), CompressionLevel.Fastest), Gzip(Text(300), CompressionLevel.SmallestSize), GzipFrames.Deflate(Text(60))];

        Fuzz.Run(seed: 3, count: 10_000, valid, frame => Assert.True(Inflate(frame) is null or { Length: <= MaxBytes }));
    }

    private static byte[]? Inflate(byte[] frame)
    {
        if (!GzipFrames.TryInflate(frame, MaxBytes, out var rented, out var length)) return null;

        var content = rented.AsSpan(0, length).ToArray();
        ArrayPool<byte>.Shared.Return(rented);
        return content;
    }

    private static byte[] Text(int length)
    {
        var random = new Random(4);
        var text = new StringBuilder();
        while (text.Length < length) text.Append("{\"content\":\"").Append(random.Next()).Append("\"}");
        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }

    private static byte[] Gzip(byte[] content, CompressionLevel level)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, level)) gzip.Write(content);
        return output.ToArray();
    }

    private static byte[] Gunzip(byte[] member)
    {
        using var gzip = new GZipStream(new MemoryStream(member), CompressionMode.Decompress);
        using var output = new MemoryStream();
        gzip.CopyTo(output);
        return output.ToArray();
    }
}
