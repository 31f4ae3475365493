namespace Dragoman.Engine.Accounts;

/// <summary>What the engine asks of a user id; a dialect asks for more.</summary>
public static class UserIds
{
    public const int MaxLength = 256;

    /// <summary>Not empty, at most <see cref="MaxLength"/> UTF-16 units, no control characters (keys are joined with them).</summary>
    public static bool IsValid(UserId user) => IsValid(user.Value);

    public static bool IsValid(string? id)
    {
        if (string.IsNullOrEmpty(id) || id.Length > MaxLength) return false;
        foreach (var c in id)
        {
            if (char.IsControl(c) || char.IsSurrogate(c)) return false;
        }

        return true;
    }
}
