using Dragoman.Engine.Hooks;

namespace Dragoman.Engine.Relations;

/// <summary>Somebody is about to ask another one to be friends, or to become his friend where nobody is asked.</summary>
public sealed class RequestingFriendship(Caller caller, FriendWish wish) : Proposal(caller)
{
    public FriendWish Wish { get; } = wish;
}

/// <summary>Whoever was asked is about to say yes or no.</summary>
public sealed class AnsweringFriendRequest(Caller caller, UserId from, UserId to, FriendAnswer answer, string words) : Proposal(caller)
{
    public UserId From { get; } = from;
    public UserId To { get; } = to;
    public FriendAnswer Answer { get; } = answer;
    public string Words { get; } = words;
}

/// <summary>A friend is about to get another name in the owner's list.</summary>
public sealed class SettingRemark(Caller caller, UserId owner, UserId friend, string remark) : Proposal(caller)
{
    public UserId Owner { get; } = owner;
    public UserId Friend { get; } = friend;
    public string Remark { get; set; } = remark;
}

/// <summary>People are about to become the owner's friends without being asked.</summary>
public sealed class ImportingFriends(Caller caller, UserId owner, IReadOnlyList<UserId> friends) : Proposal(caller)
{
    public UserId Owner { get; } = owner;
    public IReadOnlyList<UserId> Friends { get; set; } = friends;
}

/// <summary>Somebody is about to block another one.</summary>
public sealed class BlockingUser(Caller caller, UserId owner, UserId blocked) : Proposal(caller)
{
    public UserId Owner { get; } = owner;
    public UserId Blocked { get; } = blocked;
}
