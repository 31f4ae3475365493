using System.IO.Compression;
using System.Text;
using Dragoman.Load.Codecs;

namespace Dragoman.EndToEnd.Load;

public sealed class GzipTests
{
    public static TheoryData<int> Sizes => [0, 1, 3, 4, 100, 700, 20_000, 65_535];

    [Fact]
    public void The_crc_has_its_check_value() => Assert.Equal(0xCBF43926, Crc32.Of("123456789"u8));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_framework_reads_a_stored_member(int size)
    {
        var payload = Text(size);
        var member = new byte[size + GzipMember.StoredPrefix + GzipMember.StoredSuffix];
        payload.CopyTo(member, GzipMember.StoredPrefix);

        GzipMember.Seal(member);

        using var stream = new GZipStream(new MemoryStream(member), CompressionMode.Decompress);
        using var read = new MemoryStream();
        stream.CopyTo(read);
        Assert.Equal(payload, read.ToArray());
    }

    [Theory]
    [CombinatorialSizes]
    public void A_member_of_the_framework_is_read(int size, CompressionLevel level, bool random)
    {
        var payload = random ? Noise(size) : Text(size);

        var read = GzipMember.Open(Compress(payload, level), new Inflater()).ToArray();

        Assert.Equal(payload, read);
    }

    [Fact]
    public void An_inflater_can_be_used_again()
    {
        var inflater = new Inflater();

        GzipMember.Open(Compress(Text(20_000), CompressionLevel.Optimal), inflater);
        var second = GzipMember.Open(Compress(Text(50), CompressionLevel.Optimal), inflater).ToArray();

        Assert.Equal(Text(50), second);
    }

    [Fact]
    public void Damage_is_refused_or_changes_the_payload_but_never_anything_else()
    {
        var member = Compress(Text(2_000), CompressionLevel.Optimal);
        var random = new Random(1);
        var inflater = new Inflater();
        var refused = 0;

        for (var i = 0; i < 2_000; i++)
        {
            var damaged = member.ToArray();
            damaged[random.Next(10, damaged.Length)] ^= (byte)random.Next(1, 256);
            if (Record.Exception(() => GzipMember.Open(damaged, inflater).Length) is { } exception)
            {
                Assert.IsType<InvalidDataException>(exception);
                refused++;
            }
        }

        Assert.NotEqual(0, refused);
    }

    private static byte[] Compress(byte[] payload, CompressionLevel level)
    {
        using var member = new MemoryStream();
        using (var stream = new GZipStream(member, level)) stream.Write(payload);
        return member.ToArray();
    }

    private static byte[] Text(int size)
    {
        var text = new StringBuilder();
        for (var i = 0; text.Length < size; i++) text.Append("message ").Append(i * 7919).Append(" of many; ");
        return Encoding.ASCII.GetBytes(text.ToString(0, size));
    }

    private static byte[] Noise(int size)
    {
        var noise = new byte[size];
        new Random(size).NextBytes(noise);
        return noise;
    }

    private sealed class CombinatorialSizesAttribute : Xunit.v3.DataAttribute
    {
        public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
            System.Reflection.MethodInfo testMethod, Xunit.Sdk.DisposalTracker disposalTracker)
        {
            CompressionLevel[] levels = [CompressionLevel.Fastest, CompressionLevel.Optimal, CompressionLevel.SmallestSize, CompressionLevel.NoCompression];
            var rows = from size in new[] { 1, 4, 100, 700, 20_000, 65_535, 300_000 }
                       from level in levels
                       from random in new[] { false, true }
                       select new TheoryDataRow<int, CompressionLevel, bool>(size, level, random);
            return new(rows.ToArray());
        }

        public override bool SupportsDiscoveryEnumeration() => true;
    }
}
