using System.Security.Cryptography;
using System.Text;

namespace Dragoman.Engine.Accounts.Credentials;

/// <summary>A password as somebody said it. Never stored, never printed.</summary>
/// <param name="text">What the dialect hands in: the password itself, or what its clients send in its place.</param>
/// <param name="form">What that is (the dialect, as a rule): a password that was set in one form cannot be checked in another.</param>
public sealed class Password(string text, string form)
{
    public string Form { get; } = form;

    public override string ToString() => $"a password of the form {Form}";

    internal byte[] ToBytes() => Encoding.UTF8.GetBytes(text);

    internal bool IsValid(CredentialLimits limits) => text.Length > 0 && Encoding.UTF8.GetByteCount(text) <= limits.MaxPasswordBytes;
}

/// <summary>What is kept of a password: a slow hash, and how it was made.</summary>
/// <param name="Form">As <see cref="Password.Form"/>.</param>
/// <param name="Rounds">How often the algorithm was run.</param>
/// <param name="Salt">Random and new with every password: it also names the row's version.</param>
/// <param name="ChangedAt">Unix milliseconds.</param>
public sealed record StoredPassword(string Form, string Algorithm, int Rounds, byte[] Salt, byte[] Hash, long ChangedAt)
{
    /// <summary>The only one there is so far.</summary>
    public const string Pbkdf2Sha256 = "pbkdf2-sha256";

    private const int SaltBytes = 16;

    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltBytes);

    /// <summary>Without the hash: a record would print everything.</summary>
    public override string ToString() => $"{Algorithm} x {Rounds}";
}
