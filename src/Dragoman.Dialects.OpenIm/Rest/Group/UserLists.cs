using Dragoman.Engine;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary>What the routes that take many ids at once check word for word.</summary>
internal static class UserLists
{
    public const int MaxIds = 1_000;

    public static OpenImError? Check(string groupId, IReadOnlyCollection<string> userIds, bool isGiven, string name)
    {
        if (groupId.Length == 0) return OpenImErrors.Args.With("groupID is empty");
        if (!isGiven || userIds.Count == 0) return OpenImErrors.Args.With($"{name} is empty");
        if (userIds.Distinct().Count() != userIds.Count) return OpenImErrors.Args.With($"{name} has duplicate");
        return userIds.Count > MaxIds ? OpenImErrors.Args.With($"{name} is too long") : null;
    }

    public static UserId[] Of(IEnumerable<string> userIds) => [.. userIds.Select(id => new UserId(id))];
}
