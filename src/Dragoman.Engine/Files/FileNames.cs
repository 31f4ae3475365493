using System.Text;

namespace Dragoman.Engine.Files;

/// <summary>What names of files may be. They are keys and never become a path of a file system.</summary>
public static class FileNames
{
    public const int MaxBytes = 1024;

    /// <summary>Not blank, at most <see cref="MaxBytes"/> bytes of UTF-8, no control characters, not beginning with a slash.</summary>
    public static bool IsValid(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name[0] == '/' || name.Length > MaxBytes) return false;
        foreach (var c in name)
        {
            if (char.IsControl(c)) return false;
        }

        return Encoding.UTF8.GetByteCount(name) <= MaxBytes;
    }

    /// <summary>Everybody writes below his own id; administrators everywhere.</summary>
    public static bool MayWrite(Caller caller, string name) =>
        caller.IsAdministrator
        || (name.StartsWith(caller.User.Value, StringComparison.Ordinal) && name.Length > caller.User.Value.Length && name[caller.User.Value.Length] == '/');

    /// <summary>What follows the last slash: the name that a browser saves it under.</summary>
    public static string LastPart(string name) => name[(name.LastIndexOf('/') + 1)..];
}
