using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Dragoman.Engine.Messages;

/// <summary>128 bits made of the app, the sender and the key that the client chose; <c>default</c> means "none".</summary>
/// <remarks>Stored, so its making never changes. Cryptographic, so that nobody can make two of his messages look alike by accident.</remarks>
public readonly record struct DedupKey(ulong High, ulong Low)
{
    private const int MaxInput = 1024;

    public bool IsNone => High == 0 && Low == 0;

    /// <param name="clientKey">What the client sends again on a retry; at most 256 bytes count.</param>
    public static DedupKey Of(AppId app, UserId sender, ReadOnlySpan<byte> clientKey)
    {
        if (clientKey.IsEmpty) return default;

        Span<byte> input = stackalloc byte[MaxInput];
        BinaryPrimitives.WriteInt32LittleEndian(input, app.Value);
        if (!Encoding.UTF8.TryGetBytes(sender.Value, input.Slice(4, 700), out var length)) return default;
        length += 4;
        input[length++] = 0;
        var key = clientKey[..Math.Min(clientKey.Length, 256)];
        key.CopyTo(input[length..]);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input[..(length + key.Length)], hash);
        return new(BinaryPrimitives.ReadUInt64LittleEndian(hash), BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]) | 1);
    }
}
