
namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary>Checks that invite and kick share word for word.</summary>
internal static class GroupRequests
{
    private const int MaxUsers = 1_000;

    public static OpenImError? CheckUsers(string groupId, IReadOnlyCollection<string> userIds, bool isGiven, string name)
    {
        if (groupId.Length == 0) return OpenImErrors.Args.With("groupID is empty");
        if (!isGiven || userIds.Count == 0) return OpenImErrors.Args.With($"{name} is empty");
        if (userIds.Distinct().Count() != userIds.Count) return OpenImErrors.Args.With($"{name} has duplicate");
        return userIds.Count > MaxUsers ? OpenImErrors.Args.With($"{name} is too long") : null;
    }
}
