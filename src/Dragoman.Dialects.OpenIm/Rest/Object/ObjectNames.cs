using System.Text;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Engine.Files;

namespace Dragoman.Dialects.OpenIm.Rest.Object;

/// <summary>The vendor's rules and texts for names and hashes of objects (section 13).</summary>
internal static class ObjectNames
{
    private const int Md5Digits = 32;

    /// <summary>Null when the caller may upload under this name.</summary>
    public static OpenImError? Check(OpenImCall call, string name)
    {
        if (name.Length == 0) return OpenImErrors.Args.With("name is empty");
        if (name[0] == '/') return OpenImErrors.Args.With("name cannot start with `/`");
        if (string.IsNullOrWhiteSpace(name)) return OpenImErrors.Args.With("object name cannot be empty");
        if (Encoding.UTF8.GetByteCount(name) > FileNames.MaxBytes) return OpenImErrors.Args.With("object name cannot be longer than 1024 characters");
        if (!FileNames.IsValid(name)) return OpenImErrors.Args.With("object name has control characters");
        return FileNames.MayWrite(call.Caller, name) ? null : OpenImErrors.NoPermission.With($"name must start with `{call.Caller.User.Value}/`");
    }

    /// <summary>Null for the hex of an MD5; else what the vendor's parser says, with no code of its own.</summary>
    public static OpenImError? CheckHash(string hash)
    {
        foreach (var rune in hash.EnumerateRunes())
        {
            if (!rune.IsAscii || !char.IsAsciiHexDigit((char)rune.Value))
                return Raw($"encoding/hex: invalid byte: U+{FirstByteOf(rune):X4} {Show(FirstByteOf(rune))}");
        }

        if (hash.Length % 2 != 0) return Raw("encoding/hex: odd length hex string");
        return hash.Length == Md5Digits ? null : Raw("invalid md5");
    }

    /// <summary>A failure without a code: 500, and the text where the symbol would stand.</summary>
    public static OpenImError Raw(string text) => new(OpenImErrors.Internal.Code, text);

    private static int FirstByteOf(Rune rune)
    {
        Span<byte> utf8 = stackalloc byte[4];
        rune.EncodeToUtf8(utf8);
        return utf8[0];
    }

    private static string Show(int value) => value is >= 0x20 and < 0x7f or > 0xa0 ? $"'{(char)value}'" : $"'\\x{value:x2}'";
}
