namespace Dragoman.Engine.Messages;

/// <summary>One way in which people have reacted to a message.</summary>
/// <param name="IsOwn">The reader is among them.</param>
/// <param name="Users">The first of them, as many as were asked for.</param>
/// <param name="Since">When the first of them did, Unix milliseconds.</param>
public sealed record ReactionTally(string Reaction, int Count, bool IsOwn, IReadOnlyList<UserId> Users, long Since)
{
    /// <summary>How many people are named where reactions are shown.</summary>
    public const int NamedUsers = 3;
}
