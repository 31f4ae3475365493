using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;

namespace Dragoman.Engine.Ports;

/// <summary>Conflicts with <see cref="Condition.GroupExists"/>.</summary>
public sealed record CreateGroup(AppId App, Group Group) : StoreChange(App)
{
    public override int OrderingKey => ConversationKey.Group(App, Group.Id).GetHashCode();
}

/// <param name="Version">Of the group's member stream after the change.</param>
public sealed record PutGroup(AppId App, Group Group, long Version) : StoreChange(App)
{
    public override int OrderingKey => ConversationKey.Group(App, Group.Id).GetHashCode();
}

/// <summary>Adds or replaces members, and gives each the group's row in his list of conversations.</summary>
/// <param name="Version">Of the group's member stream after the change; so for the next one.</param>
public sealed record PutMembers(AppId App, GroupId Group, IReadOnlyList<Member> Members, long Version)
    : StoreChange(App)
{
    public override int OrderingKey => ConversationKey.Group(App, Group).GetHashCode();
}

/// <summary>Removes members; what they could read until now stays readable up to the group's present end.</summary>
public sealed record RemoveMembers(AppId App, GroupId Group, IReadOnlyList<UserId> Users, long Version) : StoreChange(App)
{
    public override int OrderingKey => ConversationKey.Group(App, Group).GetHashCode();
}
