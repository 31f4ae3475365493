using Dragoman.Engine.Conversations;
using Dragoman.Engine.Topics;

namespace Dragoman.Engine.Ports;

/// <summary>A change of a topic; those of all topics of a group are written in one order with the group's own.</summary>
public abstract record TopicChange(AppId App, GroupId Parent) : StoreChange(App)
{
    public override int OrderingKey => ConversationKey.Group(App, Parent).GetHashCode();
}

/// <summary>Conflicts with <see cref="Condition.TopicExists"/>: the id is taken, also by one that has ended, or there is one under that message.</summary>
public sealed record AddTopic(AppId App, Topic Facts) : TopicChange(App, Facts.Parent);

/// <summary>Replaces what the topic says of itself.</summary>
public sealed record PutTopic(AppId App, Topic Facts) : TopicChange(App, Facts.Parent);

/// <summary>Lets users in, and puts the topic on their lists of conversations.</summary>
/// <param name="At">Unix milliseconds.</param>
public sealed record AddTopicMembers(AppId App, GroupId Parent, TopicId Topic, IReadOnlyList<UserId> Users, long At) : TopicChange(App, Parent)
{
    public override ConversationKey? Concerns => ConversationKey.Topic(App, Parent, Topic);
    public override IReadOnlyList<UserId> ListsOf => Users;
}

/// <summary>Takes users out; what they could read until now stays readable. Who leaves the group is taken out of all its topics with <see cref="RemoveMembers"/>.</summary>
public sealed record RemoveTopicMembers(AppId App, GroupId Parent, TopicId Topic, IReadOnlyList<UserId> Users) : TopicChange(App, Parent)
{
    public override ConversationKey? Concerns => ConversationKey.Topic(App, Parent, Topic);
    public override IReadOnlyList<UserId> ListsOf => Users;
}

/// <summary>The topic is no more, nor is what was said in it.</summary>
/// <param name="Members">All of them.</param>
public sealed record EndTopic(AppId App, GroupId Parent, TopicId Topic, IReadOnlyList<UserId> Members) : TopicChange(App, Parent)
{
    public override ConversationKey? Concerns => ConversationKey.Topic(App, Parent, Topic);
    public override IReadOnlyList<UserId> ListsOf => Members;
}

/// <summary>The group has ended, and with it all its topics; who was in them keeps what he could read.</summary>
public sealed record EndTopicsOf(AppId App, GroupId Parent) : TopicChange(App, Parent);

/// <summary>One more of the topic's messages was taken back.</summary>
public sealed record CountWithdrawn(AppId App, GroupId Parent, TopicId Topic) : TopicChange(App, Parent);
