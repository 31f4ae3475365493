using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Friends;

/// <summary>A server with low limits, and beside the usual app one where only friends may write to each other.</summary>
public sealed class FriendServer : OpenImServer
{
    public const int MaxFriends = 300, MaxBlocks = 4, MaxPendingRequests = 4;

    internal override IReadOnlyList<(string Name, string Settings)> AppSettings => [("demo", "{}"), ("strict", """{"friendVerify":true}""")];

    internal override IReadOnlyList<string> Options =>
    [
        $"--Relations:MaxFriends={MaxFriends}", $"--Relations:MaxBlocks={MaxBlocks}", $"--Relations:MaxPendingRequests={MaxPendingRequests}",
    ];
}

[CollectionDefinition(Name)]
public sealed class FriendCollection : ICollectionFixture<FriendServer>
{
    public const string Name = "friends";
}
