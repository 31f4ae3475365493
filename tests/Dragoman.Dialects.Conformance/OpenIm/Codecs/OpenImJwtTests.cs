using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dragoman.Dialects.OpenIm.Auth;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Codecs;

public sealed class OpenImJwtTests
{
    private const string Hs256 = """{"alg":"HS256","typ":"JWT"}""";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private static readonly long NowSeconds = Now.ToUnixTimeSeconds();
    private static readonly byte[] Secret = "openIM123"u8.ToArray();

    [Fact]
    public void A_token_is_three_parts_with_the_vendors_claims()
    {
        var token = OpenImJwt.Issue(Secret, "u1", 5, Now, TimeSpan.FromDays(90));

        Assert.Equal(Sign(Hs256, """{"UserID":"u1","PlatformID":5,"exp":1707776000,"iat":1699999995}"""), token);
    }

    [Fact]
    public void An_issued_token_is_valid_and_says_whose_it_is()
    {
        var result = OpenImJwt.Verify(OpenImJwt.Issue(Secret, "ü_1", 10, Now, TimeSpan.FromDays(90)), Secret, Now);

        Assert.Equal(new JwtResult(JwtVerdict.Valid, new JwtClaims("ü_1", 10, NowSeconds + 90 * 86400, NowSeconds - 5), ""), result);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("a.b.c")]
    [InlineData("é.b.c")]
    [InlineData("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30=.x")]
    [InlineData("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9. e30.x")]
    public void What_is_not_a_jwt_is_malformed(string token) => Assert.Equal(JwtVerdict.Malformed, Verdict(token));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"UserID":7}""")]
    [InlineData("""{"PlatformID":"5"}""")]
    [InlineData("""{"PlatformID":5.5}""")]
    [InlineData("""{"exp":"soon"}""")]
    [InlineData("""{"UserID":"\ud800"}""")]
    [InlineData("""{} {}""")]
    public void Claims_of_another_shape_are_malformed(string claims) => Assert.Equal(JwtVerdict.Malformed, Verdict(Sign(Hs256, claims)));

    [Fact]
    public void A_token_beyond_the_limit_is_malformed() =>
        Assert.Equal(JwtVerdict.Malformed, Verdict(Sign(Hs256, $$"""{"UserID":"{{new string('a', OpenImJwt.MaxTokenLength)}}"}""")));

    [Fact]
    public void The_second_of_the_end_is_expired()
    {
        var token = Sign(Hs256, """{"UserID":"u1","PlatformID":5,"exp":1700000000}""");

        Assert.Equal(JwtVerdict.Expired, Verdict(token));
        Assert.Equal(JwtVerdict.Valid, OpenImJwt.Verify(token, Secret, Now.AddSeconds(-1)).Verdict);
    }

    [Fact]
    public void Expiry_is_told_before_a_wrong_signature() =>
        Assert.Equal(JwtVerdict.Expired, Verdict(Sign(Hs256, """{"exp":1}""", "another secret")));

    [Fact]
    public void Expiry_is_told_before_a_start_in_the_future() =>
        Assert.Equal(JwtVerdict.Expired, Verdict(Sign(Hs256, """{"exp":1,"nbf":9999999999}""")));

    [Fact]
    public void A_start_in_the_future_is_told_before_a_wrong_signature() =>
        Assert.Equal(JwtVerdict.NotValidYet, Verdict(Sign(Hs256, """{"nbf":1700000001}""", "another secret")));

    [Fact]
    public void A_wrong_signature_is_invalid() => AssertInvalid("signature is invalid", Sign(Hs256, """{"UserID":"u1"}""", "another secret"));

    [Fact]
    public void A_changed_claim_is_invalid()
    {
        var parts = Sign(Hs256, """{"UserID":"u1"}""").Split('.');

        AssertInvalid("signature is invalid", $"{parts[0]}.{Encode("""{"UserID":"imAdmin"}""")}.{parts[2]}");
    }

    [Fact]
    public void A_signature_that_is_not_base64_is_told_in_the_librarys_words()
    {
        var parts = Sign(Hs256, """{"UserID":"u1"}""").Split('.');

        AssertInvalid("illegal base64 data at input byte 2", $"{parts[0]}.{parts[1]}.ab!d");
        AssertInvalid("signature is invalid", $"{parts[0]}.{parts[1]}.");
    }

    [Fact]
    public void An_issue_in_the_future_is_invalid() => AssertInvalid("token used before issued", Sign(Hs256, """{"iat":1700000001}"""));

    [Theory]
    [InlineData("""{"alg":"none"}""", "'none' signature type is not allowed")]
    [InlineData("""{"alg":"HS512"}""", "signature is invalid")]
    [InlineData("""{"alg":"RS256"}""", "key is of invalid type")]
    [InlineData("""{"alg":"XX"}""", "signing method (alg) is unavailable.")]
    [InlineData("""{"alg":7}""", "signing method (alg) is unspecified.")]
    [InlineData("{}", "signing method (alg) is unspecified.")]
    public void Another_algorithm_is_invalid(string header, string error) => AssertInvalid(error, Sign(header, """{"UserID":"u1"}"""));

    [Fact]
    public void Fractions_of_a_second_and_other_claims_do_not_matter() =>
        Assert.Equal(JwtVerdict.Valid, Verdict(Sign(Hs256, """{"userid":"u1","exp":1700000001.9,"iss":["x"],"nbf":null}""")));

    [Fact]
    public void Bad_tokens_are_refused_without_a_fault()
    {
        var valid = OpenImJwt.Issue(Secret, "u1", 5, Now, TimeSpan.FromDays(90));
        byte[][] tokens = [Encoding.ASCII.GetBytes(valid), Encoding.ASCII.GetBytes(Sign(Hs256, """{"exp":1700000001.9,"nbf":null}"""))];

        Fuzz.Run(seed: 7, count: 5_000, tokens, bytes => OpenImJwt.Verify(Encoding.Latin1.GetString(bytes), Secret, Now));
        Fuzz.Run(seed: 8, count: 5_000, [Encoding.ASCII.GetBytes("""{"UserID":"u1","PlatformID":5,"exp":1707776000,"iat":1699999995}""")], bytes =>
            OpenImJwt.Verify(Sign(Hs256, Encoding.Latin1.GetString(bytes)), Secret, Now));
    }

    private static JwtVerdict Verdict(string token) => OpenImJwt.Verify(token, Secret, Now).Verdict;

    private static void AssertInvalid(string error, string token)
    {
        var result = OpenImJwt.Verify(token, Secret, Now);
        Assert.Equal((JwtVerdict.Invalid, error), (result.Verdict, result.Error));
    }

    private static string Sign(string header, string claims, string? secret = null)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        var key = secret is null ? Secret : Encoding.UTF8.GetBytes(secret);
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
