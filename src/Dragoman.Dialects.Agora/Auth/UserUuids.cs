using System.Buffers.Binary;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Engine.Accounts;

namespace Dragoman.Dialects.Agora.Auth;

/// <summary>The id that an answer gives a user besides his name: half the app's, half his number, so that it leads back to him.</summary>
internal static class UserUuids
{
    public static string Of(AgoraApp app, Account account)
    {
        Span<byte> bytes = stackalloc byte[16];
        app.Uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], account.Number);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    /// <returns>Null when it is none of this app's.</returns>
    public static long? NumberOf(AgoraApp app, string uuid)
    {
        if (!Guid.TryParseExact(uuid, "D", out var parsed)) return null;
        Span<byte> bytes = stackalloc byte[16];
        Span<byte> own = stackalloc byte[16];
        parsed.TryWriteBytes(bytes, bigEndian: true, out _);
        app.Uuid.TryWriteBytes(own, bigEndian: true, out _);
        return bytes[..8].SequenceEqual(own[..8]) ? BinaryPrimitives.ReadInt64BigEndian(bytes[8..]) : null;
    }
}
