using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Dragoman.Dialects.OpenIm.Auth;

/// <summary>How far a token got. The first one that applies, in the vendor's order: an expired token may have a wrong signature.</summary>
internal enum JwtVerdict
{
    Valid,

    /// <summary>1503: not three parts, or parts that cannot be read.</summary>
    Malformed,

    /// <summary>1501.</summary>
    Expired,

    /// <summary>1504.</summary>
    NotValidYet,

    /// <summary>1505, whose errMsg is the library's text.</summary>
    Invalid,
}

/// <param name="ExpiresAt">Unix seconds; null for a token without an end.</param>
/// <param name="IssuedAt">Unix seconds.</param>
internal readonly record struct JwtClaims(string UserId, int PlatformId, long? ExpiresAt, long? IssuedAt);

/// <param name="Claims">What the token says; meaningful only when it is valid.</param>
/// <param name="Error">The text of the vendor's JWT library (golang-jwt v4); empty when valid.</param>
internal readonly record struct JwtResult(JwtVerdict Verdict, JwtClaims Claims, string Error);

/// <summary>The vendor's tokens: HS256 over <c>{"UserID","PlatformID","exp","iat"}</c>, signed with the configured secret.</summary>
internal static class OpenImJwt
{
    public const int MaxTokenLength = 4096;

    /// <summary>Upstream dates a token back, for clocks that differ a little.</summary>
    public const int IssuedEarlierSeconds = 5;

    /// <summary>base64url of <c>{"alg":"HS256","typ":"JWT"}</c>.</summary>
    private const string Header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <remarks>Two tokens for one user and platform in one second are the same token, as upstream.</remarks>
    public static string Issue(ReadOnlySpan<byte> secret, string userId, int platformId, DateTimeOffset now, TimeSpan lifetime)
    {
        using var claims = new MemoryStream();
        using (var json = new Utf8JsonWriter(claims, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("UserID"u8, userId);
            json.WriteNumber("PlatformID"u8, platformId);
            json.WriteNumber("exp"u8, (now + lifetime).ToUnixTimeSeconds());
            json.WriteNumber("iat"u8, now.ToUnixTimeSeconds() - IssuedEarlierSeconds);
            json.WriteEndObject();
        }

        var signed = Header + "." + Base64Url.EncodeToString(claims.ToArray());
        return signed + "." + Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)));
    }

    /// <summary>Everything that the token itself can tell; whether the server still knows it is another question.</summary>
    public static JwtResult Verify(ReadOnlySpan<char> token, ReadOnlySpan<byte> secret, DateTimeOffset now)
    {
        if (token.Length > MaxTokenLength || !Ascii.IsValid(token)) return Fail(JwtVerdict.Malformed, "token is malformed");

        Span<byte> ascii = stackalloc byte[MaxTokenLength];
        ascii = ascii[..Encoding.ASCII.GetBytes(token, ascii)];
        var firstDot = ascii.IndexOf((byte)'.');
        var lastDot = ascii.LastIndexOf((byte)'.');
        if (ascii.Count((byte)'.') != 2) return Fail(JwtVerdict.Malformed, "token contains an invalid number of segments");

        Span<byte> decoded = stackalloc byte[MaxTokenLength];
        if (!Base64UrlText.TryDecode(ascii[..firstDot], decoded, out var length, out var error)) return Fail(JwtVerdict.Malformed, error);
        if (!JwtJson.TryReadHeader(decoded[..length], out var algorithm)) return Fail(JwtVerdict.Malformed, "invalid header");

        if (!Base64UrlText.TryDecode(ascii[(firstDot + 1)..lastDot], decoded, out length, out error)) return Fail(JwtVerdict.Malformed, error);
        if (!JwtJson.TryReadClaims(decoded[..length], out var claims, out var notBefore)) return Fail(JwtVerdict.Malformed, "invalid claims");

        // The library looks the algorithm up before it looks at the times, and at the signature after them.
        var algorithmError = JwtJson.LookUpError(algorithm);
        if (algorithmError.Length > 0) return Fail(JwtVerdict.Invalid, algorithmError, claims);

        var seconds = now.ToUnixTimeSeconds();
        if (seconds >= claims.ExpiresAt) return Fail(JwtVerdict.Expired, "token is expired", claims);
        if (seconds < notBefore) return Fail(JwtVerdict.NotValidYet, "token is not valid yet", claims);

        error = SignatureError(ascii, lastDot, algorithm, secret);
        if (error.Length > 0) return Fail(JwtVerdict.Invalid, error, claims);
        if (seconds < claims.IssuedAt) return Fail(JwtVerdict.Invalid, "token used before issued", claims);

        return new JwtResult(JwtVerdict.Valid, claims, "");
    }

    private static string SignatureError(ReadOnlySpan<byte> token, int lastDot, string algorithm, ReadOnlySpan<byte> secret)
    {
        if (JwtJson.KeyError(algorithm) is { Length: > 0 } keyError) return keyError;

        Span<byte> given = stackalloc byte[MaxTokenLength];
        if (!Base64UrlText.TryDecode(token[(lastDot + 1)..], given, out var length, out var error)) return error;

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, token[..lastDot], expected);
        return algorithm == "HS256" && CryptographicOperations.FixedTimeEquals(expected, given[..length]) ? "" : "signature is invalid";
    }

    private static JwtResult Fail(JwtVerdict verdict, string error, JwtClaims claims = default) => new(verdict, claims, error);
}

