using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dragoman.Gateway.Http;

namespace Dragoman.Dialects.Agora.Auth;

/// <summary>The older dynamic token: base64url of <c>dt-</c> and a JSON object that the client secret signs (section 2.4).</summary>
/// <param name="IssuedAt">Unix seconds.</param>
/// <param name="Life">Seconds from then.</param>
internal sealed record DynamicToken(string AppKey, string User, long IssuedAt, long Life, string Signature)
{
    private const int MaxChars = 4 * 1024;
    private const long MaxSeconds = 1L << 40;

    /// <summary>Unix milliseconds.</summary>
    public long ExpiresAt => (IssuedAt + Life) * 1000;

    /// <returns>Null for what is no such token; nothing is verified yet.</returns>
    public static DynamicToken? Parse(string token)
    {
        if (token.Length is < 8 or > MaxChars) return null;
        var bytes = new byte[token.Length];
        try
        {
            if (!Base64Url.TryDecodeFromChars(token, bytes, out var length) || !bytes.AsSpan(0, length).StartsWith("dt-{"u8)) return null;
            using var json = JsonInput.TryParse(bytes.AsMemory(3, length - 3), maxDepth: 4);
            return json is null ? null : Read(json.RootElement);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public bool IsSignedWith(string clientId, string clientSecret)
    {
        var signed = string.Create(CultureInfo.InvariantCulture, $"{clientId}{AppKey}{User}{IssuedAt}{Life}{clientSecret}");
        var expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(signed)));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.UTF8.GetBytes(Signature));
    }

    private static DynamicToken? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) return null;
        var (key, user, signature) = (Text(root, "appkey"), Text(root, "userId"), Text(root, "signature"));
        var (issuedAt, life) = (Number(root, "curTime"), Number(root, "ttl"));
        return key is null || user is null || signature is null || issuedAt is null || life is null
            ? null
            : new(key, user, issuedAt.Value, life.Value, signature);
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number is >= 0 and < MaxSeconds
            ? number
            : null;
}
