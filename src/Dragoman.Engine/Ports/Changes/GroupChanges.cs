using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;

namespace Dragoman.Engine.Ports;

/// <summary>Conflicts with <see cref="Condition.GroupExists"/>.</summary>
public sealed record CreateGroup(AppId App, Group Group) : StoreChange(App)
{
    public override int OrderingKey => ConversationKey.Group(App, Group.Id).GetHashCode();
}

/// <summary>Replaces the group's own facts; the lists of all its members show it as updated.</summary>
/// <param name="Version">Of the group's member stream after the change; so for the next ones.</param>
public sealed record PutGroup(AppId App, Group Group, long Version) : StoreChange(App)
{
    public override int OrderingKey => ConversationKey.Group(App, Group.Id).GetHashCode();
}

/// <summary>Adds members, and gives each the group's row in his list of conversations.</summary>
/// <param name="HidesHistory">They do not see what was said until now.</param>
public sealed record AddMembers(AppId App, GroupId Group, IReadOnlyList<Member> Members, long Version, bool HidesHistory)
    : StoreChange(App)
{
    public override int OrderingKey => ConversationKey.Group(App, Group).GetHashCode();
    public override ConversationKey? Concerns => ConversationKey.Group(App, Group);
    public override IReadOnlyList<UserId> ListsOf => [.. Members.Select(member => member.User)];
}

/// <summary>Replaces members, or only says that they look different (their accounts changed).</summary>
/// <param name="ChangesOrder">The list of the members is in another order than before.</param>
public sealed record ChangeMembers(AppId App, GroupId Group, IReadOnlyList<Member> Members, long Version, bool ChangesOrder)
    : StoreChange(App)
{
    public override int OrderingKey => ConversationKey.Group(App, Group).GetHashCode();
}

/// <summary>Removes members; what they could read until now stays readable up to the group's present end.</summary>
public sealed record RemoveMembers(AppId App, GroupId Group, IReadOnlyList<UserId> Users, long Version) : StoreChange(App)
{
    public override int OrderingKey => ConversationKey.Group(App, Group).GetHashCode();
    public override ConversationKey? Concerns => ConversationKey.Group(App, Group);
    public override IReadOnlyList<UserId> ListsOf => Users;
}

/// <summary>Marks the group's conversation in the lists of all its members; who writes it forgets what memory holds of them.</summary>
public sealed record MarkMembers(AppId App, GroupId Group, MentionMark Mark) : StoreChange(App)
{
    public override int OrderingKey => ConversationKey.Group(App, Group).GetHashCode();
    public override ConversationKey? Concerns => ConversationKey.Group(App, Group);
}

/// <summary>Adds or replaces an application.</summary>
public sealed record PutApplication(AppId App, GroupApplication Application) : StoreChange(App)
{
    public override int OrderingKey => ConversationKey.Group(App, Application.Group).GetHashCode();
}

/// <summary>Shuts people out, or changes for how long.</summary>
public sealed record PutBans(AppId App, GroupId Group, IReadOnlyList<GroupBan> Bans) : StoreChange(App)
{
    public override int OrderingKey => ConversationKey.Group(App, Group).GetHashCode();
}

public sealed record RemoveBans(AppId App, GroupId Group, IReadOnlyList<UserId> Users) : StoreChange(App)
{
    public override int OrderingKey => ConversationKey.Group(App, Group).GetHashCode();
}

/// <summary>Sets what a member says of himself; an empty value is taken away. It goes with his membership.</summary>
public sealed record PutMemberAttributes(AppId App, GroupId Group, UserId User, IReadOnlyDictionary<string, string> Changed) : StoreChange(App)
{
    public override int OrderingKey => ConversationKey.Group(App, Group).GetHashCode();
}

public sealed record PutGroupFile(AppId App, GroupFile File) : StoreChange(App)
{
    public override int OrderingKey => ConversationKey.Group(App, File.Group).GetHashCode();
}

/// <summary>Takes it off the shelf; the stored file is removed apart.</summary>
public sealed record RemoveGroupFile(AppId App, GroupId Group, Files.FileId File) : StoreChange(App)
{
    public override int OrderingKey => ConversationKey.Group(App, Group).GetHashCode();
}
