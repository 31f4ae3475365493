using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Dragoman.Dialects.Agora.Auth;

/// <summary>Makes tokens for the vendor's calls: the same form as <see cref="AccessToken007"/>, with the service 1.</summary>
internal static class RtcToken
{
    private const ushort Rtc = 1;

    /// <summary>Joining, and publishing sound, pictures and data.</summary>
    private const ushort Privileges = 4;

    private const uint MaxSalt = 99_999_999;

    /// <param name="channel">A star is every channel.</param>
    /// <param name="uid">Whose token it is, in decimal digits.</param>
    public static string Make(string appId, string certificate, DateTimeOffset issuedAt, uint seconds, string channel, string uid)
    {
        var salt = (uint)RandomNumberGenerator.GetInt32(1, (int)MaxSalt + 1);
        var issued = (uint)issuedAt.ToUnixTimeSeconds();
        var info = new MemoryStream();
        Text(info, Encoding.ASCII.GetBytes(appId));
        UInt32(info, issued);
        UInt32(info, seconds);
        UInt32(info, salt);
        UInt16(info, 1);
        UInt16(info, Rtc);
        UInt16(info, Privileges);
        for (ushort privilege = 1; privilege <= Privileges; privilege++)
        {
            UInt16(info, privilege);
            UInt32(info, seconds);
        }

        Text(info, Encoding.UTF8.GetBytes(channel));
        Text(info, Encoding.UTF8.GetBytes(uid));

        var first = HMACSHA256.HashData(Bytes(issued), Encoding.ASCII.GetBytes(certificate));
        var signature = HMACSHA256.HashData(HMACSHA256.HashData(Bytes(salt), first), info.ToArray());
        var packed = new MemoryStream();
        using (var deflater = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            Text(deflater, signature);
            deflater.Write(info.GetBuffer(), 0, (int)info.Length);
        }

        return AccessToken007.Prefix + Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }

    private static byte[] Bytes(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static void UInt32(Stream to, uint value) => to.Write(Bytes(value));

    private static void UInt16(Stream to, ushort value) => to.Write(Bytes(value).AsSpan(0, 2));

    private static void Text(Stream to, byte[] bytes)
    {
        UInt16(to, (ushort)bytes.Length);
        to.Write(bytes);
    }
}
