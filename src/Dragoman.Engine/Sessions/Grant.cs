namespace Dragoman.Engine.Sessions;

/// <summary>The numbers are stored.</summary>
public enum GrantState : byte
{
    Valid = 0,
    Revoked = 1,

    /// <summary>Another login took its place.</summary>
    Kicked = 2,
}

/// <summary>Names a token without being one: 32 bytes of SHA-256 over it.</summary>
public readonly record struct GrantKey(ulong A, ulong B, ulong C, ulong D)
{
    public static GrantKey Of(ReadOnlySpan<byte> token)
    {
        Span<byte> hash = stackalloc byte[32];
        System.Security.Cryptography.SHA256.HashData(token, hash);
        return FromBytes(hash);
    }

    public static GrantKey FromBytes(ReadOnlySpan<byte> bytes)
    {
        var parts = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(bytes);
        return new(parts[0], parts[1], parts[2], parts[3]);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[32];
        var parts = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan());
        (parts[0], parts[1], parts[2], parts[3]) = (A, B, C, D);
        return bytes;
    }
}

/// <summary>The right of one user to log in on one slot, as long as the token that carries it is valid.</summary>
/// <param name="IssuedAt">Unix milliseconds.</param>
/// <param name="ExpiresAt">Unix milliseconds; the row may be dropped afterwards.</param>
/// <param name="UsableUntil">For a superseded administrator's grant: still accepted until then; otherwise 0.</param>
public sealed record Grant(
    UserId User, DeviceSlot Slot, GrantKey Key, GrantState State, long IssuedAt, long ExpiresAt, long UsableUntil = 0);
