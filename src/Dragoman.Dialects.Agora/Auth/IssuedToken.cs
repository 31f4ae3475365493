using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dragoman.Engine;
using Dragoman.Engine.Sessions;

namespace Dragoman.Dialects.Agora.Auth;

/// <summary>A token that this server made. To its bearer it is opaque; inside it says where its grant is kept, and the rest is chance.</summary>
/// <param name="User">Whose; <see cref="AgoraId.TheApp"/> for the app's own.</param>
/// <param name="ExpiresAt">Unix milliseconds.</param>
internal sealed record IssuedToken(AppId App, UserId User, long ExpiresAt, GrantKey Grant)
{
    public const string Prefix = "YWMt";

    private const byte Layout = 1;
    private const int Secret = 32;
    private const int Head = 1 + 4 + 8 + Secret;
    private const int MaxChars = 1024;

    public bool IsApp => User == AgoraId.TheApp;

    public static string Make(AppId app, UserId user, long expiresAt)
    {
        var bytes = new byte[Head + Encoding.UTF8.GetByteCount(user.Value)];
        bytes[0] = Layout;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), app.Value);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(5), expiresAt);
        RandomNumberGenerator.Fill(bytes.AsSpan(13, Secret));
        Encoding.UTF8.GetBytes(user.Value, bytes.AsSpan(Head));
        return Prefix + Base64Url.EncodeToString(bytes);
    }

    /// <returns>Null for what is no such token; only its grant says whether it was issued.</returns>
    public static IssuedToken? Parse(string token)
    {
        if (token.Length > MaxChars || !token.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var bytes = new byte[token.Length];
        try
        {
            if (!Base64Url.TryDecodeFromChars(token.AsSpan(Prefix.Length), bytes, out var length) || length < Head || bytes[0] != Layout) return null;
            return new(
                new AppId(BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(1))),
                new UserId(Encoding.UTF8.GetString(bytes, Head, length - Head)),
                BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(5)),
                GrantKey.Of(Encoding.ASCII.GetBytes(token)));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
