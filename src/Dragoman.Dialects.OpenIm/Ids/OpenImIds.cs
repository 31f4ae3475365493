using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dragoman.Engine;

namespace Dragoman.Dialects.OpenIm.Ids;

/// <summary>Other ids in the vendor's spelling.</summary>
internal static class OpenImIds
{
    public const int ServerMsgIdLength = 32;

    /// <summary>32 hex digits that carry the message id: the vendor's is opaque, ours can be found again.</summary>
    public static void WriteServerMsgId(MessageId id, Span<byte> output)
    {
        output[..ServerMsgIdLength].Fill((byte)'0');
        Utf8Formatter.TryFormat(id.Value, output[16..], out _, new('x', 16));
    }

    public static string ServerMsgId(MessageId id)
    {
        Span<byte> text = stackalloc byte[ServerMsgIdLength];
        WriteServerMsgId(id, text);
        return Encoding.ASCII.GetString(text);
    }

    /// <summary>A client message id for what the server itself says: unique, and the same whenever it is read.</summary>
    public static string ClientMsgIdOf(string conversationId, MessageId id, long at)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{conversationId}\n{id.Value}\n{at}"));
        return Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }

    /// <summary>A group id that the server makes: a random 32-bit number in decimal digits.</summary>
    public static string NewGroupId() =>
        ((uint)RandomNumberGenerator.GetInt32(int.MinValue, int.MaxValue)).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Letters and digits of any script, and <c>_</c>.</summary>
    public static bool IsUserId(string id)
    {
        foreach (var c in id)
        {
            if (!char.IsLetter(c) && !char.IsDigit(c) && c != '_') return false;
        }

        return id.Length > 0;
    }
}
