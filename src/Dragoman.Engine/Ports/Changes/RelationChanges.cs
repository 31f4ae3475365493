using Dragoman.Engine.Relations;

namespace Dragoman.Engine.Ports;

/// <summary>Adds friends to the lists of their owners; who is on a list already stays there as he is.</summary>
public sealed record AddFriendships(AppId App, IReadOnlyList<Friendship> Friendships) : StoreChange(App);

/// <summary>Changes friends on one list; who is no longer on it is passed over.</summary>
/// <param name="IsReordered">The order of the list changed, too.</param>
public sealed record UpdateFriendships(AppId App, UserId Owner, IReadOnlyList<Friendship> Friendships, bool IsReordered) : StoreChange(App);

public sealed record RemoveFriendship(AppId App, UserId Owner, UserId Friend) : StoreChange(App);

/// <summary>What others see of a user changed: an update of him in the lists of the owners within a range of ids.</summary>
/// <param name="After">The range begins after it; the default begins with the first one.</param>
/// <param name="UpTo">The last one.</param>
public sealed record TouchFriend(AppId App, UserId Friend, UserId After, UserId UpTo) : StoreChange(App);

/// <summary>Adds a request or replaces the one of this pair.</summary>
public sealed record PutFriendRequest(AppId App, FriendRequest Request) : StoreChange(App);

/// <summary>Conflicts with <see cref="Condition.AlreadyBlocked"/>.</summary>
public sealed record AddBlock(AppId App, Block Block) : StoreChange(App);

public sealed record RemoveBlock(AppId App, UserId Owner, UserId Blocked) : StoreChange(App);