/// <summary>The JSON inside a token.</summary>
internal static class JwtJson
{
    private const int MaxDepth = 16;

    /// <param name="algorithm">Empty when there is none.</param>
    public static bool TryReadHeader(ReadOnlySpan<byte> utf8, out string algorithm)
    {
        algorithm = "";
        if (!Utf8.IsValid(utf8)) return false;
        try
        {
            var json = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isAlgorithm = json.ValueTextEquals("alg"u8);
                json.Read();
                if (isAlgorithm) algorithm = json.TokenType == JsonTokenType.String ? json.GetString()! : "";
                if (!json.TrySkip()) return false;
            }
            return !json.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: half a surrogate pair, escaped
        {
            return false;
        }
    }

    public static bool TryReadClaims(ReadOnlySpan<byte> utf8, out JwtClaims claims, out long? notBefore)
    {
        claims = default;
        notBefore = null;
        if (!Utf8.IsValid(utf8)) return false;
        try
        {
            return TryReadClaimsObject(utf8, out claims, out notBefore);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool TryReadClaimsObject(ReadOnlySpan<byte> utf8, out JwtClaims claims, out long? notBefore)
    {
        claims = default;
        notBefore = null;
        var json = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;

        var userId = "";
        var platformId = 0;
        long? expiresAt = null, issuedAt = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            var read = name.ToUpperInvariant() switch // Go matches without regard to case
            {
                "USERID" => TryReadString(ref json, ref userId),
                "PLATFORMID" => TryReadInt32(ref json, ref platformId),
                "EXP" => TryReadSeconds(ref json, ref expiresAt),
                "IAT" => TryReadSeconds(ref json, ref issuedAt),
                "NBF" => TryReadSeconds(ref json, ref notBefore),
                _ => json.TrySkip(),
            };
            if (!read) return false;
        }

        claims = new JwtClaims(userId, platformId, expiresAt, issuedAt);
        return !json.Read();
    }

    private static bool TryReadString(ref Utf8JsonReader json, ref string value)
    {
        if (json.TokenType == JsonTokenType.String) value = json.GetString()!;
        return json.TokenType is JsonTokenType.String or JsonTokenType.Null;
    }

    private static bool TryReadInt32(ref Utf8JsonReader json, ref int value) =>
        json.TokenType == JsonTokenType.Null || (json.TokenType == JsonTokenType.Number && json.TryGetInt32(out value));

    /// <summary>A time may have a fraction, which the library drops.</summary>
    private static bool TryReadSeconds(ref Utf8JsonReader json, ref long? value)
    {
        value = null;
        if (json.TokenType == JsonTokenType.Null) return true;
        if (json.TokenType != JsonTokenType.Number || !json.TryGetDouble(out var seconds) || Math.Abs(seconds) > 1e15) return false;

        value = (long)seconds;
        return true;
    }

    /// <summary>What the library says of an algorithm that it does not have.</summary>
    public static string LookUpError(string algorithm) => algorithm switch
    {
        "" => "signing method (alg) is unspecified.",
        "HS256" or "HS384" or "HS512" or "none" => "",
        _ when IsAsymmetric(algorithm) => "",
        _ => "signing method (alg) is unavailable.",
    };

    /// <summary>What it says of one that it has, and that does not go with a secret.</summary>
    public static string KeyError(string algorithm) => algorithm switch
    {
        "none" => "'none' signature type is not allowed",
        _ when IsAsymmetric(algorithm) => "key is of invalid type",
        _ => "",
    };

    private static bool IsAsymmetric(string algorithm) => algorithm is
        "RS256" or "RS384" or "RS512" or "PS256" or "PS384" or "PS512" or "ES256" or "ES384" or "ES512" or "EdDSA";
}

/// <summary>base64url as Go's RawURLEncoding reads it: no padding, no white space. The class library's accepts both.</summary>
internal static class Base64UrlText
{
    /// <param name="error">Go's text for it.</param>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> destination, out int written, out string error)
    {
        written = 0;
        error = "";
        var bits = 0u;
        for (var i = 0; i < text.Length; i++)
        {
            var value = ValueOf(text[i]);
            if (value < 0) return Fail(i, out error);

            bits = bits << 6 | (uint)value;
            if ((i & 3) != 0) destination[written++] = (byte)(bits >> (6 - 2 * (i & 3)));
        }

        return (text.Length & 3) != 1 || Fail(text.Length - 1, out error); // six bits do not make a byte
    }

    private static bool Fail(int position, out string error)
    {
        error = $"illegal base64 data at input byte {position}";
        return false;
    }

    private static int ValueOf(byte character) => character switch
    {
        >= (byte)'A' and <= (byte)'Z' => character - 'A',
        >= (byte)'a' and <= (byte)'z' => character - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => character - '0' + 52,
        (byte)'-' => 62,
        (byte)'_' => 63,
        _ => -1,
    };
}
