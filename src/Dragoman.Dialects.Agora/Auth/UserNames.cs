using System.Diagnostics.CodeAnalysis;
using Dragoman.Engine;

namespace Dragoman.Dialects.Agora.Auth;

/// <summary>User names (section 4.1): 1 to 64 of <c>[A-Za-z0-9_.-]</c>; case does not count, and lower case is what is kept.</summary>
internal static class UserNames
{
    public const int MaxLength = 64;

    [SuppressMessage("Globalization", "CA1308", Justification = "Lower case is the vendor's rule; the names are ASCII.")]
    public static UserId Fold(string name) => new(name.ToLowerInvariant());

    /// <returns>Null when the name is one; else what is wrong with it, in the vendor's words.</returns>
    public static AgoraError? Check(string name)
    {
        if (name.Length > MaxLength) return AgoraErrors.IllegalArgument.With("USERNAME_TOO_LONG");
        return name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-')
            ? null
            : AgoraErrors.IllegalArgument.With($"username [{name}] is not legal");
    }
}
