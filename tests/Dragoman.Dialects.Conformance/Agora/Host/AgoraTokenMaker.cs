using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Dragoman.Dialects.Conformance.Agora.Host;

/// <summary>Makes dynamic tokens as the vendor's generators do.</summary>
internal static class AgoraTokenMaker
{
    private const uint Salt = 4711;

    /// <param name="user">Empty for a token of the app.</param>
    public static string Make(AgoraAppClient app, string user, DateTimeOffset issuedAt, int seconds = 3600, string? certificate = null, string? appId = null)
    {
        var info = new MemoryStream();
        Text(info, appId ?? app.AppId);
        UInt32(info, (uint)issuedAt.ToUnixTimeSeconds());
        UInt32(info, (uint)seconds);
        UInt32(info, Salt);
        UInt16(info, 1);
        UInt16(info, 5);
        UInt16(info, 1);
        UInt16(info, user.Length == 0 ? (ushort)2 : (ushort)1);
        UInt32(info, (uint)seconds);
        Text(info, user);

        var first = HMACSHA256.HashData(Bytes((uint)issuedAt.ToUnixTimeSeconds()), Encoding.ASCII.GetBytes(certificate ?? app.Certificate));
        var signature = HMACSHA256.HashData(HMACSHA256.HashData(Bytes(Salt), first), info.ToArray());
        var packed = new MemoryStream();
        using (var deflater = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            UInt16(deflater, (ushort)signature.Length);
            deflater.Write(signature);
            deflater.Write(info.ToArray());
        }

        return "007" + Convert.ToBase64String(packed.ToArray());
    }

    /// <summary>The older form, which the client secret signs.</summary>
    public static string MakeOld(AgoraAppClient app, string user, DateTimeOffset issuedAt, int seconds = 3600, string? secret = null)
    {
        var time = issuedAt.ToUnixTimeSeconds();
        var signed = string.Create(CultureInfo.InvariantCulture, $"{app.ClientId}{app.Key}{user}{time}{seconds}{secret ?? app.ClientSecret}");
        var signature = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(signed)));
        var json = JsonSerializer.Serialize(new { signature, appkey = app.Key, userId = user, curTime = time, ttl = seconds });
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes("dt-" + json));
    }

    private static byte[] Bytes(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static void UInt32(Stream to, uint value) => to.Write(Bytes(value));

    private static void UInt16(Stream to, ushort value) => to.Write(Bytes(value).AsSpan(0, 2));

    private static void Text(Stream to, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        UInt16(to, (ushort)bytes.Length);
        to.Write(bytes);
    }
}
