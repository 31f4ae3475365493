namespace Dragoman.Engine.Accounts;

/// <summary>The sizes that every profile has to keep.</summary>
internal static class Profiles
{
    /// <param name="nickname">Null is not looked at; so for the others.</param>
    /// <returns>Null when all fit; else ProfileTooLarge.</returns>
    public static Refusal? Check(EngineLimits limits, UserId user, string? nickname, string? avatar, string? extra) =>
        nickname?.Length > limits.MaxNicknameChars || avatar?.Length > limits.MaxAvatarChars || extra?.Length > limits.MaxExtraChars
            ? new Refusal(Condition.ProfileTooLarge, user.Value)
            : null;
}
