using System.IO.Compression;
using Dragoman.Dialects.Agora.Auth;
using Xunit;

namespace Dragoman.Dialects.Conformance.Agora.Codecs;

/// <summary>The vectors of section 2.3, which the vendor's own generator made.</summary>
public sealed class AccessTokenTests
{
    private const string AppId = "970CA35de60c44645bbae8a215061b33";
    private const string Certificate = "5CFd2fd1755d40ecb72977518be15d3b";

    private const string User =
        "007eJxTYNAIsnbS3v/A5t2TC6feR15r+6cq8bqAvfaW+tk/Vzz+p6xTYLA0N3B2NDZNSTUzSDYxMTMxTUpKTLVINDI0NTAzTDI2dv8iwBDBxMDAyADCrAyMDIxgPheDkYWFkbGJoZG5MQAfpR64";

    private const string App =
        "007eJxTYNDNaz3snC8huEfHWdz6s98qltq4zqy9fl99Uh0FDvy6F6DAYGlu4OxobJqSamaQbGJiZmKalJSYapFoZGhqYGaYZGzs/kWAIYKJgYGRAYRZGRgZmMB8BgYArfIYaw==";

    private const string Alice =
        "007eJxTYHjqHGTJVdVSHbb+2kS7W+J3Fi3LXydwK+/gJgPJ0GgNgxYFBktzA2dHY9OUVDODZBMTMxPTpKTEVItEI0NTAzPDJGNjBhmFzIZARga/xD0MjAysDIwMjAwgPi9DYk5mcqpeeWJeuq6BIQCdsB9i";

    /// <summary>Published by the vendor; its certificate is not.</summary>
    private const string Published =
        "007eJxTYPj3p2Tnb4tznzxfO/0LK5cu/GZmI71PnWPVkbVhP/aniEspMBhbJJqnGKclmVsYJ5kYWBhbJqcapqRZpJmbm5ikGRsnnT12OrGhN5pB97zpVEYGVgZGBiYGEJ+BAQBN0CGG";

    [Theory]
    [InlineData(User, 1111111u, 600u, 1u, "2882341273", 600L, -1L)]
    [InlineData(App, 1111111u, 600u, 1u, "", -1L, 600L)]
    [InlineData(Alice, 1763712000u, 86400u, 12345678u, "alice.wang-01", 86400L, -1L)]
    public void The_vectors_are_read_and_their_signatures_hold(string token, uint issuedAt, uint life, uint salt, string user, long userLife, long appLife)
    {
        var parsed = AccessToken007.Parse(token)!;

        Assert.Equal((AppId, issuedAt, life, salt, user), (parsed.AppId, parsed.IssuedAt, parsed.Life, parsed.Salt, parsed.User));
        Assert.Equal((userLife, appLife), ((long?)parsed.UserLife ?? -1, (long?)parsed.AppLife ?? -1));
        Assert.True(parsed.IsSignedWith(Certificate));
        Assert.False(parsed.IsSignedWith(Certificate.ToUpperInvariant()));
        Assert.Equal((issuedAt + (long)life) * 1000, parsed.ExpiresAt(isApp: appLife > 0));
    }

    [Fact]
    public void The_published_sample_is_read()
    {
        var parsed = AccessToken007.Parse(Published)!;

        Assert.Equal(("38a7d3fb783b40839ce1df8f7744f33b", 1640744653u, 6000000u, 2503331629u, ""), (parsed.AppId, parsed.IssuedAt, parsed.Life, parsed.Salt, parsed.User));
        Assert.Equal(((uint?)null, (uint?)6000000), (parsed.UserLife, parsed.AppLife));
    }

    [Fact]
    public void Any_bit_that_is_changed_makes_it_none_or_breaks_the_signature()
    {
        var content = Unpack(Alice);
        for (var bit = 0; bit < content.Length * 8; bit++)
        {
            var changed = (byte[])content.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.False(AccessToken007.Parse(Pack(changed))?.IsSignedWith(Certificate) == true, $"bit {bit}");
        }
    }

    [Fact]
    public void A_part_of_it_is_none()
    {
        var content = Unpack(Alice);
        for (var length = 0; length < content.Length; length++) Assert.Null(AccessToken007.Parse(Pack(content[..length])));
        for (var length = 0; length < Alice.Length; length++) _ = AccessToken007.Parse(Alice[..length]); // whatever it is, nothing is thrown
    }

    [Theory]
    [InlineData("")]
    [InlineData("007")]
    [InlineData("006eJxTYHjqHGTJVdVSHbb")]
    [InlineData("007!!!!")]
    [InlineData("007AAAA")]
    public void What_is_no_token_is_none(string text) => Assert.Null(AccessToken007.Parse(text));

    [Fact]
    public void What_blows_up_when_it_is_inflated_is_none() => Assert.Null(AccessToken007.Parse(Pack(new byte[4 * 1024 * 1024])));

    private static byte[] Unpack(string token)
    {
        using var inflater = new ZLibStream(new MemoryStream(Convert.FromBase64String(token[3..])), CompressionMode.Decompress);
        using var content = new MemoryStream();
        inflater.CopyTo(content);
        return content.ToArray();
    }

    private static string Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflater = new ZLibStream(packed, CompressionLevel.Optimal)) deflater.Write(content);
        return "007" + Convert.ToBase64String(packed.ToArray());
    }
}
