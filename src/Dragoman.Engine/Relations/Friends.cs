namespace Dragoman.Engine.Relations;

/// <summary>Makes new friendships.</summary>
internal static class Friends
{
    /// <summary>Both directions.</summary>
    public static Friendship[] Of(UserId one, UserId other, FriendSource source, UserId actor, long now) =>
        [OnListOf(one, other, source, actor, now), OnListOf(other, one, source, actor, now)];

    public static Friendship OnListOf(UserId owner, UserId friend, FriendSource source, UserId actor, long now) => new()
    {
        Owner = owner,
        Friend = friend,
        Source = source,
        Operator = actor.Value,
        AddedAt = now,
    };
}
