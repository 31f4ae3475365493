using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Words;

namespace Dragoman.Engine.Topics;

/// <summary>Begins a thread under a message of a group; who begins it is in it.</summary>
public sealed class CreateTopic(TopicDesk desk, GroupDesk groups, ITopicStore store, IEntryStore entries, TopicDirectory topics, WordDesk words, TopicLimits limits)
{
    /// <param name="topic">With its id, group, name, owner and the id of its root; the rest is found here.</param>
    /// <returns>
    /// The thread; or NotPermitted (in somebody else's name), GroupNotFound, GroupDismissed, GroupDisabled, NotGroupMember (the owner),
    /// GroupTypeForbids, MessageNotFound, TopicNotNested, TopicRootInvalid, MessageNotOfGroup, TopicNameInvalid, WordRejected, TopicJoinLimitReached,
    /// TopicLimitReached, TopicExists.
    /// </returns>
    public async ValueTask<Result<TopicRoster>> RunAsync(Caller caller, Topic topic, CancellationToken ct)
    {
        if (!caller.MayActFor(topic.Owner)) return new Refusal(Condition.NotPermitted, topic.Owner.Value);

        using var turn = await desk.EnterAsync(caller.App, topic.Parent, ct);
        var found = await groups.FindAsync(caller.App, topic.Parent, ct);
        if (!found.TryGet(out var group, out var refusal)) return refusal;
        if (group.Find(topic.Owner) is null) return new Refusal(Condition.NotGroupMember, topic.Owner.Value);
        if (GroupRights.WhyNot(caller, group, GroupAction.CreateTopics) is { } forbidden) return forbidden;

        var root = await RootAsync(caller.App, topic, ct);
        if (!root.TryGet(out var sequence, out refusal)) return refusal;
        var name = topic.Name;
        if (TopicNames.WhyNot(caller.App, ref name, words, limits) is { } unfit) return unfit;
        if (await store.CountJoinedAsync(caller.App, topic.Owner, ct) >= GroupQuota.Bound(caller.GroupQuota?.TopicsPerUser ?? 0, limits.MaxPerUser)) return new Refusal(Condition.TopicJoinLimitReached, topic.Owner.Value);
        if (await store.CountAsync(caller.App, ct) >= GroupQuota.Bound(caller.GroupQuota?.Topics ?? 0, limits.MaxPerApp)) return Condition.TopicLimitReached;

        var now = desk.Now;
        topic = topic with { App = caller.App, Kind = TopicKind.Thread, RootSequence = sequence, Name = name, CreatedAt = now, Number = 0, Withdrawn = 0 };
        var failed = await desk.CommitAsync(
            caller, group, after: null, [topic.Owner], new TopicCreated(topic, topic.Owner) { At = now },
            new AddTopic(caller.App, topic), new AddTopicMembers(caller.App, topic.Parent, topic.Id, [topic.Owner], now));
        if (failed is not null) return failed;
        return await topics.FindAsync(caller.App, topic.Id, ct) is { } created ? created : new Refusal(Condition.TopicNotFound, topic.Id.Value);
    }

    /// <returns>The place of the message that it will be under.</returns>
    private async ValueTask<Result<long>> RootAsync(AppId app, Topic topic, CancellationToken ct)
    {
        var subject = topic.RootMessage.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (await entries.FindByIdAsync(app, new(topic.RootMessage), ct) is not { Channel: LogChannel.Timeline, Notice: null, IsRecalled: false } root
            || (root.Flags & Messages.EntryFlags.Erased) != 0) return new Refusal(Condition.MessageNotFound, subject);
        if (root.Conversation.Kind == ConversationKind.Topic) return new Refusal(Condition.TopicNotNested, subject);
        if (root.Conversation.Kind != ConversationKind.Group) return new Refusal(Condition.TopicRootInvalid, subject);
        return root.Conversation.GroupId == topic.Parent ? root.Sequence : new Refusal(Condition.MessageNotOfGroup, subject);
    }
}

/// <summary>What a topic may be called.</summary>
internal static class TopicNames
{
    /// <param name="name">With its words masked, when they have to be.</param>
    /// <returns>Null when it may; else TopicNameInvalid, WordRejected.</returns>
    public static Refusal? WhyNot(AppId app, ref string name, WordDesk words, TopicLimits limits) =>
        string.IsNullOrWhiteSpace(name) || name.Length > limits.MaxNameChars
            ? new(Condition.TopicNameInvalid, name)
            : words.Screen(app, WordPlaces.Groups, ref name);
}
