using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Dragoman.Engine.Files;

/// <summary>What a link allows.</summary>
public enum LinkVerb : byte
{
    /// <summary>To send one part of an upload.</summary>
    PutPart = 1,

    /// <summary>To send the only part of an upload as a field of a form.</summary>
    PostForm = 2,

    /// <summary>To read a file.</summary>
    Read = 3,

    /// <summary>To read a file as long as there is one, by its id or by its name.</summary>
    Share = 4,
}

/// <summary>A thing that whoever holds a valid signature of it may do until it expires.</summary>
/// <param name="Id">Of the upload, or of the file.</param>
/// <param name="Part">Its number, from 1; 0 when the link is not for a part.</param>
/// <param name="ExpiresAt">Unix seconds.</param>
public readonly record struct FileLink(LinkVerb Verb, AppId App, string Id, int Part, long ExpiresAt);

/// <summary>A link as a client is given it; the dialect spells it as an address.</summary>
public readonly record struct SignedLink(FileLink Link, string Signature);

/// <summary>Where a client sends or fetches bytes: at the storage itself, or here.</summary>
/// <param name="Direct">An absolute address of the storage; null when <paramref name="Link"/> is to be used.</param>
public readonly record struct FileAddress(string? Direct, SignedLink Link);

/// <summary>Signs links and checks them.</summary>
public sealed class FileLinks(FileKey key, TimeProvider clock)
{
    private const int SignatureBytes = 16;

    public SignedLink Sign(LinkVerb verb, AppId app, string id, int part, DateTimeOffset until)
    {
        // Rounded up: a link never ends before the upload that it is for.
        var link = new FileLink(verb, app, id, part, (until.ToUnixTimeMilliseconds() + 999) / 1000);
        Span<byte> signature = stackalloc byte[SignatureBytes];
        Make(link, signature);
        return new(link, Base64Url.EncodeToString(signature));
    }

    /// <summary>What, shown together with the id, lets everybody read the file: the same each time.</summary>
    public string SecretOf(AppId app, FileId file) => Secret(app, $"id\n{file}");

    /// <summary>The same by its name: for whatever has that name when it is asked for.</summary>
    public string SecretOf(AppId app, string name) => Secret(app, $"name\n{name}");

    public bool IsSecret(string secret, AppId app, FileId file) => IsSame(secret, SecretOf(app, file));

    public bool IsSecret(string secret, AppId app, string name) => IsSame(secret, SecretOf(app, name));

    /// <returns>None, LinkInvalid, or LinkExpired for a link that was valid once.</returns>
    public Condition Check(SignedLink signed)
    {
        Span<byte> expected = stackalloc byte[SignatureBytes];
        Span<byte> given = stackalloc byte[SignatureBytes];
        Make(signed.Link, expected);
        if (!Base64Url.IsValid(signed.Signature, out var length) || length != SignatureBytes) return Condition.LinkInvalid;
        Base64Url.DecodeFromChars(signed.Signature, given);
        if (!CryptographicOperations.FixedTimeEquals(expected, given)) return Condition.LinkInvalid;
        return signed.Link.ExpiresAt <= clock.GetUtcNow().ToUnixTimeSeconds() ? Condition.LinkExpired : Condition.None;
    }

    private string Secret(AppId app, string what)
    {
        Span<byte> signature = stackalloc byte[SignatureBytes];
        Make(new(LinkVerb.Share, app, what, Part: 0, ExpiresAt: 0), signature);
        return Base64Url.EncodeToString(signature);
    }

    private static bool IsSame(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));

    private void Make(FileLink link, Span<byte> signature)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes($"{(int)link.Verb}\n{link.App}\n{link.Part}\n{link.ExpiresAt}\n{link.Id}"), mac);
        mac[..SignatureBytes].CopyTo(signature);
    }
}
