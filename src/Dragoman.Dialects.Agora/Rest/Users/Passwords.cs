namespace Dragoman.Dialects.Agora.Rest.Users;

internal static class Passwords
{
    /// <summary>The password itself is what clients send. Stored: never changes.</summary>
    public const string Form = "agora";

    private const int MaxLength = 64;

    /// <returns>Null when it can be set.</returns>
    public static AgoraError? Check(string password) =>
        password.Length switch
        {
            0 => AgoraErrors.IllegalArgument.With("password or pin must provided"),
            > MaxLength => AgoraErrors.IllegalArgument.With("PASSWORD_TOO_LONG"),
            _ => null,
        };
}
