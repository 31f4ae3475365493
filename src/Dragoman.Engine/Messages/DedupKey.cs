using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Dragoman.Engine.Messages;

/// <summary>128 bits made of the app, the sender and the key that the client chose; <c>default</c> means "none".</summary>
/// <remarks>Stored, so its making never changes. Cryptographic, so that nobody can make two of his messages look alike by accident.</remarks>
public readonly record struct DedupKey(ulong High, ulong Low)
{
    private const int MaxSender = 3 * Accounts.UserIds.MaxLength;
    private const int MaxClientKey = 256;

    public bool IsNone => High == 0 && Low == 0;

    /// <param name="clientKey">What the client sends again on a retry; at most 256 bytes count.</param>
    public static DedupKey Of(AppId app, UserId sender, ReadOnlySpan<byte> clientKey)
    {
        if (clientKey.IsEmpty) return default;

        Span<byte> utf8 = stackalloc byte[MaxSender];
        return Encoding.UTF8.TryGetBytes(sender.Value, utf8, out var length) ? Of(app, utf8[..length], clientKey) : default;
    }

    /// <param name="sender">The sender's id as UTF-8; at most 768 bytes, as any valid id has.</param>
    public static DedupKey Of(AppId app, ReadOnlySpan<byte> sender, ReadOnlySpan<byte> clientKey)
    {
        if (clientKey.IsEmpty || sender.Length > MaxSender) return default;

        Span<byte> input = stackalloc byte[sizeof(int) + MaxSender + 1 + MaxClientKey];
        BinaryPrimitives.WriteInt32LittleEndian(input, app.Value);
        sender.CopyTo(input[sizeof(int)..]);
        var length = sizeof(int) + sender.Length;
        input[length++] = 0;
        var key = clientKey[..Math.Min(clientKey.Length, MaxClientKey)];
        key.CopyTo(input[length..]);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input[..(length + key.Length)], hash);
        return new(BinaryPrimitives.ReadUInt64LittleEndian(hash), BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]) | 1);
    }
}
