using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Dragoman.Dialects.Agora.Auth;

/// <summary>A dynamic token: the vendor's "AccessToken2", recognised by its first three characters.</summary>
/// <remarks>Source: section 2.3 of our specification of the REST side, with its test vectors.</remarks>
/// <param name="IssuedAt">Unix seconds.</param>
/// <param name="Life">Seconds from then.</param>
/// <param name="UserLife">The life of the right to be a user; null without that right.</param>
/// <param name="AppLife">The same for the app.</param>
internal sealed record AccessToken007(string AppId, uint IssuedAt, uint Life, uint Salt, uint? UserLife, uint? AppLife, string User)
{
    public const string Prefix = "007";

    private const int MaxChars = 8 * 1024;
    private const int MaxContent = 8 * 1024;
    private const int MaxServices = 16;
    private const ushort Chat = 5;
    private const ushort AsUser = 1;
    private const ushort AsApp = 2;

    private byte[] Signature { get; init; } = [];
    private byte[] Signed { get; init; } = [];

    /// <summary>When the right ends; Unix milliseconds.</summary>
    public long ExpiresAt(bool isApp) => (IssuedAt + (long)Math.Min(Life, (isApp ? AppLife : UserLife) ?? 0)) * 1000;

    /// <returns>Null for what is no such token; nothing is verified yet.</returns>
    public static AccessToken007? Parse(string token)
    {
        if (token.Length > MaxChars || !token.StartsWith(Prefix, StringComparison.Ordinal)) return null;

        var packed = new byte[token.Length];
        if (!Convert.TryFromBase64Chars(token.AsSpan(Prefix.Length), packed, out var length)) return null;
        return Inflate(packed.AsMemory(0, length)) is { } content ? Read(content) : null;
    }

    /// <summary>Whether the app whose certificate this is has signed the token. Takes the same time either way.</summary>
    public bool IsSignedWith(string certificate)
    {
        Span<byte> number = stackalloc byte[4];
        Span<byte> first = stackalloc byte[32];
        Span<byte> second = stackalloc byte[32];
        Span<byte> expected = stackalloc byte[32];
        BinaryPrimitives.WriteUInt32LittleEndian(number, IssuedAt);
        HMACSHA256.HashData(number, Encoding.ASCII.GetBytes(certificate), first);
        BinaryPrimitives.WriteUInt32LittleEndian(number, Salt);
        HMACSHA256.HashData(number, first, second);
        HMACSHA256.HashData(second, Signed, expected);
        return CryptographicOperations.FixedTimeEquals(expected, Signature);
    }

    private static byte[]? Inflate(ReadOnlyMemory<byte> packed)
    {
        var content = new byte[MaxContent];
        try
        {
            using var inflater = new ZLibStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            var length = inflater.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return length == content.Length ? null : content[..length];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static AccessToken007? Read(byte[] content)
    {
        var reader = new Reader(content);
        if (!reader.TryText(out var signature) || signature.Length != 32) return null;

        var signed = content[reader.At..];
        if (!reader.TryText(out var appId) || !reader.TryUInt32(out var issuedAt) || !reader.TryUInt32(out var life)
            || !reader.TryUInt32(out var salt) || !reader.TryUInt16(out var services) || services > MaxServices)
        {
            return null;
        }

        uint? userLife = null;
        uint? appLife = null;
        var user = "";
        for (var i = 0; i < services; i++)
        {
            if (!reader.TryUInt16(out var type) || !reader.TryPrivileges(out var privileges) || !reader.TrySubjects(type, out var subject)) return null;
            if (type != Chat) continue;

            userLife = privileges.TryGetValue(AsUser, out var asUser) ? asUser : null;
            appLife = privileges.TryGetValue(AsApp, out var asApp) ? asApp : null;
            user = Encoding.UTF8.GetString(subject);
        }

        return new(Encoding.ASCII.GetString(appId), issuedAt, life, salt, userLife, appLife, user) { Signature = signature, Signed = signed };
    }

    /// <summary>Little-endian numbers, and byte strings with their length before them.</summary>
    private struct Reader(byte[] content)
    {
        private const int MaxPrivileges = 32;

        public int At { get; private set; }

        public bool TryUInt16(out ushort value)
        {
            value = 0;
            if (content.Length - At < 2) return false;
            value = BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(At));
            At += 2;
            return true;
        }

        public bool TryUInt32(out uint value)
        {
            value = 0;
            if (content.Length - At < 4) return false;
            value = BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan(At));
            At += 4;
            return true;
        }

        public bool TryText(out byte[] value)
        {
            value = [];
            if (!TryUInt16(out var length) || content.Length - At < length) return false;
            value = content[At..(At + length)];
            At += length;
            return true;
        }

        public bool TryPrivileges(out Dictionary<ushort, uint> privileges)
        {
            privileges = [];
            if (!TryUInt16(out var count) || count > MaxPrivileges) return false;
            for (var i = 0; i < count; i++)
            {
                if (!TryUInt16(out var name) || !TryUInt32(out var life)) return false;
                privileges[name] = life;
            }

            return true;
        }

        /// <summary>What a service says besides its rights. One that is not known cannot be skipped: it has no length.</summary>
        /// <param name="first">The first text.</param>
        public bool TrySubjects(ushort type, out byte[] first)
        {
            first = [];
            return type switch
            {
                2 or Chat => TryText(out first), // messages of another product; chat
                1 or 3 or 6 => TryText(out first) && TryText(out _), // calls, streaming, delivery
                7 => TryText(out first) && TryText(out _) && TryUInt16(out _), // classrooms
                _ => false,
            };
        }
    }
}
