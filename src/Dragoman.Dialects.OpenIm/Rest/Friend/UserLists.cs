using Dragoman.Engine;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

/// <summary>Lists of users in requests: the checks that several routes share word for word.</summary>
internal static class UserLists
{
    public const int MaxUsers = 1_000;

    public static OpenImError? Check(IReadOnlyCollection<string> userIds, string name)
    {
        if (userIds.Count == 0) return OpenImErrors.Args.With($"{name} is empty");
        if (userIds.Count > MaxUsers) return OpenImErrors.Args.With($"{name} is too long");
        return IsRepeated(userIds) ? OpenImErrors.Args.With($"{name} repeated") : null;
    }

    public static bool IsRepeated(IReadOnlyCollection<string> userIds) => userIds.Distinct().Count() != userIds.Count;

    public static UserId[] Ids(IReadOnlyCollection<string> userIds) => [.. userIds.Select(id => new UserId(id))];
}
